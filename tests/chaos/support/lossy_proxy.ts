/** What PostgreSQL says when an INSERT is committed, which it is before it says so. */
const COMMITTED = "INSERT 0 ";

/** A TCP line to a server of which the way back can be lost. */
export class LossyProxy {
  readonly host: string;
  readonly port: number;
  readonly #target: { readonly host: string; readonly port: number };
  readonly #listener: Deno.TcpListener;
  readonly #lines = new Set<Promise<void>>();
  readonly #ends = new Set<Deno.TcpConn>();
  readonly #accepting: Promise<void>;
  #lossIn: number | null = null;
  lost = 0;

  constructor(target: { readonly host: string; readonly port: number }) {
    this.#target = target;
    this.#listener = Deno.listen({ hostname: "127.0.0.1", port: 0 });
    this.host = this.#listener.addr.hostname;
    this.port = this.#listener.addr.port;
    this.#accepting = this.#accept();
  }

  /** The n-th word of a commit from now on gets lost, and the connection with it; null for none. */
  loseCommit(n: number | null): void {
    this.#lossIn = n;
  }

  async close(): Promise<void> {
    this.#listener.close();
    for (const end of this.#ends) this.#drop(end);
    await this.#accepting;
    await Promise.all(this.#lines);
  }

  async #accept(): Promise<void> {
    for await (const client of this.#listener) {
      const line = this.#join(client).finally(() => this.#lines.delete(line));
      this.#lines.add(line);
    }
  }

  async #join(client: Deno.TcpConn): Promise<void> {
    this.#ends.add(client);
    const server = await Deno.connect({ hostname: this.#target.host, port: this.#target.port });
    this.#ends.add(server);
    await Promise.all([
      this.#carry(client, server, () => true),
      this.#carry(server, client, (bytes) => this.#passes(bytes)),
    ]);
  }

  /** Carries bytes until one end is gone, then lets go of both. */
  async #carry(from: Deno.TcpConn, to: Deno.TcpConn, passes: (bytes: Uint8Array) => boolean) {
    const bytes = new Uint8Array(64 * 1024);
    try {
      for (let n = await from.read(bytes); n !== null; n = await from.read(bytes)) {
        if (!passes(bytes.subarray(0, n))) break;
        for (let at = 0; at < n;) at += await to.write(bytes.subarray(at, n));
      }
    } catch (error) {
      // One end was closed while the other one was read or written.
      if (!isGone(error)) throw error;
    }
    this.#drop(from);
    this.#drop(to);
  }

  #passes(bytes: Uint8Array): boolean {
    if (this.#lossIn === null || !new TextDecoder().decode(bytes).includes(COMMITTED)) return true;
    if (--this.#lossIn > 0) return true;
    this.#lossIn = null;
    this.lost++;
    return false;
  }

  #drop(end: Deno.TcpConn): void {
    if (this.#ends.delete(end)) end.close();
  }
}

function isGone(error: unknown): boolean {
  return error instanceof Deno.errors.BadResource || error instanceof Deno.errors.Interrupted ||
    error instanceof Deno.errors.ConnectionReset || error instanceof Deno.errors.BrokenPipe ||
    error instanceof Deno.errors.NotConnected;
}
