import {
  noteHiddenVolume,
  phaseOfMessage,
  type Placeable,
  placeLateTrade,
  placeTrade,
} from "../analytics/auction.ts";
import { clearCandles } from "../analytics/candles.ts";
import { tickRule } from "../analytics/classify.ts";
import { addVolume, clearVolumes, sumSides } from "../analytics/volume.ts";
import type { FeedSide, TradeEvent } from "../market/event.ts";
import { vnSecondOfDay } from "../market/time.ts";
import { type Admission, admit } from "../tape/tape.ts";
import { afterTrade } from "./after_trade.ts";
import type { Change, TradeChange } from "./change.ts";
import { forgetWeights } from "./index_weights.ts";
import { judgeTrade } from "./judge.ts";
import { clearLimitVolumes, countAtLimit } from "./limits.ts";
import { noteSession } from "./session.ts";
import { type EngineState, type Instrument, timetables } from "./state.ts";

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
  if (admission.kind === "rebased") {
    clearVolumes(instrument.volumes);
    clearCandles(instrument.candles);
    clearLimitVolumes(instrument);
    instrument.tradeEntries++;
    const { symbol, tradingDate, exchangeMs, totalVolume } = event;
    changes.push({ kind: "rebase", symbol, tradingDate, exchangeMs, totalVolume });
  }
  const advanced = tape.head !== headBefore;
  reportGap(state, event, admission, changes);
  if (advanced && admission.volume === 0) {
    noteHiddenVolume(instrument.auctions, phaseOf(state, instrument, event));
  }
  if (admission.volume > 0) countTrade(state, instrument, event, admission, changes);
  const newest = advanced ||
    (event.totalVolume === tape.head && event.exchangeMs >= instrument.tradeMs);
  const { referenceE2 } = instrument;
  if (newest) {
    takeState(instrument, event, { advanced, sideUnknown: advanced && admission.volume === 0 });
  }
  if (instrument.referenceE2 !== referenceE2) {
    forgetWeights(state.market);
    state.market.referenceMoved = true;
  }
  noteSession(state, instrument, event, changes);
  if (newest || admission.volume > 0) {
    changes.push({ kind: "instrument", symbol: instrument.symbol });
  }
}

function reportGap(
  state: EngineState,
  event: TradeEvent,
  { kind, gap }: Admission,
  changes: Change[],
): void {
  if (gap === null) return;
  const { symbol, tradingDate, exchangeMs } = event;
  const volume = gap.toVolume - gap.fromVolume;
  state.counters.methodVolume.gap += volume;
  state.counters.reasonVolume[kind === "baseline" ? "baseline" : "gap"] += volume;
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
  const placeable = placeableOf(state, instrument, event);
  const { phase, exchange } = placeable;
  const placement = late ? placeLateTrade(placeable) : placeTrade(instrument.auctions, placeable);
  if (!late) instrument.tickSide = tickRule(instrument.lastE2, priceE2, instrument.tickSide);
  const { side, method, reason, quoteSide } = judgeTrade(instrument, event, {
    classifier: state.options.classifier,
    placement,
    phase,
    late,
  });
  const trade: TradeChange = {
    kind: "trade",
    symbol: event.symbol,
    exchange,
    tradingDate: event.tradingDate,
    exchangeMs: event.exchangeMs,
    totalVolume: event.totalVolume,
    volume,
    priceE2,
    side,
    method,
    reason,
    feedSide: event.side,
    session: event.session,
    phase: placement.bucket,
    late,
  };
  sumTrade(state, instrument, trade, quoteSide);
  countAtLimit(instrument, event, volume);
  if (!late) instrument.lastSide = side;
  if (event.totalVolume === volume && instrument.openE2 === null) instrument.openE2 = priceE2;
  instrument.tradeEntries++;
  changes.push(trade);
  afterTrade(state, instrument, trade, changes);
}

function placeableOf(state: EngineState, instrument: Instrument, event: TradeEvent): Placeable {
  const { exchange } = instrument;
  return {
    phase: phaseOf(state, instrument, event),
    exchange,
    secondOfDay: vnSecondOfDay(event.exchangeMs),
    timetables: timetables(state),
    board: exchange === null ? null : state.market.boards[exchange],
  };
}

/** Adds a trade to every sum at once: total, part of the day, method, reason and agreement. */
function sumTrade(
  state: EngineState,
  { volumes, tape }: Instrument,
  trade: TradeChange,
  quoteSide: FeedSide | null,
): void {
  const { volume, feedSide } = trade;
  const { methodVolume, reasonVolume, agreement } = state.counters;
  addVolume(volumes, trade);
  methodVolume[trade.method] += volume;
  reasonVolume[trade.reason] += volume;
  if (feedSide !== null && quoteSide !== null) {
    if (feedSide === quoteSide) {
      volumes.agree += volume;
      agreement.agree++;
      agreement.agreeVolume += volume;
    } else {
      volumes.disagree += volume;
      agreement.disagree++;
      agreement.disagreeVolume += volume;
    }
  }
  if (sumSides(volumes) !== tape.counted) {
    const { symbol, totalVolume } = trade;
    throw new Error(
      `Cannot sum ${symbol} at ${totalVolume}: sides make ${
        sumSides(volumes)
      }, not ${tape.counted}`,
    );
  }
}

function phaseOf(state: EngineState, instrument: Instrument, event: TradeEvent) {
  const second = vnSecondOfDay(event.exchangeMs);
  return phaseOfMessage(event.session, instrument.exchange, second, timetables(state));
}

/** After the close a message was seen with the volume of the whole day as its last. */
function isDayAsLast({ session, lastVolume, totalVolume }: TradeEvent): boolean {
  return session === "C" && lastVolume === totalVolume;
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
    const isNew = advanced || instrument.lastVolume === 0;
    if (isNew && !isDayAsLast(event)) instrument.lastVolume = event.lastVolume;
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
