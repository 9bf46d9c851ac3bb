/** What the feed needs of fetch; tests and the shell hand in the real one. */
export type Fetch = (url: string, init: RequestInit) => Promise<Response>;

/** One HTTP exchange: an answer of any status, or in plain words why there was none. */
export type HttpReply =
  | {
    readonly ok: true;
    readonly status: number;
    readonly text: string;
    /** Cookies of the answer as a Cookie header wants them; empty when there are none. */
    readonly cookie: string;
  }
  | { readonly ok: false; readonly reason: string };

export interface HttpRequest {
  readonly url: string;
  readonly method: "GET" | "POST";
  readonly headers: Readonly<Record<string, string>>;
  readonly body?: string;
  readonly timeoutMs: number;
  /** Ends the exchange early; the reply then says so. */
  readonly signal: AbortSignal;
}

/** Largest answer read; 1,000 rows of SecuritiesDetails are about 1 MB. */
const BODY_BYTES_MAX = 16 * 1024 * 1024;

/** Sends one request; never throws, follows no redirect, and keeps addresses out of its reasons. */
export async function sendHttp(fetchFn: Fetch, request: HttpRequest): Promise<HttpReply> {
  const { url, method, headers, body, timeoutMs, signal } = request;
  const limit = new AbortController();
  const timer = setTimeout(() => limit.abort(), timeoutMs);
  try {
    const response = await fetchFn(url, {
      method,
      headers,
      body,
      redirect: "manual",
      signal: AbortSignal.any([signal, limit.signal]),
    });
    const text = await readText(response);
    if (text === null) return { ok: false, reason: "the answer is too large" };
    const cookie = response.headers.getSetCookie().map((line) => line.split(";", 1)[0]).join("; ");
    return { ok: true, status: response.status, text, cookie };
  } catch (error) {
    if (signal.aborted) return { ok: false, reason: "the request was given up" };
    if (limit.signal.aborted) {
      return { ok: false, reason: `no answer within ${timeoutMs / 1000} s` };
    }
    return { ok: false, reason: withoutAddress(error) };
  } finally {
    clearTimeout(timer);
  }
}

/** The message of a network error; the address in it may carry a connection token. */
export function withoutAddress(error: unknown): string {
  const message = error instanceof Error ? error.message : String(error);
  return message.replace(/ for url \([^)]*\)/g, "").replace(
    /\b(https?|wss?):\/\/\S+/g,
    "[address]",
  );
}

async function readText(response: Response): Promise<string | null> {
  if (response.body === null) return "";
  const decoder = new TextDecoder();
  let text = "";
  let bytes = 0;
  // Leaving the loop early cancels the body.
  for await (const chunk of response.body) {
    bytes += chunk.byteLength;
    if (bytes > BODY_BYTES_MAX) return null;
    text += decoder.decode(chunk, { stream: true });
  }
  return text + decoder.decode();
}
