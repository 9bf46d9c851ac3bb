/** An answer as it came over the wire. */
export interface RawAnswer {
  readonly status: number;
  readonly headers: ReadonlyMap<string, string>;
  readonly body: string;
}

/** What a client may write that `fetch` would not; every character is one byte. */
export interface RawRequest {
  readonly method?: string;
  readonly target: string;
  /** The Host header; null for none. */
  readonly host?: string | null;
  readonly headers?: Readonly<Record<string, string>>;
}

/** Longest wait for the end of an answer. */
const WAIT_MS = 60_000;

/** Sends one request as plain bytes and reads until the server closes; null when there is no answer. */
export async function askRaw(port: number, request: RawRequest): Promise<RawAnswer | null> {
  const { method = "GET", target, host = "localhost", headers = {} } = request;
  const all = { ...(host === null ? {} : { host }), connection: "close", ...headers };
  const lines = Object.entries(all).map(([name, value]) => `${name}: ${value}\r\n`).join("");
  const text = await exchange(port, `${method} ${target} HTTP/1.1\r\n${lines}\r\n`);
  const [head = "", ...rest] = text.split("\r\n\r\n");
  const [first = "", ...fields] = head.split("\r\n");
  const status = /^HTTP\/1\.[01] (\d{3})/.exec(first)?.[1];
  if (status === undefined) return null;
  const pairs = fields.map((field) => /^([^:]+): ?(.*)$/.exec(field)!);
  return {
    status: Number(status),
    headers: new Map(pairs.map(([, name, value]) => [name!.toLowerCase(), value!])),
    body: rest.join("\r\n\r\n"),
  };
}

async function exchange(port: number, request: string): Promise<string> {
  using connection = await Deno.connect({ hostname: "127.0.0.1", port });
  let isLate = false;
  const deadline = setTimeout(() => {
    isLate = true;
    connection.close();
  }, WAIT_MS);
  let text = "";
  try {
    const bytes = Uint8Array.from(request, (char) => char.charCodeAt(0));
    for (let at = 0; at < bytes.length;) at += await connection.write(bytes.subarray(at));
    const decoder = new TextDecoder();
    const buffer = new Uint8Array(65_536);
    for (let n = await connection.read(buffer); n !== null; n = await connection.read(buffer)) {
      text += decoder.decode(buffer.subarray(0, n), { stream: true });
      // A socket was opened, or refused with its own answer: there is no end to wait for.
      if (text.startsWith("HTTP/1.1 101")) break;
    }
  } catch (error) {
    if (isLate) throw new Error(`No end of the answer within ${WAIT_MS} ms to ${request}`);
    // A server that refuses a request early resets a client that is still writing.
    const isCut = error instanceof Deno.errors.ConnectionReset ||
      error instanceof Deno.errors.BrokenPipe;
    if (!isCut) throw error;
  } finally {
    clearTimeout(deadline);
  }
  return text;
}
