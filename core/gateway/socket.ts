import * as z from "zod";
import type { Contract } from "../hub/hub.ts";
import type { ClientLink } from "../hub/link.ts";
import { SharedMessage } from "../hub/message.ts";
import type { PlainName } from "../hub/plain_channels.ts";
import { TICKER } from "../wire/channel.ts";
import { CLOSE, SUBPROTOCOL } from "../wire/frames.ts";
import type { ProblemFacts } from "../wire/problem.ts";
import { type Asked, NO_QUERY, problemAnswer, readQuery } from "./answer.ts";
import type { Connected } from "./client_address.ts";
import { upgradeToLink } from "./deno_link.ts";
import type { Verdict } from "./door.ts";
import { offersV1, readProtocols } from "./given_tokens.ts";
import { knockOf } from "./knock.ts";
import type { Lease } from "./places.ts";
import { refusalAnswer, TOLD_REFUSALS } from "./refusals.ts";
import { randomText, type Services } from "./services.ts";

/** What a socket path speaks: `/ws` only the versioned protocol, the others the plain one too. */
export type SocketPath =
  | { readonly plain: Exclude<PlainName, "stocks"> | null }
  /** The ticker as it stands in the address. */
  | { readonly plain: "stocks"; readonly ticker: string };

/** A route's context as far as sockets read it. */
export interface SocketAsked extends Asked {
  readonly info: Connected;
  readonly state: { readonly requestId: string; readonly services: Services };
}

type Admitted = Extract<Verdict, { ok: true }>;
type Refused = Extract<Verdict, { ok: false }>;

const TOKEN_QUERY = z.strictObject({ token: z.string("wants one token").max(256).optional() });

/** Answers a request to a socket path: order of checks is form, origin, token, places, socket. */
export function answerSocket(asked: SocketAsked, path: SocketPath): Response {
  const { req, state } = asked;
  const { services, requestId } = state;
  const protocols = readProtocols(req.headers.get("sec-websocket-protocol"));
  const problem = formProblem(asked, path, protocols);
  if (problem !== null) return problemAnswer(problem.facts, requestId, problem.headers);
  const contract = offersV1(protocols!) ? "v1" : plainContract(path);
  const verdict = services.admission.admit(knockOf(asked, protocols!));
  return verdict.ok ? serve(asked, contract, verdict) : refuse(asked, contract, verdict);
}

function plainContract(path: SocketPath): Contract {
  return path.plain === "stocks" ? `stocks/${path.ticker.toUpperCase()}` : path.plain!;
}

function serve(
  asked: SocketAsked,
  contract: Contract,
  { lease, isAuthenticated }: Admitted,
): Response {
  const { services } = asked.state;
  const { hub, clock, log } = services;
  return upgrade(asked, { contract, lease }, {
    open(link) {
      if (services.isDraining) link.close(CLOSE.restart, "server restarts");
      else hub.join(link, contract, clock.nowMs(), { isAuthenticated });
    },
    text: (link, text) => hub.receive(link, contract, text, clock.nowMs()),
    binary: (link) => {
      // A plain client's answers mean nothing in any form; the versioned protocol is text.
      if (contract !== "v1") return hub.receive(link, contract, "", clock.nowMs());
      hub.leave(link, contract);
      link.close(CLOSE.unsupported, "text messages only");
    },
    closed: (link) => hub.leave(link, contract),
    failed: (link, why) => log.debug("socket_failed", { link: link.id, why }),
  });
}

function refuse(asked: SocketAsked, contract: Contract, { why, lease }: Refused): Response {
  const { log } = asked.state.services;
  if (lease === null || why === "origin" || why === "draining") {
    lease?.release();
    return refusalAnswer(why, asked.state.requestId);
  }
  const { code, message, close } = TOLD_REFUSALS[why];
  const text = contract === "v1"
    ? JSON.stringify({ k: "err", id: null, code, msg: message })
    : JSON.stringify({ type: "error", code, message });
  return upgrade(asked, { contract, lease }, {
    open: (link) => {
      link.send(new SharedMessage(text));
      link.close(contract === "v1" ? close : CLOSE.policy, message);
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
