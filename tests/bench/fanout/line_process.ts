/** Longest wait for a line; opening 19,000 sockets takes some seconds. */
const LINE_MS_MAX = 120_000;
/** Ticks of the kernel's accounts per second, the same on every Linux that Deno runs on. */
const TICKS_PER_SECOND = 100;

const running = new Set<Deno.ChildProcess>();

/** Ends every program of this bench, as it does not notice that the bench is gone. */
export function endAll(): void {
  for (const child of running) child.kill("SIGKILL");
}

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
    running.add(this.#child);
    void this.#child.status.then(() => running.delete(this.#child));
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

  /** Seconds of processor time since it began, with processes that it started. */
  cpuSeconds(): number {
    return sum(this.#family().map(({ fields }) => Number(fields[11]) + Number(fields[12]))) /
      TICKS_PER_SECOND;
  }

  /** Resident memory now and at most so far, bytes, with that of processes that it started. */
  memory(): { readonly rss: number; readonly peak: number } {
    const statuses = this.#family().map(({ pid }) => Deno.readTextFileSync(`/proc/${pid}/status`));
    const bytes = (name: string) => {
      const line = new RegExp(`^${name}:\\s+(\\d+) kB`, "m");
      return sum(statuses.map((status) => Number(line.exec(status)?.[1]))) * 1_024;
    };
    return { rss: bytes("VmRSS"), peak: bytes("VmHWM") };
  }

  #family(): Process[] {
    const all = processes();
    const family = all.filter(({ pid }) => pid === this.#child.pid);
    // It grows while it is walked.
    for (const { pid } of family) {
      family.push(...all.filter(({ fields }) => Number(fields[1]) === pid));
    }
    return family;
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

interface Process {
  readonly pid: number;
  /** Of its `stat`, from the state on; the parent is the next. */
  readonly fields: readonly string[];
}

/** All of this machine's. */
function processes(): Process[] {
  return [...Deno.readDirSync("/proc")].flatMap(({ name }) => {
    const stat = /^\d+$/.test(name) ? readStat(name) : null;
    // The name in parentheses may hold anything.
    const fields = stat?.slice(stat.lastIndexOf(")") + 2).split(" ");
    return fields === undefined ? [] : [{ pid: Number(name), fields }];
  });
}

function readStat(pid: string): string | null {
  try {
    return Deno.readTextFileSync(`/proc/${pid}/stat`);
  } catch {
    // It has ended meanwhile.
    return null;
  }
}

function sum(values: readonly number[]): number {
  return values.reduce((total, value) => total + value, 0);
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
