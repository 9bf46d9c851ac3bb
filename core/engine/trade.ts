import {
  noteHiddenVolume,
  phaseOfMessage,
  placeLateTrade,
  type Placement,
  placeTrade,
} from "../analytics/auction.ts";
import { classify, type Method, tickRule, type TradeSide } from "../analytics/classify.ts";
import { addVolume, clearVolumes } from "../analytics/volume.ts";
import type { TradeEvent } from "../market/event.ts";
import { vnSecondOfDay } from "../market/time.ts";
import { type Admission, admit } from "../tape/tape.ts";
import { afterTrade } from "./after_trade.ts";
import type { Change, TradeChange } from "./change.ts";
import { noteSession } from "./session.ts";
import type { EngineState, Instrument } from "./state.ts";

const SOURCE_BIT = { "X-TRADE": 1, X: 2 } as const;

/**
 * Whether this is the source's first message of the symbol in the connection and on the day, and
 * notes that it has come. X and X-TRADE each push a cached snapshot, so each has a first message of its own.
 */
export function takeBaseline(state: EngineState, event: TradeEvent): boolean {
  const { seen } = state.market;
  const bits = seen.get(event.symbol) ?? 0;
  const bit = SOURCE_BIT[event.source];
  if ((bits & bit) !== 0) return false;
  // Twice the limit: messages of older dates count too, and the day's symbols are limited already.
  if (bits !== 0 || seen.size < 2 * state.options.symbolsMax) seen.set(event.symbol, bits | bit);
  return true;
}

/** Takes a message about trading; every one ends in exactly one counter of `trades`. */
export function applyTrade(
  state: EngineState,
  instrument: Instrument,
  event: TradeEvent,
  changes: Change[],
): void {
  const { tape } = instrument;
  const headBefore = tape.head;
  const admission = admit(tape, event, takeBaseline(state, event));
  state.counters.trades[admission.kind]++;
  if (admission.kind === "rebased") clearVolumes(instrument.volumes);
  const advanced = tape.head !== headBefore;
  if (admission.gap !== null) reportGap(state, event, admission.gap, changes);
  if (advanced && admission.volume === 0) {
    noteHiddenVolume(instrument.auctions, phaseOf(instrument, event));
  }
  if (admission.volume > 0) countTrade(state, instrument, event, admission, changes);
  const newest = advanced ||
    (event.totalVolume === tape.head && event.exchangeMs >= instrument.tradeMs);
  if (newest) {
    takeState(instrument, event, { advanced, sideUnknown: advanced && admission.volume === 0 });
  }
  noteSession(state, instrument, event, changes);
  if (newest || admission.volume > 0) {
    changes.push({ kind: "instrument", symbol: instrument.symbol });
  }
}

function reportGap(
  state: EngineState,
  event: TradeEvent,
  gap: NonNullable<Admission["gap"]>,
  changes: Change[],
): void {
  const { symbol, tradingDate, exchangeMs } = event;
  state.counters.methodVolume.gap += gap.toVolume - gap.fromVolume;
  changes.push({ kind: "gap", symbol, tradingDate, exchangeMs, ...gap });
}

/** Judges, sums and reports a trade that the tape has counted. */
function countTrade(
  state: EngineState,
  instrument: Instrument,
  event: TradeEvent,
  admission: Admission,
  changes: Change[],
): void {
  const late = admission.kind === "filled-gap";
  const { volume } = admission;
  // The tape counts only what has a price.
  const priceE2 = event.lastE2!;
  const placeable = {
    phase: phaseOf(instrument, event),
    exchange: instrument.exchange,
    secondOfDay: vnSecondOfDay(event.exchangeMs),
  };
  const placement = late ? placeLateTrade(placeable) : placeTrade(instrument.auctions, placeable);
  if (!late) instrument.tickSide = tickRule(instrument.lastE2, priceE2, instrument.tickSide);
  const { side, method } = judge(state, instrument, event, placement, late);
  addVolume(instrument.volumes, placement.bucket, side, volume);
  state.counters.methodVolume[method] += volume;
  if (!late) instrument.lastSide = side;
  if (event.totalVolume === volume && instrument.openE2 === null) instrument.openE2 = priceE2;
  const trade: TradeChange = {
    kind: "trade",
    symbol: event.symbol,
    exchange: instrument.exchange,
    tradingDate: event.tradingDate,
    exchangeMs: event.exchangeMs,
    totalVolume: event.totalVolume,
    volume,
    priceE2,
    side,
    method,
    feedSide: event.side,
    phase: placement.bucket,
    late,
  };
  changes.push(trade);
  afterTrade(state, instrument, trade, changes);
}

function judge(
  state: EngineState,
  instrument: Instrument,
  event: TradeEvent,
  placement: Placement,
  late: boolean,
): { readonly side: TradeSide; readonly method: Method } {
  if (placement.auction) return { side: "none", method: "auction" };
  if (placement.bucket !== "continuous") return { side: "none", method: "none" };
  const verdict = classify(
    {
      priceE2: event.lastE2!,
      exchangeMs: event.exchangeMs,
      feedSide: event.side,
      // The books held are newer than a late trade and say nothing about it, nor do the ticks.
      book: late ? null : instrument.book,
      previousBook: late ? null : instrument.previousBook,
      tickSide: late ? null : instrument.tickSide,
    },
    state.options.classifier,
  );
  if (event.side !== null && verdict.quoteSide !== null) {
    state.counters.agreement[event.side === verdict.quoteSide ? "agree" : "disagree"]++;
  }
  return verdict;
}

function phaseOf(instrument: Instrument, event: TradeEvent) {
  return phaseOfMessage(event.session, instrument.exchange, vnSecondOfDay(event.exchangeMs));
}

/** Takes everything of the message that is not a trade. */
function takeState(
  instrument: Instrument,
  event: TradeEvent,
  { advanced, sideUnknown }: { readonly advanced: boolean; readonly sideUnknown: boolean },
): void {
  instrument.tradeMs = event.exchangeMs;
  instrument.changedMs = Math.max(instrument.changedMs, event.exchangeMs);
  instrument.totalVolume = event.totalVolume;
  instrument.totalValueVnd = event.totalValueVnd;
  instrument.ceilingE2 = event.ceilingE2 ?? instrument.ceilingE2;
  instrument.floorE2 = event.floorE2 ?? instrument.floorE2;
  instrument.referenceE2 = event.referenceE2 ?? instrument.referenceE2;
  instrument.openE2 = event.openE2 ?? instrument.openE2;
  instrument.estimatedE2 = event.estimatedE2;
  if (event.lastE2 !== null) {
    instrument.lastE2 = event.lastE2;
    // A repeat after the close was seen with the volume of the whole day as its last.
    if (advanced || instrument.lastVolume === 0) instrument.lastVolume = event.lastVolume;
    instrument.highE2 = event.highE2 ?? instrument.highE2;
    instrument.lowE2 = event.lowE2 ?? instrument.lowE2;
    instrument.averageE2 = event.averageE2 ?? instrument.averageE2;
  }
  if (sideUnknown) instrument.lastSide = "none";
  if (event.status !== null && event.exchangeMs >= instrument.statusMs) {
    instrument.statusMs = event.exchangeMs;
    instrument.status = event.status;
  }
}
