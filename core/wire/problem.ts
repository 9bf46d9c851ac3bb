import type { TravelRefusal } from "./moment.ts";

/** Codes of errors that REST answers give. */
export type ProblemCode =
  | "NOT_FOUND"
  | "METHOD_NOT_ALLOWED"
  | "UNKNOWN_PARAMETER"
  | "REPEATED_PARAMETER"
  | "BAD_PARAMETER"
  | "BAD_REQUEST"
  | "UNAUTHENTICATED"
  | "RATE_LIMITED"
  | "FORBIDDEN_ORIGIN"
  | "WRONG_HOST"
  | "UPGRADE_REQUIRED"
  | "NOT_ACCEPTABLE"
  | "NOT_READY"
  | "STORE_UNAVAILABLE"
  | "UNAVAILABLE"
  | "INTERNAL";

/** An error answer after RFC 9457, media type `application/problem+json`. */
export interface Problem {
  readonly type: "about:blank";
  readonly title: string;
  readonly status: number;
  readonly code: ProblemCode;
  /** What went wrong, for a person; never repeats a value of the request. */
  readonly detail: string;
  /** The offending parameter and what it wants. */
  readonly parameter?: string;
  readonly wanted?: string;
  /** Why an earlier minute cannot be shown. */
  readonly reason?: TravelRefusal;
  readonly request_id: string;
}

/** What the place that notices a problem knows about it. */
export type ProblemFacts = Omit<Problem, "type" | "title" | "request_id">;

const TITLES: Readonly<Record<number, string>> = {
  400: "Bad Request",
  401: "Unauthorized",
  403: "Forbidden",
  404: "Not Found",
  405: "Method Not Allowed",
  406: "Not Acceptable",
  421: "Misdirected Request",
  426: "Upgrade Required",
  429: "Too Many Requests",
  500: "Internal Server Error",
  503: "Service Unavailable",
};

/** Writes out a problem. */
export function problem(facts: ProblemFacts, requestId: string): Problem {
  const title = TITLES[facts.status] ?? "Error";
  return { type: "about:blank", title, ...facts, request_id: requestId };
}
