/** A line between a client and a server. */
interface Line {
  readonly client: Deno.Conn;
  readonly server: Deno.Conn;
}

/** Passes bytes between a database and its clients, and treats them badly when it is told to. */
export class TcpFaultProxy {
  readonly #listener = Deno.listen({ hostname: "127.0.0.1", port: 0 });
  readonly #target: Deno.ConnectOptions;
  readonly #lines = new Set<Line>();
  readonly #timers = new Set<() => void>();
  readonly #work: Promise<void>;
  #isSilent = false;
  /** Each chunk from the server comes so much later. */
  replyDelayMs = 0;
  /** Bytes per second from the server; null is as fast as they come. */
  replyBytesPerS: number | null = null;
  /** Asked for each chunk from the server: true loses it and cuts the line. */
  isReplyLost: (chunk: Uint8Array) => boolean = () => false;
  lost = 0;
  /** Chunks that were held up. */
  delayed = 0;

  constructor(target: Deno.ConnectOptions) {
    this.#target = target;
    this.#work = this.#accept();
  }

  get port(): number {
    return (this.#listener.addr as Deno.NetAddr).port;
  }

  /** From now on takes everything and passes nothing on, also on new lines. */
  silence(): void {
    this.#isSilent = true;
  }

  /** Passes bytes again on new lines; those that were silent are cut. */
  restore(): void {
    this.#isSilent = false;
    this.#cutAll();
  }

  async [Symbol.asyncDispose](): Promise<void> {
    this.#listener.close();
    this.#cutAll();
    for (const end of this.#timers) end();
    await this.#work;
  }

  #cutAll(): void {
    for (const line of this.#lines) cut(line);
  }

  async #accept(): Promise<void> {
    const serving: Promise<void>[] = [];
    for await (const client of this.#listener) serving.push(this.#serve(client));
    await Promise.all(serving);
  }

  async #serve(client: Deno.Conn): Promise<void> {
    const line = { client, server: await Deno.connect(this.#target) };
    this.#lines.add(line);
    await Promise.all([this.#pass(line, "up"), this.#pass(line, "down")]);
    this.#lines.delete(line);
  }

  /** Copies one way until an end closes. */
  async #pass(line: Line, way: "up" | "down"): Promise<void> {
    const [from, to] = way === "up" ? [line.client, line.server] : [line.server, line.client];
    const buffer = new Uint8Array(16 * 1024);
    try {
      for (let n = await from.read(buffer); n !== null; n = await from.read(buffer)) {
        const chunk = buffer.subarray(0, n);
        if (this.#isSilent) continue;
        if (way === "down" && !await this.#mayReply(chunk)) break;
        for (let done = 0; done < n;) done += await to.write(chunk.subarray(done));
      }
    } catch {
      // A closed line is how this ends.
    }
    cut(line);
  }

  async #mayReply(chunk: Uint8Array): Promise<boolean> {
    if (this.isReplyLost(chunk)) {
      this.lost++;
      return false;
    }
    const { replyBytesPerS } = this;
    const trickleMs = replyBytesPerS === null ? 0 : chunk.length / replyBytesPerS * 1000;
    const waitMs = this.replyDelayMs + trickleMs;
    if (waitMs > 0) {
      this.delayed++;
      await this.#wait(waitMs);
    }
    return true;
  }

  async #wait(ms: number): Promise<void> {
    const over = Promise.withResolvers<void>();
    const timer = setTimeout(over.resolve, ms);
    this.#timers.add(over.resolve);
    await over.promise;
    clearTimeout(timer);
    this.#timers.delete(over.resolve);
  }
}

function cut({ client, server }: Line): void {
  for (const end of [client, server]) {
    try {
      end.close();
    } catch {
      // Closed already.
    }
  }
}
