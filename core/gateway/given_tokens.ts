import { SUBPROTOCOL } from "../wire/frames.ts";

/** Prefix of the subprotocol entry that carries a token, base64url. */
const BEARER_PROTOCOL = "base64url.bearer.vnstock.";

/** Where a request may carry tokens. */
export interface TokenPlaces {
  readonly query: URLSearchParams;
  /** Entries of Sec-WebSocket-Protocol. */
  readonly protocols: readonly string[];
  readonly authorization: string | null;
}

/** Tokens of a request, wherever they stand. */
export function givenTokens({ query, protocols, authorization }: TokenPlaces): string[] {
  const tokens = query.getAll("token");
  for (const entry of protocols) {
    if (entry.startsWith(BEARER_PROTOCOL)) {
      tokens.push(fromBase64Url(entry.slice(BEARER_PROTOCOL.length)));
    }
  }
  const header = /^Bearer ([\w.~+/=-]{1,512})$/i.exec(authorization ?? "");
  if (header !== null) tokens.push(header[1]!);
  return tokens;
}

/** Entries of a Sec-WebSocket-Protocol header; null when it is malformed. */
export function readProtocols(header: string | null): readonly string[] | null {
  if (header === null) return [];
  const entries = header.split(",").map((entry) => entry.trim());
  const isToken = (entry: string) => /^[A-Za-z0-9!#$%&'*+.^_`|~-]{1,512}$/.test(entry);
  return entries.every(isToken) && new Set(entries).size === entries.length ? entries : null;
}

/** Whether the client offers the versioned protocol. */
export function offersV1(protocols: readonly string[]): boolean {
  return protocols.includes(SUBPROTOCOL);
}

/** "" for text that is no base64url; an empty token never matches. */
function fromBase64Url(text: string): string {
  if (!/^[\w-]*$/.test(text) || text.length % 4 === 1) return "";
  return atob(text.replaceAll("-", "+").replaceAll("_", "/"));
}
