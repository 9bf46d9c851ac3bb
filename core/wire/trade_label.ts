// What is known of a trade beside its numbers, in words that the store and REST share.

/** How a side was found. Missing volume (`gap`) is on no side and never classified. */
export const METHODS = ["feed", "quote", "tick", "auction", "gap", "none"] as const;
export type Method = typeof METHODS[number];

/** Why a volume has the side it has, or has none. */
export const REASONS = [
  "flag", // the exchange's own flag
  "above-ask", // at or above the best ask of the book before the trade
  "below-bid", // at or below the best bid of it
  "tick-up", // above the last different price
  "tick-down", // below it
  "inside-spread", // between bid and ask, and the price has never moved
  "no-book", // no flag, no book from before the trade, and the price has never moved
  "late", // came after later trades without a flag: the books and prices held say nothing about it
  "auction", // the print of a call auction has no aggressor
  "restricted", // a security under special trading, which is matched by call auctions all day
  "put-through", // in hours of put-through deals only
  "plo", // matched at the closing price
  "halted", // while its session was halted
  "closed", // outside every session: before the opening, at lunch, after the close
  "baseline", // missing: traded before a snapshot that began a connection
  "gap", // missing: lost, or merged into one message by the feed
] as const;
export type Reason = typeof REASONS[number];

/**
 * Where the volume of a trade belongs. The print of a call auction arrives after the auction, under
 * the next session's code, so the session before it decides; `other` takes what matched in no
 * session of order matching (put-through hours, a halt, after the close).
 */
export const BUCKETS = ["ato", "continuous", "atc", "plo", "other"] as const;
export type Bucket = typeof BUCKETS[number];
