import * as z from "zod";
import type { Contract } from "../hub/hub.ts";
import type { PlainName } from "../hub/plain_channels.ts";
import { TICKER } from "../wire/channel.ts";
import { CLOSE, type ErrorCode, SUBPROTOCOL } from "../wire/frames.ts";
import type { ProblemFacts } from "../wire/problem.ts";
import type { Lease } from "./admission.ts";
import { NO_QUERY, readQuery } from "./answer.ts";
import type { Door, Refusal } from "./door.ts";
import { givenTokens, offersV1, readProtocols } from "./given_tokens.ts";

/** What a socket path speaks: `/ws` only the versioned protocol, the others the plain one too. */
export type SocketPath =
  | { readonly plain: Exclude<PlainName, "stocks"> | null }
  /** The ticker as it stands in the address. */
  | { readonly plain: "stocks"; readonly ticker: string };

/** A request for a socket, whichever server took it. */
export interface Handshake {
  readonly method: string;
  readonly url: URL;
  header(name: string): string | null;
  /** Address at the other end of the connection. */
  readonly peer: string;
  /** Origin of our own pages, as the client would see it. */
  readonly target: string;
}

/** An answer of HTTP in place of a socket. */
export interface SocketProblem {
  readonly facts: ProblemFacts;
  readonly headers?: Readonly<Record<string, string>>;
}

/** Why a client may open a socket but not stay; it is told inside the socket, so that browsers see it. */
export interface ToldRefusal {
  readonly code: ErrorCode;
  readonly message: string;
  /** Close code in the versioned protocol; the plain contract always closes with 1008. */
  readonly close: number;
}

/** What becomes of a request; a lease is given back when its socket is gone. */
export type Decision =
  | { readonly kind: "problem"; readonly problem: SocketProblem }
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

const TOKEN_QUERY = z.strictObject({ token: z.string("wants one token").max(256).optional() });

const TOLD = {
  token: {
    code: "UNAUTHENTICATED",
    message: "a valid token is needed",
    close: CLOSE.unauthenticated,
  },
  address: {
    code: "RATE_LIMITED",
    message: "too many connections from this address",
    close: CLOSE.connectionLimit,
  },
  rate: {
    code: "RATE_LIMITED",
    message: "too many new connections from this address",
    close: CLOSE.rateLimited,
  },
  total: { code: "UNAVAILABLE", message: "the server is full", close: CLOSE.overloaded },
} as const satisfies Record<Exclude<Refusal, "origin" | "draining">, ToldRefusal>;

/** Decides about a request to a socket path: form first, then what the door says. */
export async function decideSocket(
  handshake: Handshake,
  path: SocketPath,
  door: Door,
): Promise<Decision> {
  const protocols = readProtocols(handshake.header("sec-websocket-protocol"));
  const problem = formProblem(handshake, path, protocols);
  if (problem !== null) return { kind: "problem", problem };
  const isVersioned = offersV1(protocols!);
  const contract = isVersioned ? "v1" : plainContract(path);
  const verdict = await door.admit({
    peer: handshake.peer,
    forwardedFor: handshake.header("x-forwarded-for"),
    origin: handshake.header("origin"),
    target: handshake.target,
    tokens: givenTokens({
      query: handshake.url.searchParams,
      protocols: protocols!,
      authorization: handshake.header("authorization"),
    }),
    isVersioned,
  });
  if (verdict.ok) {
    const { lease, isAuthenticated } = verdict;
    return { kind: "served", contract, isAuthenticated, lease };
  }
  const { why, lease } = verdict;
  if (why === "origin") return { kind: "problem", problem: FOREIGN };
  if (why === "draining") return unavailable("the server is stopping");
  const refusal = TOLD[why];
  return lease === null ? unavailable(refusal.message) : { kind: "told", contract, refusal, lease };
}

/** Malformed headers that only the server's own WebSocket code noticed. */
export const MALFORMED: ProblemFacts = {
  status: 400,
  code: "BAD_REQUEST",
  detail: "malformed WebSocket headers (entries of a list are separated by a comma and a space)",
};

const FOREIGN: SocketProblem = {
  facts: {
    status: 403,
    code: "FORBIDDEN_ORIGIN",
    detail: "this origin may not open sockets here",
  },
};

function unavailable(detail: string): Decision {
  const facts = { status: 503, code: "UNAVAILABLE", detail } as const;
  return { kind: "problem", problem: { facts, headers: { "retry-after": "5" } } };
}

function plainContract(path: SocketPath): Contract {
  return path.plain === "stocks" ? `stocks/${path.ticker.toUpperCase()}` : path.plain!;
}

function formProblem(
  { method, url, header }: Handshake,
  path: SocketPath,
  protocols: readonly string[] | null,
): SocketProblem | null {
  if (method !== "GET") {
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
  if (header("upgrade")?.toLowerCase() !== "websocket") {
    const detail = "this address speaks WebSocket only";
    const headers = { upgrade: "websocket", connection: "upgrade" };
    return { facts: { status: 426, code: "UPGRADE_REQUIRED", detail }, headers };
  }
  if (header("sec-websocket-version") !== "13") {
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
