import * as z from "zod";
import type { Contract } from "../hub/hub.ts";
import { TICKER } from "../wire/channel.ts";
import { SUBPROTOCOL } from "../wire/frames.ts";
import type { ProblemFacts } from "../wire/problem.ts";
import { NO_QUERY, problemAnswer, readQuery } from "./answer.ts";
import type { Door } from "./door.ts";
import { offersV1, readProtocols } from "./given_tokens.ts";
import { knockOf } from "./knock.ts";
import type { Lease } from "./places.ts";
import { refusalAnswer, TOLD_REFUSALS, type ToldRefusal } from "./refusals.ts";
import type { RequestHead } from "./request_head.ts";
import type { SocketPath } from "./socket_path.ts";

/** What becomes of a request; a lease is given back when its socket is gone. */
export type Decision =
  /** An answer of HTTP in place of a socket. */
  | { readonly kind: "answer"; readonly response: Response }
  /** The client may open a socket but not stay, so that a browser sees why. */
  | {
    readonly kind: "told";
    readonly contract: Contract;
    readonly refusal: ToldRefusal;
    readonly lease: Lease;
  }
  | {
    readonly kind: "served";
    readonly contract: Contract;
    readonly isAuthenticated: boolean;
    readonly lease: Lease;
  };

const KEY = /^[A-Za-z0-9+/]{22}==$/;

const TOKEN_QUERY = z.strictObject({ token: z.string("wants one token").max(256).optional() });

/**
 * Decides about a request to a socket path: form first, then what the door says. `pages` is the
 * origin of our own pages as the client sees it.
 */
export async function decideSocket(
  asked: RequestHead,
  path: SocketPath,
  { door, pages }: { readonly door: Door; readonly pages: string },
): Promise<Decision> {
  const { requestId } = asked;
  const protocols = readProtocols(asked.header("sec-websocket-protocol"));
  const problem = formProblem(asked, path, protocols);
  if (problem !== null) {
    return { kind: "answer", response: problemAnswer(problem.facts, requestId, problem.headers) };
  }
  const contract = offersV1(protocols!) ? "v1" : plainContract(path);
  const verdict = await door.admit({ ...knockOf(asked, protocols!), target: pages });
  if (verdict.ok) {
    const { lease, isAuthenticated } = verdict;
    return { kind: "served", contract, isAuthenticated, lease };
  }
  const { why, lease } = verdict;
  if (lease !== null && why !== "origin" && why !== "draining") {
    return { kind: "told", contract, refusal: TOLD_REFUSALS[why], lease };
  }
  lease?.release();
  return { kind: "answer", response: refusalAnswer(why, requestId) };
}

/** The answer to malformed headers that only the server's own WebSocket code noticed. */
export function malformedAnswer(requestId: string): Response {
  const detail =
    "malformed WebSocket headers (entries of a list are separated by a comma and a space)";
  return problemAnswer({ status: 400, code: "BAD_REQUEST", detail }, requestId);
}

function plainContract(path: SocketPath): Contract {
  return path.plain === "stocks" ? `stocks/${path.ticker.toUpperCase()}` : path.plain!;
}

function formProblem(
  asked: RequestHead,
  path: SocketPath,
  protocols: readonly string[] | null,
): { facts: ProblemFacts; headers?: Record<string, string> } | null {
  if (asked.method !== "GET") {
    const detail = "this address answers GET with an upgrade to WebSocket";
    return {
      facts: { status: 405, code: "METHOD_NOT_ALLOWED", detail },
      headers: { allow: "GET" },
    };
  }
  if (path.plain === "stocks" && !TICKER.test(path.ticker.toUpperCase())) {
    const wanted = "1 to 20 letters and digits";
    const facts = { code: "BAD_PARAMETER", detail: "bad value", parameter: "ticker" } as const;
    return { facts: { status: 400, ...facts, wanted } };
  }
  if (asked.url.search !== "") {
    const query = readQuery(asked.url.searchParams, path.plain === null ? NO_QUERY : TOKEN_QUERY);
    if (!query.ok) return { facts: query.problem };
  }
  if (asked.header("upgrade")?.toLowerCase() !== "websocket") {
    const detail = "this address speaks WebSocket only";
    const headers = { upgrade: "websocket", connection: "upgrade" };
    return { facts: { status: 426, code: "UPGRADE_REQUIRED", detail }, headers };
  }
  if (asked.header("sec-websocket-version") !== "13") {
    const facts = { status: 426, code: "UPGRADE_REQUIRED", detail: "wanted version 13" } as const;
    return { facts, headers: { upgrade: "websocket", "sec-websocket-version": "13" } };
  }
  if (!KEY.test(asked.header("sec-websocket-key") ?? "")) {
    const wanted = "16 bytes in base64";
    const facts = {
      code: "BAD_REQUEST",
      detail: "bad value",
      parameter: "Sec-WebSocket-Key",
    } as const;
    return { facts: { status: 400, ...facts, wanted } };
  }
  const parameter = "Sec-WebSocket-Protocol";
  if (protocols === null) {
    const detail = "malformed header";
    return {
      facts: { status: 400, code: "BAD_REQUEST", detail, parameter, wanted: "a list of tokens" },
    };
  }
  if (path.plain !== null || offersV1(protocols)) return null;
  const detail = "this address speaks a versioned protocol only";
  return { facts: { status: 400, code: "BAD_REQUEST", detail, parameter, wanted: SUBPROTOCOL } };
}
