import { type Asked, problemAnswer } from "./answer.ts";
import { REST_PER_SECOND } from "./rate_limit.ts";
import type { Services } from "./services.ts";

/** A route's context as far as the limit reads it. */
export interface RateAsked extends Asked {
  readonly info: { readonly remoteAddr: Deno.Addr };
  readonly state: { readonly requestId: string; readonly services: Services };
}

/** The refusal of a request to `/api` beyond its address's rate; null when it may pass. */
export function rateRefusal({ info, url, state }: RateAsked): Response | null {
  if (!/^\/api(\/|$)/.test(url.pathname)) return null;
  const { restLimit, clock } = state.services;
  const { remoteAddr } = info;
  const hostname = "hostname" in remoteAddr ? remoteAddr.hostname : "localhost";
  const afterS = restLimit.take(hostname, clock.nowMs());
  if (afterS === null) return null;
  const detail = `at most ${REST_PER_SECOND} requests a second from one address`;
  const facts = { status: 429, code: "RATE_LIMITED", detail } as const;
  return problemAnswer(facts, state.requestId, { "retry-after": String(afterS) });
}
