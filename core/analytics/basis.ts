import type { FuturesContract } from "../market/futures.ts";

/** Minutes of exchange time that the trend of a basis looks back over, the running one included. */
export const TREND_MINUTES = 30;

/** Minutes with a basis below which a trend means nothing. */
export const TREND_CLOSES_MIN = 3;

/** Change of the absolute basis, in hundredths of a point per minute, that is no trend yet. */
export const TREND_BAND_E2 = 1;

const MINUTE_MS = 60_000;

/** Where a future stands to its index; exactly 0 is neither premium nor discount. */
export type Premium = "premium" | "discount" | "flat";

/** Whether a future and its index come nearer to each other or part. */
export type Trend = "converging" | "diverging" | "flat";

/** Prices of a future and of its index at the end of one exchange second. */
export interface BasisPoint {
  readonly atMs: number;
  readonly futuresE2: number;
  readonly spotE2: number;
}

/** The last basis of one minute; `minute` counts from the Unix epoch. */
export interface BasisClose {
  readonly minute: number;
  basisE2: number;
}

/** One listed index future and what is remembered of its basis: a point and TREND_MINUTES closes. */
export interface BasisTrack {
  readonly underlying: FuturesContract["underlying"];
  /** Month of expiry, `YYYY-MM`. */
  readonly month: string;
  /** Last trading day, `YYYY-MM-DD`. */
  readonly expiry: string;
  /** Exchange second of the newest point, Unix ms; 0 before the first. */
  atMs: number;
  futuresE2: number;
  spotE2: number;
  /** Exchange second of the newest point that was handed out; points never change after that. */
  settledMs: number;
  readonly closes: BasisClose[];
}

/** A future before its first point. */
export function createBasisTrack(contract: FuturesContract): BasisTrack {
  const { underlying, month, lastTradingDate: expiry } = contract;
  return {
    underlying,
    month,
    expiry,
    atMs: 0,
    futuresE2: 0,
    spotE2: 0,
    settledMs: 0,
    closes: [],
  };
}

/**
 * Takes both prices as they are at an exchange second, in place. Returns the final point of the
 * second before when this one begins a new second. A message that is late counts for the newest
 * second, as the prices held are those of that second.
 */
export function addPoint(
  track: BasisTrack,
  atMs: number,
  futuresE2: number,
  spotE2: number,
): BasisPoint | null {
  const settled = atMs > track.atMs ? settlePoint(track) : null;
  track.atMs = Math.max(track.atMs, atMs);
  track.futuresE2 = futuresE2;
  track.spotE2 = spotE2;
  noteClose(track.closes, Math.floor(track.atMs / MINUTE_MS), futuresE2 - spotE2);
  return settled;
}

/** Hands out the newest point as final; null when there is none or it was handed out before. */
export function settlePoint(track: BasisTrack): BasisPoint | null {
  const { atMs, futuresE2, spotE2 } = track;
  if (atMs <= track.settledMs) return null;
  track.settledMs = atMs;
  return { atMs, futuresE2, spotE2 };
}

function noteClose(closes: BasisClose[], minute: number, basisE2: number): void {
  const newest = closes.at(-1);
  if (newest?.minute === minute) {
    newest.basisE2 = basisE2;
    return;
  }
  closes.push({ minute, basisE2 });
  while (closes[0]!.minute <= minute - TREND_MINUTES) closes.shift();
}

/** Where a basis in hundredths of a point puts the future. */
export function premiumOf(basisE2: number): Premium {
  return basisE2 === 0 ? "flat" : basisE2 > 0 ? "premium" : "discount";
}

/**
 * Least squares of the absolute basis over the minute closes: `slopeE2` is in hundredths of a point
 * per minute. Null with fewer than TREND_CLOSES_MIN closes.
 */
export function basisTrend(
  closes: readonly BasisClose[],
): { readonly slopeE2: number; readonly trend: Trend } | null {
  const count = closes.length;
  if (count < TREND_CLOSES_MIN) return null;
  const first = closes[0]!.minute;
  let [sumX, sumY, sumXX, sumXY] = [0, 0, 0, 0];
  for (const { minute, basisE2 } of closes) {
    const x = minute - first;
    const y = Math.abs(basisE2);
    sumX += x;
    sumY += y;
    sumXX += x * x;
    sumXY += x * y;
  }
  // Both are integers, so that the edge of the band is exact.
  const rise = count * sumXY - sumX * sumY;
  const run = count * sumXX - sumX * sumX;
  const trend = Math.abs(rise) <= TREND_BAND_E2 * run
    ? "flat"
    : rise < 0
    ? "converging"
    : "diverging";
  return { slopeE2: rise / run, trend };
}
