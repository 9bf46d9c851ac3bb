import { closeCodeOf } from "./raw_frame.ts";

/** A WebSocket client over plain TCP, for what a well-behaved one cannot do. */
export class RawClient implements Disposable {
  readonly #connection: Deno.TcpConn;
  #bytes = new Uint8Array(0);

  private constructor(connection: Deno.TcpConn) {
    this.#connection = connection;
  }

  static async connect(port: number): Promise<RawClient> {
    return new RawClient(await Deno.connect({ hostname: "127.0.0.1", port }));
  }

  /** Sends an upgrade request, without the headers given as "", and reads the head of the answer. */
  async upgrade(
    path: string,
    headers: Readonly<Record<string, string>> = {},
  ): Promise<{ status: number; head: string }> {
    const all = {
      host: "board.test:8000",
      connection: "Upgrade",
      upgrade: "websocket",
      "sec-websocket-version": "13",
      "sec-websocket-key": btoa("0123456789abcdef"),
      ...headers,
    };
    const given = Object.entries(all).filter(([, value]) => value !== "");
    const lines = given.map(([name, value]) => `${name}: ${value}\r\n`);
    await this.write(new TextEncoder().encode(`GET ${path} HTTP/1.1\r\n${lines.join("")}\r\n`));
    return await this.head();
  }

  /** Reads the head of an answer. */
  async head(): Promise<{ status: number; head: string }> {
    let end = -1;
    while ((end = this.#find("\r\n\r\n")) === -1) {
      if (!await this.#more()) throw new Error("closed before the head of an answer was there");
    }
    const head = new TextDecoder().decode(this.#take(end + 4));
    return { status: Number(head.split(" ")[1]), head };
  }

  /** Sends one masked text frame of up to 125 bytes. */
  async say(text: string, opcode = 1): Promise<void> {
    const payload = new TextEncoder().encode(text);
    const mask = [1, 2, 3, 4];
    const head = [0x80 | opcode, 0x80 | payload.length, ...mask];
    await this.write(Uint8Array.from([...head, ...payload.map((byte, i) => byte ^ mask[i % 4]!)]));
  }

  async write(bytes: Uint8Array): Promise<void> {
    for (let at = 0; at < bytes.length;) at += await this.#connection.write(bytes.subarray(at));
  }

  /** Reads one frame; null when the peer closed the connection. */
  async frame(): Promise<{ opcode: number; text: string; bytes: Uint8Array } | null> {
    if (!await this.#need(2)) return null;
    const short = this.#bytes[1]! & 0x7f;
    const headBytes = short < 126 ? 2 : short === 126 ? 4 : 10;
    if (!await this.#need(headBytes)) return null;
    const view = new DataView(this.#bytes.buffer, this.#bytes.byteOffset);
    const length = short < 126
      ? short
      : short === 126
      ? view.getUint16(2)
      : Number(view.getBigUint64(2));
    if (!await this.#need(headBytes + length)) return null;
    const opcode = this.#bytes[0]! & 0x0f;
    this.#take(headBytes);
    const bytes = this.#take(length);
    return { opcode, text: new TextDecoder().decode(bytes), bytes };
  }

  /** Sends nothing more, and may read on. */
  endWriting(): Promise<void> {
    return this.#connection.closeWrite();
  }

  /** Reads on to the end and gives the code of the close frame on the way; null without one. */
  async closeCode(): Promise<number | null> {
    let code: number | null = null;
    for (let frame = await this.frame(); frame !== null; frame = await this.frame()) {
      code = closeCodeOf(frame) ?? code;
    }
    return code;
  }

  [Symbol.dispose](): void {
    this.#connection.close();
  }

  async #need(count: number): Promise<boolean> {
    while (this.#bytes.length < count) if (!await this.#more()) return false;
    return true;
  }

  async #more(): Promise<boolean> {
    const chunk = new Uint8Array(262_144);
    let count: number | null;
    try {
      count = await this.#connection.read(chunk);
    } catch (error) {
      if (error instanceof Deno.errors.ConnectionReset) return false;
      throw error;
    }
    if (count === null) return false;
    const joined = new Uint8Array(this.#bytes.length + count);
    joined.set(this.#bytes);
    joined.set(chunk.subarray(0, count), this.#bytes.length);
    this.#bytes = joined;
    return true;
  }

  #find(text: string): number {
    return new TextDecoder("latin1").decode(this.#bytes).indexOf(text);
  }

  #take(count: number): Uint8Array {
    const taken = this.#bytes.subarray(0, count);
    this.#bytes = this.#bytes.slice(count);
    return taken;
  }
}
