import { CLOSE, type ErrorCode } from "./frames.ts";

/** What the client takes from its surroundings: a browser, Deno, Node, or a test. */
export interface ClientShell {
  open(url: string, protocols: string[]): WebSocket;
  fetch(url: string, init: RequestInit): Promise<Response>;
  /** Calls back once after `ms`; gives the function that cancels it. */
  later(act: () => void, ms: number): () => void;
  random(): number;
  nowMs(): number;
}

const WAIT_MS_MIN = 500;
const WAIT_MS_MAX = 20_000;
const RESTART_WAIT_MS_MAX = 5_000;

export const REAL_SHELL: ClientShell = {
  open: (url, protocols) => new WebSocket(url, protocols),
  fetch: (url, init) => fetch(url, init),
  later(act, ms) {
    const timer = setTimeout(act, ms);
    return () => clearTimeout(timer);
  },
  random: Math.random,
  nowMs: () => performance.now(),
};

/** An address in full; a path is of the page's own server, or of `base`. */
export function absolute(
  url: string,
  base: string | undefined = globalThis.location?.href,
): string {
  return new URL(url, base).href;
}

/** How long to wait before the next try: full jitter between half a second and 20 s. */
export function waitMs(
  close: { readonly code: number; readonly afterMs: number | null },
  tries: number,
  random: () => number,
): number {
  if (close.afterMs !== null) return close.afterMs;
  if (close.code === CLOSE.restart) return random() * RESTART_WAIT_MS_MAX;
  // At once, but not over and over.
  if (tries === 0 && close.code >= 4200 && close.code < 4300) return random() * WAIT_MS_MIN;
  const most = Math.min(WAIT_MS_MAX, 2 * WAIT_MS_MIN * 2 ** tries);
  return WAIT_MS_MIN + random() * (most - WAIT_MS_MIN);
}

/** Whether a server that closes with this code does not want the client back as it is. */
export function isFinal(code: number): boolean {
  return code >= 4000 && code < 4100 && code !== CLOSE.connectionLimit;
}

/** Whether an error says that the client may not do anything here as it is. */
export function isRefusal(code: ErrorCode): boolean {
  return code === "UNAUTHENTICATED" || code === "FORBIDDEN";
}

/** The entry of a subprotocol list that carries a token. */
export function bearerProtocol(token: string): string {
  const base64 = btoa(token).replace(/\+/g, "-").replace(/\//g, "_").replace(/=/g, "");
  return `base64url.bearer.vnstock.${base64}`;
}
