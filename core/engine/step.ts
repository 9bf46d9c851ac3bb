import { topOfBook } from "../analytics/classify.ts";
import type {
  ClockEvent,
  DatedEvent,
  MarketEvent,
  QuoteEvent,
  ReferenceEvent,
  StatusEvent,
} from "../market/event.ts";
import type { Exchange } from "../market/phase.ts";
import { listFuture } from "./basis.ts";
import { archiveByClock } from "./archive.ts";
import type { Change } from "./change.ts";
import type { IgnoredReason } from "./counters.ts";
import { enterDay } from "./day.ts";
import { closeSteps } from "./day_steps.ts";
import { hearTime } from "./far_time.ts";
import { applyForeign, rebuildFlows } from "./foreign.ts";
import { applyBar, applyIndex } from "./index_value.ts";
import { forgetWeights } from "./index_weights.ts";
import { followLimit } from "./limits.ts";
import { onMinute } from "./minute.ts";
import { noteSession } from "./session.ts";
import { createInstrument, type EngineState, type Instrument } from "./state.ts";
import { applyTrade } from "./trade.ts";

const NONE: readonly Change[] = [];
const MINUTE_MS = 60_000;

/**
 * Takes one event and says what it changed. The state is changed in place, for speed: nobody may
 * keep an old one. All time is exchange time; live, recovery, replay and simulation call this.
 */
export function step(state: EngineState, event: MarketEvent): readonly Change[] {
  state.counters.events[event.kind]++;
  if (event.kind === "connected") {
    state.market.seen.clear();
    return NONE;
  }
  if (event.kind === "reference") return takeReference(state, event);
  if (event.kind === "clock") return takeClock(state, event);
  const changes: Change[] = [];
  const ignored = enterDay(state, event, changes);
  if (ignored !== null) {
    count(state, event, ignored, 1);
    return changes;
  }
  const ahead = hearTime(state, event);
  if (ahead === "alone") {
    count(state, event, "far-time", 1);
    return changes;
  }
  if (ahead !== null) {
    count(state, ahead, "far-time", -1);
    take(state, ahead, changes);
  }
  take(state, event, changes);
  return changes;
}

/** Takes a message of the day whose time is believed. */
function take(state: EngineState, event: DatedEvent, changes: Change[]): void {
  closeSteps(state, event.exchangeMs);
  const ignored = apply(state, event, changes);
  if (ignored === null) advance(state, event.exchangeMs, changes);
  else count(state, event, ignored, 1);
}

function count(state: EngineState, { kind }: DatedEvent, why: IgnoredReason, by: number): void {
  if (kind === "trade") state.counters.trades[why] += by;
  else state.counters.ignored[why] += by;
}

/** Takes what REST told; what it does not name stays as it is. */
function takeReference(state: EngineState, event: ReferenceEvent): readonly Change[] {
  const { members, vn30, shares, watch } = state.reference;
  for (const [id, symbols] of Object.entries(event.members)) members.set(id, symbols);
  for (const [symbol, count] of Object.entries(event.shares)) shares.set(symbol, count);
  if (event.watch !== undefined) {
    watch.clear();
    for (const symbol of event.watch) watch.add(symbol);
  }
  const inVn30 = event.members.VN30;
  if (inVn30 !== undefined && !isSame(vn30, inVn30)) {
    vn30.clear();
    for (const symbol of inVn30) vn30.add(symbol);
    rebuildFlows(state);
  }
  forgetWeights(state.market);
  return [{ kind: "reference" }];
}

function isSame(set: ReadonlySet<string>, list: readonly string[]): boolean {
  return set.size === list.length && list.every((item) => set.has(item));
}

/** Lets exchange time go on; it never goes back, and a day does not begin by the clock. */
function takeClock(state: EngineState, event: ClockEvent): readonly Change[] {
  const changes: Change[] = [];
  if (state.market.tradingDate === null) return changes;
  closeSteps(state, event.exchangeMs);
  advance(state, event.exchangeMs, changes);
  archiveByClock(state, event.exchangeMs, changes);
  return changes;
}

/** Moves the newest exchange time, and once a minute looks at what depends on it alone. */
function advance(state: EngineState, exchangeMs: number, changes: Change[]): void {
  const before = state.market.asOfMs ?? 0;
  if (exchangeMs <= before) return;
  state.market.asOfMs = exchangeMs;
  if (Math.floor(exchangeMs / MINUTE_MS) === Math.floor(before / MINUTE_MS)) return;
  onMinute(state, exchangeMs, changes);
}

function apply(state: EngineState, event: DatedEvent, changes: Change[]): IgnoredReason | null {
  if (event.kind === "index") return applyIndex(state, event, changes);
  if (event.kind === "bar") return applyBar(state, event, changes);
  const instrument = instrumentOf(state, event.symbol, event.exchange);
  if (instrument === null) return "over-limit";
  switch (event.kind) {
    case "trade":
      applyTrade(state, instrument, event, changes);
      followLimit(state, instrument, event.exchangeMs);
      return null;
    case "quote":
      return applyQuote(state, instrument, event, changes);
    case "status":
      return applyStatus(state, instrument, event, changes);
    case "odd-lot":
      // Known, and kept out of everything that counts round lots.
      return null;
    case "foreign":
      return applyForeign(state, instrument, event, changes);
  }
}

function instrumentOf(
  state: EngineState,
  symbol: string,
  exchange: Exchange | null,
): Instrument | null {
  const { instruments } = state.market;
  let instrument = instruments.get(symbol);
  if (instrument === undefined) {
    if (instruments.size >= state.options.symbolsMax) return null;
    instrument = createInstrument(symbol, exchange);
    instruments.set(symbol, instrument);
    listFuture(state.market, instrument);
  } else if (exchange !== null) {
    instrument.exchange = exchange;
  }
  return instrument;
}

function applyStatus(
  state: EngineState,
  instrument: Instrument,
  event: StatusEvent,
  changes: Change[],
): IgnoredReason | null {
  noteSession(state, instrument, event, changes);
  if (event.exchangeMs < instrument.statusMs) return "older-time";
  instrument.statusMs = event.exchangeMs;
  if (event.status !== null) instrument.status = event.status;
  touch(instrument, event.exchangeMs, changes);
  return null;
}

function applyQuote(
  state: EngineState,
  instrument: Instrument,
  event: QuoteEvent,
  changes: Change[],
): IgnoredReason | null {
  noteSession(state, instrument, event, changes);
  if (event.exchangeMs < instrument.quoteMs) return "older-time";
  instrument.quoteMs = event.exchangeMs;
  instrument.bids = event.bids;
  instrument.asks = event.asks;
  const continuous = event.session === "LO" || event.session === null;
  const top = continuous ? topOfBook(event) : null;
  // Best prices that did not move have held since they first came, and push out no older ones.
  if (!sameTop(top, instrument.book)) {
    instrument.previousBook = instrument.book;
    instrument.book = top;
  }
  followLimit(state, instrument, event.exchangeMs);
  touch(instrument, event.exchangeMs, changes);
  return null;
}

function touch(instrument: Instrument, exchangeMs: number, changes: Change[]): void {
  instrument.changedMs = Math.max(instrument.changedMs, exchangeMs);
  changes.push({ kind: "instrument", symbol: instrument.symbol });
}

function sameTop(a: Instrument["book"], b: Instrument["book"]): boolean {
  if (a === null || b === null) return a === b;
  return a.bidE2 === b.bidE2 && a.askE2 === b.askE2;
}
