import * as z from "zod";
import type { Contract } from "../hub/hub.ts";
import type { ClientLink } from "../hub/link.ts";
import { SharedMessage } from "../hub/message.ts";
import type { PlainName } from "../hub/plain_channels.ts";
import { TICKER } from "../wire/channel.ts";
import { CLOSE, type ErrorCode, SUBPROTOCOL } from "../wire/frames.ts";
import type { ProblemFacts } from "../wire/problem.ts";
import { givenTokens, type Lease, offersV1, readProtocols } from "./admission.ts";
import { type Asked, NO_QUERY, problemAnswer, readQuery } from "./answer.ts";
import { upgradeToLink } from "./deno_link.ts";
import { randomText, type Services } from "./services.ts";

/** What a socket path speaks: `/ws` only the versioned protocol, the others the plain one too. */
export type SocketPath =
  | { readonly plain: Exclude<PlainName, "stocks"> | null }
  /** The ticker as it stands in the address. */
  | { readonly plain: "stocks"; readonly ticker: string };

/** A route's context as far as sockets read it. */
export interface SocketAsked extends Asked {
  readonly info: { readonly remoteAddr: Deno.Addr };
  readonly state: { readonly requestId: string; readonly services: Services };
}

/** Why a client may open a socket but not stay; it is told inside the socket, so that browsers see it. */
interface Refusal {
  readonly code: ErrorCode;
  readonly message: string;
  /** Close code in the versioned protocol; the plain contract always closes with 1008. */
  readonly close: number;
}

const TOKEN_QUERY = z.strictObject({ token: z.string("wants one token").max(256).optional() });

const REFUSALS = {
  token: {
    code: "UNAUTHENTICATED",
    message: "a valid token is needed",
    close: CLOSE.unauthenticated,
  },
  "per-address": {
    code: "RATE_LIMITED",
    message: "too many connections from this address",
    close: CLOSE.connectionLimit,
  },
  total: { code: "UNAVAILABLE", message: "the server is full", close: CLOSE.overloaded },
} as const satisfies Record<string, Refusal>;

/** Answers a request to a socket path: order of checks is form, origin, token, places, socket. */
export function answerSocket(asked: SocketAsked, path: SocketPath): Response {
  const { req, state } = asked;
  const { services, requestId } = state;
  const protocols = readProtocols(req.headers.get("sec-websocket-protocol"));
  const problem = formProblem(asked, path, protocols);
  if (problem !== null) return problemAnswer(problem.facts, requestId, problem.headers);
  const contract = offersV1(protocols!) ? "v1" : plainContract(path);
  if (!services.admission.isOriginAllowed(req)) {
    const detail = "this origin may not open sockets here";
    return problemAnswer({ status: 403, code: "FORBIDDEN_ORIGIN", detail }, requestId);
  }
  if (services.isDraining) return unavailable("the server is stopping", requestId);
  if (!services.admission.isAuthenticated(givenTokens(req, protocols!))) {
    return refuse(asked, contract, REFUSALS.token);
  }
  const address = asked.info.remoteAddr;
  const lease = services.admission.take("hostname" in address ? address.hostname : "local");
  if (typeof lease === "string") return refuse(asked, contract, REFUSALS[lease]);
  return serve(asked, contract, lease);
}

function plainContract(path: SocketPath): Contract {
  return path.plain === "stocks" ? `stocks/${path.ticker.toUpperCase()}` : path.plain!;
}

function serve(asked: SocketAsked, contract: Contract, lease: Lease): Response {
  const { services } = asked.state;
  const { hub, clock, log, admission } = services;
  const askedMs = clock.nowMs();
  return upgrade(asked, { contract, lease }, {
    open(link) {
      if (services.isDraining) link.close(CLOSE.restart, "server restarts");
      else hub.join(link, contract, clock.nowMs(), { isAuthenticated: true });
    },
    text: (link, text) => hub.receive(link, contract, text, clock.nowMs()),
    binary: (link) => {
      // A plain client's answers mean nothing in any form; the versioned protocol is text.
      if (contract !== "v1") return hub.receive(link, contract, "", clock.nowMs());
      hub.leave(link, contract);
      link.close(CLOSE.unsupported, "text messages only");
    },
    closed(link) {
      hub.leave(link, contract);
      admission.counters.heldMs += Math.max(0, clock.nowMs() - askedMs);
    },
    failed: (link, why) => log.debug("socket_failed", { link: link.id, why }),
  });
}

function refuse(asked: SocketAsked, contract: Contract, refusal: Refusal): Response {
  const { admission, log } = asked.state.services;
  const { code, message } = refusal;
  const lease = admission.takeRefused();
  if (lease === null) return unavailable(message, asked.state.requestId);
  const text = contract === "v1"
    ? JSON.stringify({ k: "err", id: null, code, msg: message })
    : JSON.stringify({ type: "error", code, message });
  return upgrade(asked, { contract, lease }, {
    open: (link) => {
      link.send(new SharedMessage(text));
      link.close(contract === "v1" ? refusal.close : CLOSE.policy, message);
    },
    text: () => {},
    binary: () => {},
    closed: () => {},
    failed: (link, why) => log.debug("socket_failed", { link: link.id, why }),
  });
}

function upgrade(
  asked: SocketAsked,
  held: { contract: Contract; lease: Lease },
  events: Parameters<typeof upgradeToLink>[2],
): Response {
  const { services, requestId } = asked.state;
  const protocol = held.contract === "v1" ? SUBPROTOCOL : null;
  const options = { id: randomText(6), protocol, idleTimeoutS: services.config.wsIdleTimeoutS };
  const closed = (link: ClientLink) => {
    held.lease.release();
    events.closed(link);
  };
  try {
    return upgradeToLink(asked.req, options, { ...events, closed });
  } catch (error) {
    held.lease.release();
    // The runtime says so of malformed upgrade headers; anything else is our own fault.
    if (!(error instanceof TypeError)) throw error;
    const detail =
      "malformed WebSocket headers (entries of a list are separated by a comma and a space)";
    return problemAnswer({ status: 400, code: "BAD_REQUEST", detail }, requestId);
  }
}

function formProblem(
  { req, url }: SocketAsked,
  path: SocketPath,
  protocols: readonly string[] | null,
): { facts: ProblemFacts; headers?: Record<string, string> } | null {
  if (req.method !== "GET") {
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
  const query = readQuery(url.searchParams, path.plain === null ? NO_QUERY : TOKEN_QUERY);
  if (!query.ok) return { facts: query.problem };
  if (req.headers.get("upgrade")?.toLowerCase() !== "websocket") {
    const detail = "this address speaks WebSocket only";
    const headers = { upgrade: "websocket", connection: "upgrade" };
    return { facts: { status: 426, code: "UPGRADE_REQUIRED", detail }, headers };
  }
  if (req.headers.get("sec-websocket-version") !== "13") {
    const facts = { status: 426, code: "UPGRADE_REQUIRED", detail: "wanted version 13" } as const;
    return { facts, headers: { upgrade: "websocket", "sec-websocket-version": "13" } };
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

function unavailable(detail: string, requestId: string): Response {
  const facts = { status: 503, code: "UNAVAILABLE", detail } as const;
  return problemAnswer(facts, requestId, { "retry-after": "5" });
}
