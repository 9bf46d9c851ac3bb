import type { TradeSide } from "../core/analytics/classify.ts";
import type { FeedSide } from "../core/market/event.ts";
import type { Bucket, Method, Reason } from "../core/wire/trade_label.ts";

// What small numbers in the tables stand for. They are in databases of users: a number is never
// given another meaning, and new words get new numbers.

export const SIDE_CODES: Readonly<Record<TradeSide, number>> = { none: 0, buy: 1, sell: 2 };

export const METHOD_CODES: Readonly<Record<Method, number>> = {
  none: 0,
  feed: 1,
  quote: 2,
  tick: 3,
  auction: 4,
  gap: 5,
};

export const REASON_CODES: Readonly<Record<Reason, number>> = {
  flag: 1,
  "above-ask": 2,
  "below-bid": 3,
  "tick-up": 4,
  "tick-down": 5,
  "inside-spread": 6,
  "no-book": 7,
  late: 8,
  auction: 9,
  restricted: 10,
  "put-through": 11,
  plo: 12,
  halted: 13,
  closed: 14,
  baseline: 15,
  gap: 16,
};

export const PHASE_CODES: Readonly<Record<Bucket, number>> = {
  other: 0,
  ato: 1,
  continuous: 2,
  atc: 3,
  plo: 4,
};

/** Bits of the column `flags` of a trade. */
export const LATE_FLAG = 1;
export const FEED_SIDE_FLAGS: Readonly<Record<FeedSide, number>> = { buy: 2, sell: 4 };

/** Where a row came from. */
export const SOURCE_CODES = { live: 0, backfill: 1 } as const;

/** Of a security's foreign flow, and of an index, the newest row of each time of this length is kept. */
export const FOREIGN_SLOT_MS = 10_000;
export const INDEX_SLOT_MS = 5_000;
