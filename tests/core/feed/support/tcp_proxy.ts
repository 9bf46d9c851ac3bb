/** Passes bytes to a server and back, and cuts the line after a number of bytes from the server. */
export class TcpProxy {
  readonly #listener = Deno.listen({ hostname: "127.0.0.1", port: 0 });
  readonly #target: Deno.ConnectOptions;
  readonly #lines = new Set<Deno.Conn>();
  readonly #work: Promise<void>;
  /** Bytes from the server after which a line that carries a WebSocket is cut; null never. */
  cutAfterBytes: number | null = null;
  cuts = 0;

  constructor(targetUrl: string) {
    const { hostname, port } = new URL(targetUrl);
    this.#target = { hostname, port: Number(port) };
    this.#work = this.#accept();
  }

  get url(): string {
    const { hostname, port } = this.#listener.addr as Deno.NetAddr;
    return `http://${hostname}:${port}`;
  }

  async [Symbol.asyncDispose](): Promise<void> {
    this.#listener.close();
    for (const line of this.#lines) shut(line);
    await this.#work;
  }

  async #accept(): Promise<void> {
    const lines: Promise<void>[] = [];
    for await (const client of this.#listener) lines.push(this.#serve(client));
    await Promise.all(lines);
  }

  async #serve(client: Deno.Conn): Promise<void> {
    const server = await Deno.connect(this.#target);
    this.#lines.add(client).add(server);
    let isStream = false;
    const limit = this.cutAfterBytes;
    const up = pass(client, server, (bytes) => {
      isStream ||= new TextDecoder().decode(bytes).includes("/connect?");
      return bytes.length;
    });
    let sent = 0;
    const down = pass(server, client, (bytes) => {
      sent += bytes.length;
      return isStream && limit !== null && sent > limit
        ? bytes.length - (sent - limit)
        : bytes.length;
    });
    await Promise.race([up, down]);
    if (isStream && limit !== null && sent > limit) this.cuts++;
    shut(client);
    shut(server);
    await Promise.all([up, down]);
    this.#lines.delete(client);
    this.#lines.delete(server);
  }
}

/** Copies until an end closes; `take` says how many bytes of a chunk may pass, less ends the line. */
async function pass(
  from: Deno.Conn,
  to: Deno.Conn,
  take: (bytes: Uint8Array) => number,
): Promise<void> {
  const buffer = new Uint8Array(16 * 1024);
  try {
    for (let n = await from.read(buffer); n !== null; n = await from.read(buffer)) {
      const taken = take(buffer.subarray(0, n));
      for (let done = 0; done < taken;) done += await to.write(buffer.subarray(done, taken));
      if (taken < n) return;
    }
  } catch {
    // A closed line is how this ends.
  }
}

function shut(line: Deno.Conn): void {
  try {
    line.close();
  } catch {
    // Closed already.
  }
}
