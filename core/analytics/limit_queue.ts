import type { BookLevel } from "../market/event.ts";
import { limitAt, type PriceLimit, type PriceLimits } from "./price_breakout.ts";

/** What happened at one limit today. Law: reached − broken is 1 while the security stands there, else 0. */
export interface LimitSums {
  reached: number;
  broken: number;
  /** Seconds of matching spent there, up to the last look. */
  seconds: number;
  /** The largest queue seen while it stood there, shares or contracts. */
  queueMax: number;
  /** Volume of the counted trades at the limit price, whatever the book showed. */
  matched: number;
}

/** The queue of one security and day at its price limits. */
export interface LimitTrack {
  /** The limit that it stands at now. */
  limit: PriceLimit | null;
  /** Exchange time at which it came there; null while it stands at none. */
  sinceMs: number | null;
  /** What the board's clock of matching said at the last look. */
  lookedSeconds: number;
  /** Volume that waits at the limit price now; 0 while it stands at none. */
  queue: number;
  readonly ceiling: LimitSums;
  readonly floor: LimitSums;
}

/** The prices that decide, in hundredths; levels best first. */
export interface LimitPrices extends PriceLimits {
  readonly lastE2: number | null;
  readonly bids: readonly BookLevel[];
  readonly asks: readonly BookLevel[];
}

/** When prices were looked at. */
export interface LimitMoment {
  readonly exchangeMs: number;
  /** Seconds for which the board has been matching today. */
  readonly matchedSeconds: number;
  /** Whether it is matching: in an auction or continuously. */
  readonly isMatching: boolean;
}

/** A security that has not met a limit today. */
export function createLimitTrack(): LimitTrack {
  return {
    limit: null,
    sinceMs: null,
    lookedSeconds: 0,
    queue: 0,
    ceiling: noSums(),
    floor: noSums(),
  };
}

/**
 * Takes the prices of a moment, in place. A security stands at a limit when its last price is that
 * limit and so is the best price of the side that waits: of the bids at the ceiling, of the asks at
 * the floor. It breaks away when either ends; while its board does not match, only a price does,
 * because books are emptied then.
 */
export function takePrices(track: LimitTrack, prices: LimitPrices, at: LimitMoment): void {
  takeTime(track, at.matchedSeconds);
  const limit = limitAt(prices.lastE2, prices);
  const queue = limit === null ? null : queueAt(limit, prices);
  if (queue === null) {
    if (track.limit !== null && (at.isMatching || limit !== track.limit)) leave(track);
    return;
  }
  if (limit !== track.limit) {
    if (track.limit !== null) leave(track);
    track.limit = limit;
    track.sinceMs = at.exchangeMs;
    track[limit!].reached++;
  }
  const sums = track[limit!];
  track.queue = queue;
  sums.queueMax = Math.max(sums.queueMax, queue);
}

/** Counts the matching since the last look to the limit that it stands at; tells whether there was any. */
export function takeTime(track: LimitTrack, matchedSeconds: number): boolean {
  const passed = matchedSeconds - track.lookedSeconds;
  track.lookedSeconds = matchedSeconds;
  if (track.limit === null || passed === 0) return false;
  track[track.limit].seconds += passed;
  return true;
}

/** Forgets what was matched: the tape was re-based. */
export function clearMatched({ ceiling, floor }: LimitTrack): void {
  ceiling.matched = 0;
  floor.matched = 0;
}

/** Volume of the side that waits at a limit; null when its best price is another one. */
function queueAt(limit: PriceLimit, prices: LimitPrices): number | null {
  const [side, priceE2] = limit === "ceiling"
    ? [prices.bids, prices.ceilingE2]
    : [prices.asks, prices.floorE2];
  // In an auction the market orders stand before the best price; they wait at no price.
  const best = side.find((level) => level.priceE2 !== null);
  return best?.priceE2 === priceE2 ? best!.volume : null;
}

function leave(track: LimitTrack): void {
  track[track.limit!].broken++;
  track.limit = null;
  track.sinceMs = null;
  track.queue = 0;
}

function noSums(): LimitSums {
  return { reached: 0, broken: 0, seconds: 0, queueMax: 0, matched: 0 };
}
