import type { Book } from "./book.ts";

/** Where a call auction would match. */
export interface Uncrossing {
  /** Price level of the match, −1 when nothing crosses. */
  level: number;
  /** Lots that match there. */
  lots: number;
}

/**
 * The single price of a call auction: the level that matches most; among equals the one that
 * leaves the smallest imbalance, then the one nearest the reference level, then the lower one.
 */
export function uncross(book: Book, referenceLevel: number): Uncrossing {
  const { bids, asks, bestBid, bestAsk } = book;
  const best = { level: -1, lots: 0 };
  if (bestBid < bestAsk) return best;
  let demand = 0;
  for (let at = bestAsk; at <= bestBid; at++) demand += bids[at]!;
  let supply = 0;
  let bestGap = 0;
  // Outside [bestAsk, bestBid] one side offers nothing, so nothing could match there.
  for (let level = bestAsk; level <= bestBid; level++) {
    supply += asks[level]!;
    const lots = Math.min(demand, supply);
    const gap = Math.abs(demand - supply);
    const isBetter = lots > best.lots || lots === best.lots && (gap < bestGap ||
          gap === bestGap &&
            Math.abs(level - referenceLevel) < Math.abs(best.level - referenceLevel));
    if (isBetter) {
      best.level = level;
      best.lots = lots;
      bestGap = gap;
    }
    demand -= bids[level]!;
  }
  return best;
}

/** Takes the matched lots out of both sides, best prices first; what is left no longer crosses. */
export function settle(book: Book, lots: number): void {
  for (let left = lots; left > 0;) {
    const taken = Math.min(left, book.bids[book.bestBid]!);
    book.take(true, book.bestBid, taken);
    left -= taken;
  }
  for (let left = lots; left > 0;) {
    const taken = Math.min(left, book.asks[book.bestAsk]!);
    book.take(false, book.bestAsk, taken);
    left -= taken;
  }
}
