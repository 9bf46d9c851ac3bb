import { CLOSE, type ErrorCode } from "../wire/frames.ts";
import type { ProblemFacts } from "../wire/problem.ts";
import { problemAnswer } from "./answer.ts";
import type { Refusal } from "./door.ts";

/** A refusal as it is told inside a socket, so that browsers see it. */
export interface ToldRefusal {
  readonly code: ErrorCode;
  readonly message: string;
  /** Close code in the versioned protocol; the plain contract always closes with 1008. */
  readonly close: number;
}

const TOKEN = "a valid token is needed";
const ADDRESS = "too many connections from this address";
const RATE = "too many new connections from this address";
const TOTAL = "the server is full";

/** Refusals that a client can be told inside a socket. */
export const TOLD_REFUSALS = {
  token: { code: "UNAUTHENTICATED", message: TOKEN, close: CLOSE.unauthenticated },
  address: { code: "RATE_LIMITED", message: ADDRESS, close: CLOSE.connectionLimit },
  rate: { code: "RATE_LIMITED", message: RATE, close: CLOSE.rateLimited },
  total: { code: "UNAVAILABLE", message: TOTAL, close: CLOSE.overloaded },
} as const satisfies Partial<Record<Refusal, ToldRefusal>>;

interface HttpRefusal extends Pick<ProblemFacts, "status" | "code" | "detail"> {
  /** Seconds after which asking again may help; null where it does not. */
  readonly afterS: number | null;
}

const HTTP_REFUSALS: Readonly<Record<Refusal, HttpRefusal>> = {
  origin: {
    status: 403,
    code: "FORBIDDEN_ORIGIN",
    detail: "this origin may open no connection here",
    afterS: null,
  },
  draining: { status: 503, code: "UNAVAILABLE", detail: "the server is stopping", afterS: 5 },
  token: { status: 401, code: "UNAUTHENTICATED", detail: TOKEN, afterS: null },
  address: { status: 429, code: "RATE_LIMITED", detail: ADDRESS, afterS: 5 },
  // A tenth of the time over which connections are counted.
  rate: { status: 429, code: "RATE_LIMITED", detail: RATE, afterS: 30 },
  total: { status: 503, code: "UNAVAILABLE", detail: TOTAL, afterS: 5 },
};

/** A refusal as an HTTP answer. */
export function refusalAnswer(why: Refusal, requestId: string): Response {
  const { afterS, ...facts } = HTTP_REFUSALS[why];
  const headers: Record<string, string> = afterS === null ? {} : { "retry-after": String(afterS) };
  if (why === "token") headers["www-authenticate"] = "Bearer";
  return problemAnswer(facts, requestId, headers);
}
