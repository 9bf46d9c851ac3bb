import type { TradeEvent } from "../market/event.ts";
import { FUTURES_MULTIPLIER_VND, PRICE_SCALE } from "../market/units.ts";
import { fillGap, fitGap, type Gaps, openGap, sealOldest } from "./gaps.ts";

/**
 * The identity of trades. SSI sends no sequence number, but every message carries the volume of the
 * day so far, so a trade owns the range [TotalVol − LastVol, TotalVol) of its symbol and day. A
 * range seen before is a duplicate, a hole is missing volume, a late trade fills its hole.
 *
 * Law, after every message: `counted + missing = head`. Only holes are kept, never the trades: what
 * lies below the head and in no hole has been counted.
 */
export interface Tape {
  /** Highest cumulative volume believed. */
  head: number;
  /** Cumulative value at the head, VND. */
  headValueVnd: number;
  /** Exchange time of the message that set the head. */
  headMs: number;
  /** Volume of the trades admitted. */
  counted: number;
  /** Volume known to have traded without a trade of ours: open holes and sealed ones. */
  missing: number;
  /** Holes that a late trade may still fill. */
  readonly gaps: Gaps;
  /**
   * Part of `missing` that no late trade can fill: the trades that snapshots showed, holes beyond
   * GAPS_MAX, totals that were taken back.
   */
  sealed: number;
  /** Messages in a row, each later than the one before, that put the head lower than it is. */
  lowerRun: number;
  lowerMs: number;
  /** Exchange time of the last re-base; what is older speaks of totals that were taken back. */
  rebasedMs: number;
}

/** What became of a message; each message is exactly one of these. */
export const ADMISSION_KINDS = [
  "baseline", // first message after a connect: sets the head, is never a trade
  "accepted",
  "accepted-after-gap", // volume is missing between the old head and this trade
  "accepted-unsized", // no LastVol: the whole increase counts as one trade
  "filled-gap", // a late trade that lies inside a hole
  "duplicate", // brings no volume that has not been counted
  "conflict", // sizes contradict what is counted, or a trade has no price
  "stale", // a total below the head although it is later: a correction, or the feed is wrong
  "rebased", // corrections persisted: the tape starts again from the lower total
] as const;
export type AdmissionKind = typeof ADMISSION_KINDS[number];

/** Missing volume that a message revealed, with the mean price its value implies. */
export interface GapFound {
  readonly fromVolume: number;
  readonly toVolume: number;
  /** Hundredths; null when the message carries no usable value. */
  readonly meanE2: number | null;
}

/** The verdict on one message. */
export interface Admission {
  readonly kind: AdmissionKind;
  /** Volume to count as one trade; 0 when there is none. */
  readonly volume: number;
  readonly gap: GapFound | null;
}

/** Corrections in a row that are ignored; the next one moves the head down. */
export const LOWER_RUN_MAX = 3;

const BASELINE: Admission = { kind: "baseline", volume: 0, gap: null };
const DUPLICATE: Admission = { kind: "duplicate", volume: 0, gap: null };
const CONFLICT: Admission = { kind: "conflict", volume: 0, gap: null };
const STALE: Admission = { kind: "stale", volume: 0, gap: null };
const REBASED: Admission = { kind: "rebased", volume: 0, gap: null };

/** The tape of a symbol before its first message of a day. */
export function createTape(): Tape {
  return {
    head: 0,
    headValueVnd: 0,
    headMs: 0,
    counted: 0,
    missing: 0,
    gaps: [],
    sealed: 0,
    lowerRun: 0,
    lowerMs: 0,
    rebasedMs: 0,
  };
}

/** Places one message of the tape's symbol and day; changes the tape in place. */
export function admit(tape: Tape, trade: TradeEvent, baseline: boolean): Admission {
  const admission = trade.totalVolume > tape.head
    ? admitAbove(tape, trade, baseline)
    : admitBelow(tape, trade, baseline);
  tape.sealed += sealOldest(tape.gaps);
  if (tape.counted + tape.missing !== tape.head) {
    const { head, counted, missing } = tape;
    throw new Error(
      `Cannot admit ${trade.symbol}: counted ${counted} and missing ${missing} are not ${head}`,
    );
  }
  return admission;
}

function admitAbove(tape: Tape, trade: TradeEvent, baseline: boolean): Admission {
  if (trade.exchangeMs < tape.rebasedMs) return STALE;
  const increase = trade.totalVolume - tape.head;
  const priced = trade.lastE2 !== null;
  // Without a price nothing can be counted: the increase is known only as volume.
  const volume = baseline || !priced ? 0 : Math.min(trade.lastVolume || increase, increase);
  const gap = increase === volume ? null : {
    fromVolume: tape.head,
    toVolume: trade.totalVolume - volume,
    meanE2: gapMeanE2(tape, trade, volume),
  };
  // A snapshot's own trade stays missing for good: were its range open, the same message sent again
  // would fill it and become a trade after all.
  const sealed = baseline ? Math.min(trade.lastVolume, increase) : 0;
  if (gap !== null && sealed < increase) {
    openGap(tape.gaps, gap.fromVolume, gap.toVolume - sealed);
  }
  tape.sealed += sealed;
  tape.counted += volume;
  tape.missing += increase - volume;
  moveHead(tape, trade);
  return { kind: kindAbove(trade, increase, baseline, priced), volume, gap };
}

function kindAbove(
  trade: TradeEvent,
  increase: number,
  baseline: boolean,
  priced: boolean,
): AdmissionKind {
  if (baseline) return "baseline";
  if (!priced || trade.lastVolume > increase) return "conflict";
  if (trade.lastVolume === 0) return "accepted-unsized";
  return trade.lastVolume === increase ? "accepted" : "accepted-after-gap";
}

function admitBelow(tape: Tape, trade: TradeEvent, baseline: boolean): Admission {
  if (trade.totalVolume === tape.head) {
    if (trade.exchangeMs > tape.lowerMs) tape.lowerRun = 0;
    return baseline ? BASELINE : DUPLICATE;
  }
  // A trade below the head happened before it; a later message with a lower total takes back.
  if (trade.exchangeMs > tape.headMs) {
    const admission = admitLower(tape, trade);
    return baseline && admission === STALE ? BASELINE : admission;
  }
  const start = trade.totalVolume - trade.lastVolume;
  const fit = fitGap(tape.gaps, start, trade.totalVolume);
  if (baseline) {
    // Sealed like a snapshot above the head, so that the same message again fills nothing.
    if (fit === "inside" && trade.lastVolume > 0) {
      fillGap(tape.gaps, start, trade.totalVolume);
      tape.sealed += trade.lastVolume;
    }
    return BASELINE;
  }
  if (fit === "across") return CONFLICT;
  if (fit === "outside" || trade.lastVolume === 0) return DUPLICATE;
  if (trade.lastE2 === null) return CONFLICT;
  fillGap(tape.gaps, start, trade.totalVolume);
  tape.counted += trade.lastVolume;
  tape.missing -= trade.lastVolume;
  return { kind: "filled-gap", volume: trade.lastVolume, gap: null };
}

function admitLower(tape: Tape, trade: TradeEvent): Admission {
  // A repeated message is not later than itself, so repeats never add up to a correction.
  if (trade.exchangeMs <= tape.lowerMs) return STALE;
  tape.lowerMs = trade.exchangeMs;
  tape.lowerRun++;
  if (tape.lowerRun <= LOWER_RUN_MAX) return STALE;
  // Nobody says which trades were taken back, so none of them can be trusted any more.
  tape.gaps.length = 0;
  tape.counted = 0;
  tape.missing = trade.totalVolume;
  tape.sealed = trade.totalVolume;
  tape.rebasedMs = trade.exchangeMs;
  moveHead(tape, trade);
  return REBASED;
}

function moveHead(tape: Tape, trade: TradeEvent): void {
  tape.head = trade.totalVolume;
  tape.headValueVnd = trade.totalValueVnd;
  tape.headMs = trade.exchangeMs;
  tape.lowerRun = 0;
}

/** Mean price of the missing volume: what the value rose by beyond the trade itself. */
function gapMeanE2(tape: Tape, trade: TradeEvent, tradeVolume: number): number | null {
  if (trade.totalValueVnd <= tape.headValueVnd) return null;
  const multiplier = trade.exchange === "DERIVATIVES" ? FUTURES_MULTIPLIER_VND : 1;
  const riseE2 = (trade.totalValueVnd - tape.headValueVnd) * PRICE_SCALE / multiplier;
  const volume = trade.totalVolume - tape.head - tradeVolume;
  const meanE2 = Math.round((riseE2 - (trade.lastE2 ?? 0) * tradeVolume) / volume);
  const low = trade.lowE2 ?? 1;
  const high = trade.highE2 ?? Infinity;
  return Math.max(low, Math.min(high, meanE2));
}
