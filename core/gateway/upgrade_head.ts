import type { Buffer } from "node:buffer";
import type { IncomingMessage } from "node:http";

/** The head of a request, as far as sockets look at it. */
export type UpgradeHead = Pick<IncomingMessage, "method" | "url" | "headers">;

/** Browsers send 15. */
const HEADERS_MAX = 64;

const END = "\r\n\r\n";
const REQUEST_LINE = /^GET (\/[\x21-\x7e]*) HTTP\/1\.1$/;
const NAME = /^[\w!#$%&'*+.^`|~-]+$/;
const VALUE = /^[\t\x20-\x7e]*$/;
const UPGRADES = /(?:^|,)[\t ]*upgrade[\t ]*(?:,|$)/i;
/** What would make the request longer than its head. */
const LONGER = ["content-length", "transfer-encoding", "expect"] as const;

/**
 * Reads a request to upgrade to WebSocket that came in one piece and says nothing unusual; null is
 * one of which `node:http` is to make what it does. Both read the same out of what is taken here.
 */
export function readUpgradeHead(bytes: Buffer): UpgradeHead | null {
  const text = bytes.toString("latin1");
  if (!text.endsWith(END)) return null;
  const [first, ...lines] = text.slice(0, -END.length).split("\r\n");
  const url = REQUEST_LINE.exec(first!)?.[1];
  if (url === undefined || lines.length > HEADERS_MAX) return null;
  const headers: Record<string, string> = Object.create(null);
  for (const line of lines) {
    const colon = line.indexOf(":");
    const name = line.slice(0, Math.max(0, colon)).toLowerCase();
    const value = line.slice(colon + 1);
    // How those of one name are joined depends on the name.
    if (!NAME.test(name) || !VALUE.test(value) || headers[name] !== undefined) return null;
    headers[name] = value.trim();
  }
  const { host, upgrade, connection = "" } = headers;
  if (host === undefined || upgrade === undefined || !UPGRADES.test(connection)) return null;
  if (LONGER.some((name) => headers[name] !== undefined)) return null;
  return { method: "GET", url, headers };
}
