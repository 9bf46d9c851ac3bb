import { timetablesOn } from "../market/phase.ts";

/** The window whose mean settles a future: the last 15 minutes of continuous matching and the ATC. */
const CONTINUOUS_S = 15 * 60;
/** Highest and lowest values of the continuous part that are left out, each. */
const TRIMMED = 3;

/** Seconds of the day: the window starts, its closing auction starts, it ends. */
export interface SettlementWindow {
  readonly startS: number;
  readonly auctionS: number;
  readonly endS: number;
}

/** An index value from a second of the day on, in hundredths of a point. */
export type IndexMark = readonly [secondOfDay: number, valueE2: number];

/** How far the settlement price is made. */
export interface SettlementMeter {
  /** Mean of the values that count so far, hundredths of a point; null without one. */
  readonly meanE2: number | null;
  /** Seconds of the window that have a value, and those gone that have none. */
  readonly counted: number;
  readonly missing: number;
  /** Values that are still to come and will count. */
  readonly ahead: number;
  /** Sum and number of the values that count so far. */
  readonly sumE2: number;
  readonly kept: number;
}

/** The window of a last trading day, by the hours of HOSE, where the index is made. */
export function settlementWindow(date: string): SettlementWindow {
  const rows = timetablesOn(date).HOSE;
  const auction = rows.findIndex(([, phase]) => phase === "atc");
  const auctionS = rows[auction]![0];
  return { startS: auctionS - CONTINUOUS_S, auctionS, endS: rows[auction + 1]![0] };
}

/**
 * The settlement price in the making: the mean of one value a second, without the three highest and
 * the three lowest of the continuous part. A value holds until the next one. `marks` rise in time
 * and may begin before the window; `nowS` is the newest second that is known.
 */
export function settlementMeter(
  marks: readonly IndexMark[],
  span: SettlementWindow,
  nowS: number,
): SettlementMeter {
  const { startS, auctionS, endS } = span;
  const untilS = Math.min(nowS + 1, endS);
  const continuous: number[] = [];
  const auction: number[] = [];
  let next = 0;
  let heldE2: number | null = null;
  for (let second = startS; second < untilS; second++) {
    while (next < marks.length && marks[next]![0] <= second) heldE2 = marks[next++]![1];
    if (heldE2 === null) continue;
    (second < auctionS ? continuous : auction).push(heldE2);
  }
  const sorted = continuous.toSorted((a, b) => a - b);
  const cut = sorted.length > 2 * TRIMMED ? TRIMMED : 0;
  const kept = [...sorted.slice(cut, sorted.length - cut), ...auction];
  const sumE2 = kept.reduce((sum, valueE2) => sum + valueE2, 0);
  const counted = continuous.length + auction.length;
  const gone = Math.max(0, untilS - startS);
  // What is still to be left out of the continuous part does not count either.
  const stillCut = cut === 0 && untilS < auctionS ? 2 * TRIMMED : 0;
  return {
    meanE2: kept.length === 0 ? null : sumE2 / kept.length,
    counted,
    missing: gone - counted,
    ahead: Math.max(0, endS - startS - gone - stillCut),
    sumE2,
    kept: kept.length,
  };
}

/**
 * What the index must be on average from now on for a settlement price, both in hundredths of a
 * point; null when nothing is to come any more.
 */
export function neededMeanE2(meter: SettlementMeter, targetE2: number): number | null {
  const { sumE2, kept, ahead } = meter;
  return ahead === 0 ? null : (targetE2 * (kept + ahead) - sumE2) / ahead;
}
