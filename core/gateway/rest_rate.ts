import { type Asked, problemAnswer } from "./answer.ts";
import { clientAddress, type Connected, peerOf } from "./client_address.ts";
import { REST_BURST, REST_PER_SECOND, type Standing } from "./rate_limit.ts";
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

/** Seconds after which a request that was one too many may be made again. */
const AGAIN_S = 1;

/** Counts a request of its address; null where nothing is counted. */
export function takeRest({ req, info, url, state }: RateAsked): Standing | null {
  if (!isRestLimited(url.pathname)) return null;
  const { restLimit, clock, config } = state.services;
  const forwardedFor = req.headers.get("x-forwarded-for");
  const address = clientAddress(peerOf(info), forwardedFor, config.proxies);
  return restLimit.take(address, clock.nowMs());
}

/** The refusal of a request beyond its address's rate; null when it may pass. */
export function rateRefusal(standing: Standing | null, requestId: string): Response | null {
  if (standing === null || !standing.isOver) return null;
  const detail = `at most ${REST_PER_SECOND} requests a second from one address`;
  const facts = { status: 429, code: "RATE_LIMITED", detail } as const;
  return problemAnswer(facts, requestId, { "retry-after": String(AGAIN_S) });
}

/** Says in an answer what may follow it (draft-ietf-httpapi-ratelimit-headers). */
export function tellRate(standing: Standing | null, { headers }: Response): void {
  if (standing === null) return;
  const { left, resetS } = standing;
  const windowS = REST_BURST / REST_PER_SECOND;
  headers.set("ratelimit-policy", `"address";q=${REST_BURST};w=${windowS}`);
  headers.set("ratelimit", `"address";r=${left};t=${resetS}`);
}
