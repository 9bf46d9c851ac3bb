/** Longest wait for a line; opening 19,000 sockets takes some seconds. */
const LINE_MS_MAX = 120_000;
/** Ticks of the kernel's accounts per second, the same on every Linux that Deno runs on. */
const TICKS_PER_SECOND = 100;

/** A program that is talked to in lines. */
export class LineProcess implements AsyncDisposable {
  readonly #child: Deno.ChildProcess;
  readonly #lines: AsyncIterableIterator<string>;
  readonly #input: WritableStreamDefaultWriter<Uint8Array>;
  readonly #name: string;

  constructor(command: readonly string[], processor: number | null = null) {
    const pinned = processor === null ? command : ["taskset", "-c", `${processor}`, ...command];
    this.#name = command.join(" ").slice(0, 200);
    this.#child = new Deno.Command(pinned[0]!, {
      args: pinned.slice(1),
      stdin: "piped",
      stdout: "piped",
      stderr: "inherit",
    }).spawn();
    this.#lines = linesOf(this.#child.stdout);
    this.#input = this.#child.stdin.getWriter();
  }

  /** The next line; throws when none comes. */
  async next(): Promise<string> {
    const late = Promise.withResolvers<never>();
    const timer = setTimeout(() => late.reject(new Error(`No line of ${this.#name}`)), LINE_MS_MAX);
    try {
      const { value, done } = await Promise.race([this.#lines.next(), late.promise]);
      if (done) throw new Error(`${this.#name} ended early`);
      return value;
    } finally {
      clearTimeout(timer);
    }
  }

  async say(line: string): Promise<void> {
    await this.#input.write(new TextEncoder().encode(`${line}\n`));
  }

  /** Seconds of processor time since it began, all threads. */
  cpuSeconds(): number {
    const stat = Deno.readTextFileSync(`/proc/${this.#child.pid}/stat`);
    // The name in parentheses may hold anything.
    const fields = stat.slice(stat.lastIndexOf(")") + 2).split(" ");
    return (Number(fields[11]) + Number(fields[12])) / TICKS_PER_SECOND;
  }

  /** Resident memory now and at most so far, bytes. */
  memory(): { readonly rss: number; readonly peak: number } {
    const status = Deno.readTextFileSync(`/proc/${this.#child.pid}/status`);
    const bytes = (name: string) =>
      Number(new RegExp(`^${name}:\\s+(\\d+) kB`, "m").exec(status)?.[1]) * 1_024;
    return { rss: bytes("VmRSS"), peak: bytes("VmHWM") };
  }

  async [Symbol.asyncDispose](): Promise<void> {
    try {
      this.#child.kill("SIGKILL");
    } catch (error) {
      // It has ended by itself.
      if (!(error instanceof TypeError)) throw error;
    }
    await this.#child.status;
    await this.#lines.return?.();
    await this.#input.abort().catch(() => {});
  }
}

async function* linesOf(stream: ReadableStream<Uint8Array>): AsyncIterableIterator<string> {
  const decoder = new TextDecoder();
  let rest = "";
  for await (const part of stream) {
    const lines = (rest + decoder.decode(part, { stream: true })).split("\n");
    rest = lines.pop()!;
    yield* lines;
  }
}
