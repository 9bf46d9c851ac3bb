import { type Bucket, BUCKETS } from "./auction.ts";
import type { TradeSide } from "./classify.ts";

/** Volume by active side. */
export interface SideVolumes {
  buy: number;
  sell: number;
  none: number;
}

/**
 * Counted volume of one symbol and day. Law: for each side the buckets sum to the total, and the
 * three totals sum to what the tape has counted. Missing volume is the tape's and in no bucket.
 */
export interface VolumeTotals extends SideVolumes {
  readonly buckets: Readonly<Record<Bucket, SideVolumes>>;
}

/** Volume of a symbol before its first trade. */
export function createVolumes(): VolumeTotals {
  return {
    buy: 0,
    sell: 0,
    none: 0,
    buckets: { ato: zero(), continuous: zero(), atc: zero(), plo: zero(), other: zero() },
  };
}

/** Adds one trade in place. */
export function addVolume(
  totals: VolumeTotals,
  bucket: Bucket,
  side: TradeSide,
  volume: number,
): void {
  totals[side] += volume;
  totals.buckets[bucket][side] += volume;
}

/** Forgets everything counted, in place: the tape was re-based. */
export function clearVolumes(totals: VolumeTotals): void {
  Object.assign(totals, zero());
  for (const bucket of BUCKETS) Object.assign(totals.buckets[bucket], zero());
}

/** Volume on all sides together. */
export function sumSides(volumes: SideVolumes): number {
  return volumes.buy + volumes.sell + volumes.none;
}

function zero(): SideVolumes {
  return { buy: 0, sell: 0, none: 0 };
}
