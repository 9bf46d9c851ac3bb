import type { PlainName } from "../hub/plain_channels.ts";

/** What a socket path speaks: `/ws` only the versioned protocol, the others the plain one too. */
export type SocketPath =
  | { readonly plain: Exclude<PlainName, "stocks"> | null }
  /** The ticker as it stands in the address. */
  | { readonly plain: "stocks"; readonly ticker: string };

const PLAIN_PATH = /^\/ws\/(market|foreign|index|alerts)$/;
const STOCK_PATH = /^\/ws\/stocks\/([^/]+)$/;

/** What a path speaks; null when it is no socket's. */
export function socketPathOf(pathname: string): SocketPath | null {
  if (pathname === "/ws") return { plain: null };
  const plain = PLAIN_PATH.exec(pathname)?.[1];
  if (plain !== undefined) return { plain: plain as Exclude<PlainName, "stocks"> };
  const ticker = STOCK_PATH.exec(pathname)?.[1];
  if (ticker === undefined) return null;
  try {
    return { plain: "stocks", ticker: decodeURIComponent(ticker) };
  } catch (error) {
    // A broken escape names no stock; the text itself is refused for its form.
    if (error instanceof URIError) return { plain: "stocks", ticker };
    throw error;
  }
}
