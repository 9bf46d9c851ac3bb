import { type Asked, problemAnswer } from "./answer.ts";
import { clientAddress, type Connected, peerOf } from "./client_address.ts";
import { REST_PER_SECOND } from "./rate_limit.ts";
import type { Services } from "./services.ts";

/** A route's context as far as the limit reads it. */
export interface RateAsked extends Asked {
  readonly info: Connected;
  readonly state: { readonly requestId: string; readonly services: Services };
}

/** Addresses that programs may ask too often. */
const LIMITED = /^\/(api(\/|$)|ws\/ticket$)/;

/** Whether requests for an address are counted. */
export function isRestLimited(path: string): boolean {
  return LIMITED.test(path);
}

/** The refusal of a request beyond its address's rate; null when it may pass. */
export function rateRefusal({ req, info, url, state }: RateAsked): Response | null {
  if (!isRestLimited(url.pathname)) return null;
  const { restLimit, clock, config } = state.services;
  const forwardedFor = req.headers.get("x-forwarded-for");
  const address = clientAddress(peerOf(info), forwardedFor, config.proxies);
  const afterS = restLimit.take(address, clock.nowMs());
  if (afterS === null) return null;
  const detail = `at most ${REST_PER_SECOND} requests a second from one address`;
  const facts = { status: 429, code: "RATE_LIMITED", detail } as const;
  return problemAnswer(facts, state.requestId, { "retry-after": String(afterS) });
}
