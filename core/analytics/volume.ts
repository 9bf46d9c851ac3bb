import type { Exchange } from "../market/phase.ts";
import { valueVnd } from "../market/units.ts";
import type { TradeSide } from "./classify.ts";
import { type Bucket, BUCKETS, type Method } from "../wire/trade_label.ts";

/** Volume by active side. */
export interface SideVolumes {
  buy: number;
  sell: number;
  none: number;
}

/** Volume and value (VND) by active side. */
export interface SideSums extends SideVolumes {
  buyVnd: number;
  sellVnd: number;
  noneVnd: number;
}

/** Methods that counted volume can have; missing volume has the other one, `gap`. */
export type CountedMethod = Exclude<Method, "gap">;

/**
 * Counted volume of one symbol and day. Laws: for each side the buckets sum to the total, the three
 * totals sum to what the tape has counted, and so do the methods. Missing volume is the tape's and
 * in no bucket, so total + missing = head.
 */
export interface VolumeTotals extends SideSums {
  readonly buckets: Readonly<Record<Bucket, SideSums>>;
  readonly methods: Record<CountedMethod, number>;
  /** Volume on which the feed's flag and the quote rule both spoke, alike and not. */
  agree: number;
  disagree: number;
}

/** A counted trade as far as summing it goes. */
export interface CountedTrade {
  readonly exchange: Exchange | null;
  readonly priceE2: number;
  readonly volume: number;
  readonly side: TradeSide;
  readonly method: Method;
  /** Part of the day. */
  readonly phase: Bucket;
}

/** Volume of a symbol before its first trade. */
export function createVolumes(): VolumeTotals {
  return {
    ...zero(),
    buckets: { ato: zero(), continuous: zero(), atc: zero(), plo: zero(), other: zero() },
    methods: noMethods(),
    agree: 0,
    disagree: 0,
  };
}

/** Adds one trade in place, to its total, its bucket and its method at once. */
export function addVolume(totals: VolumeTotals, trade: CountedTrade): void {
  const { side, volume, method } = trade;
  if (method === "gap") throw new Error("Cannot count missing volume as a trade");
  const value = tradeValueVnd(trade);
  const bucket = totals.buckets[trade.phase];
  addTo(totals, side, volume, value);
  addTo(bucket, side, volume, value);
  totals.methods[method] += volume;
}

/** Value of a trade in VND; a contract is worth its points times the multiplier. */
export function tradeValueVnd(
  { exchange, priceE2, volume }: Pick<CountedTrade, "exchange" | "priceE2" | "volume">,
): number {
  return valueVnd(priceE2, volume, exchange === "DERIVATIVES");
}

/** Forgets everything counted, in place: the tape was re-based. */
export function clearVolumes(totals: VolumeTotals): void {
  Object.assign(totals, zero());
  for (const bucket of BUCKETS) Object.assign(totals.buckets[bucket], zero());
  Object.assign(totals.methods, noMethods());
  totals.agree = 0;
  totals.disagree = 0;
}

/** Volume on all sides together. */
export function sumSides(volumes: SideVolumes): number {
  return volumes.buy + volumes.sell + volumes.none;
}

function addTo(sums: SideSums, side: TradeSide, volume: number, value: number): void {
  switch (side) {
    case "buy":
      sums.buy += volume;
      sums.buyVnd += value;
      return;
    case "sell":
      sums.sell += volume;
      sums.sellVnd += value;
      return;
    case "none":
      sums.none += volume;
      sums.noneVnd += value;
      return;
  }
}

function zero(): SideSums {
  return { buy: 0, sell: 0, none: 0, buyVnd: 0, sellVnd: 0, noneVnd: 0 };
}

function noMethods(): Record<CountedMethod, number> {
  return { feed: 0, quote: 0, tick: 0, auction: 0, none: 0 };
}
