import { addressKey, isOwnMachine } from "./client_address.ts";

/** Requests of one address: sustained rate and burst. */
export const REST_PER_SECOND = 20;
export const REST_BURST = 40;
/** Addresses followed at once; 10,000 × about 120 B = 1.2 MB. */
export const REST_ADDRESSES_MAX = 10_000;

/** Where an address stands after a request of its own. */
export interface Standing {
  /** Whether the request was one too many. */
  readonly isOver: boolean;
  /** Requests that may follow at once. */
  readonly left: number;
  /** Seconds without any after which all of the burst may follow. */
  readonly resetS: number;
}

interface Bucket {
  tokens: number;
  atMs: number;
}

/** Limits the rate of requests to `/api` by address. */
export class RateLimit {
  readonly #buckets = new Map<string, Bucket>();
  /** Refused requests. */
  refused = 0;

  get addresses(): number {
    return this.#buckets.size;
  }

  /** Takes one request; null of an address that nothing limits. */
  take(address: string, nowMs: number): Standing | null {
    if (isOwnMachine(address)) return null;
    const key = addressKey(address);
    const bucket = this.#bucketOf(key, nowMs);
    const isOver = bucket === null || bucket.tokens < 1;
    if (isOver) this.refused++;
    else bucket.tokens--;
    const tokens = bucket?.tokens ?? 0;
    const resetS = Math.ceil((REST_BURST - tokens) / REST_PER_SECOND);
    return { isOver, left: Math.floor(tokens), resetS };
  }

  #bucketOf(key: string, nowMs: number): Bucket | null {
    const held = this.#buckets.get(key);
    if (held !== undefined) {
      held.tokens = tokensAt(held, nowMs);
      held.atMs = nowMs;
      return held;
    }
    if (this.#buckets.size >= REST_ADDRESSES_MAX) this.#sweep(nowMs);
    // Full of addresses that are all busy: a new one waits, memory does not grow.
    if (this.#buckets.size >= REST_ADDRESSES_MAX) return null;
    const bucket = { tokens: REST_BURST, atMs: nowMs };
    this.#buckets.set(key, bucket);
    return bucket;
  }

  /** A bucket that is full again says no more than none. */
  #sweep(nowMs: number): void {
    for (const [key, bucket] of this.#buckets) {
      if (tokensAt(bucket, nowMs) >= REST_BURST) this.#buckets.delete(key);
    }
  }
}

/** A clock that steps back adds nothing. */
function tokensAt({ tokens, atMs }: Bucket, nowMs: number): number {
  const gained = Math.max(0, nowMs - atMs) / 1000 * REST_PER_SECOND;
  return Math.min(REST_BURST, tokens + gained);
}
