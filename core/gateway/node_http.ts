import { Buffer } from "node:buffer";
import { type ServerResponse, STATUS_CODES } from "node:http";
import type { Socket } from "node:net";
import type { Duplex } from "node:stream";
import { problemAnswer } from "./answer.ts";
import type { RequestHead } from "./request_head.ts";
import { secure } from "./secure.ts";
import type { UpgradeHead } from "./upgrade_head.ts";

/** Answers go out on connections that end with them: nobody has a second question here. */
const LAST = { connection: "close" } as const;

/** A host with or without a port, and nothing that would move the border to the path. */
const HOST = /^[\w.:[\]-]+$/;

/** A request of `node:http` as the rest of the gateway reads it; null when it makes no address. */
export function askedOf(
  { headers, method, url: path }: UpgradeHead,
  socket: Socket,
): RequestHead | null {
  const host = headers.host ?? "";
  const url = HOST.test(host) ? URL.parse(`http://${host}${path ?? ""}`) : null;
  if (url === null) return null;
  return {
    method: method ?? "",
    url,
    requestId: crypto.randomUUID(),
    peer: socket.remoteAddress ?? "",
    header: (name) => headers[name]?.toString() ?? null,
  };
}

/** The answer to a request whose host and path make no address. */
export function noAddressAnswer(): Response {
  const detail = "host and path make no address";
  const facts = { status: 400, code: "BAD_REQUEST", detail, parameter: "Host" } as const;
  return problemAnswer(facts, crypto.randomUUID());
}

/** Sends an answer where no upgrade was asked for. */
export async function answer(
  to: ServerResponse,
  response: Response,
  asked: RequestHead | null,
): Promise<void> {
  const secured = securedFor(asked, response);
  const body = Buffer.from(await secured.arrayBuffer());
  to.writeHead(secured.status, {
    ...Object.fromEntries(secured.headers),
    ...LAST,
    "content-length": body.length,
  });
  to.end(body);
}

/** Sends an answer in place of an upgrade, and ends the connection. */
export async function answerUpgrade(
  socket: Duplex,
  response: Response,
  asked: RequestHead | null,
): Promise<void> {
  const secured = securedFor(asked, response);
  const body = Buffer.from(await secured.arrayBuffer());
  const headers = { ...Object.fromEntries(secured.headers), ...LAST };
  const lines = Object.entries(headers).map(([name, value]) => `${name}: ${value}\r\n`);
  const status = `HTTP/1.1 ${secured.status} ${STATUS_CODES[secured.status]}\r\n`;
  const head = `${status}${lines.join("")}content-length: ${body.length}\r\n\r\n`;
  // A peer that keeps its half open must not keep ours.
  socket.once("finish", () => socket.destroy());
  socket.end(Buffer.concat([Buffer.from(head), body]));
}

function securedFor(asked: RequestHead | null, response: Response): Response {
  if (asked === null) return response;
  return secure({ url: asked.url.href, requestId: asked.requestId }, response);
}
