import { type Asked, problemAnswer, TOKEN_PARAMETER } from "./answer.ts";
import { givenTokens } from "./given_tokens.ts";
import type { Services } from "./services.ts";

/** A route's context as far as authentication reads it. */
export interface AuthAsked extends Asked {
  /** Template of the route, null for an address without one. */
  readonly route: string | null;
  readonly state: { readonly requestId: string; readonly services: Services };
}

/** Addresses that ask for the token when one is set. A route says best what an address leads to. */
const GUARDED = /^\/(api|metrics|ws\/ticket)(\/|$)/;

/** Documents of the protocols; whoever is to send a token has to read first how. */
const OPEN: ReadonlySet<string> = new Set([
  ...["/api", "/api/openapi.json", "/api/ws", "/api/asyncapi.json", "/api/calendar.ics"],
]);

/** Whether a route wants the token where one is set. */
export function isTokenWanted(route: string): boolean {
  return GUARDED.test(route) && !OPEN.has(route);
}

/** The refusal of a request that needs the token and has none; null when it may pass. */
export function restRefusal(asked: AuthAsked): Response | null {
  const { route, url, state } = asked;
  if (route !== null && OPEN.has(route)) return null;
  if (!GUARDED.test(url.pathname) && !GUARDED.test(route ?? "")) return null;
  if (hasToken(asked)) return null;
  const detail = `wanted Authorization: Bearer, or ${TOKEN_PARAMETER} in the query of /api`;
  const facts = { status: 401, code: "UNAUTHENTICATED", detail } as const;
  return problemAnswer(facts, state.requestId, { "www-authenticate": "Bearer" });
}

/** Whether a request shows the token, or a page's ticket; true when no token is set. */
export function hasToken({ req, state }: Pick<AuthAsked, "req" | "state">): boolean {
  const query = new URL(req.url).searchParams;
  const authorization = req.headers.get("authorization");
  return state.services.admission.isKnown(givenTokens({ query, protocols: [], authorization }));
}
