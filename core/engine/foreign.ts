import {
  createForeignFlow,
  followForeign,
  type ForeignFlow,
  type ForeignStep,
  netVnd,
} from "../analytics/foreign.ts";
import { appendEntry } from "../analytics/entry_log.ts";
import { clearFlow, flowOf, moveFlow, replaceFigures } from "../analytics/flow.ts";
import { ACCELERATION_MS, lastSampleMs, netVndAt, SPEED_WINDOW_MS } from "../analytics/speed.ts";
import type { ForeignEvent } from "../market/event.ts";
import { sectorOf } from "../market/vn30.ts";
import { LOG_MAX } from "../wire/log.ts";
import { onForeign } from "./alerts.ts";
import type { Change } from "./change.ts";
import type { IgnoredReason } from "./counters.ts";
import type { EngineState, Instrument } from "./state.ts";

/** Bit of channel R among the sources that have spoken in a connection; X-TRADE and X have 1 and 2. */
export const FOREIGN_BIT = 4;

/** Scopes whose day is kept second by second. */
const SERIES = ["VN30", "ALL"] as const;

/** Takes a message about the foreign flow of a security. */
export function applyForeign(
  state: EngineState,
  instrument: Instrument,
  event: ForeignEvent,
  changes: Change[],
): IgnoredReason | null {
  const before = instrument.foreign;
  const isFirst = isFirstOfConnection(state, event.symbol);
  if (before !== null && isOlder(event, before)) return "older-time";
  // The same message again is no news: what the last one brought stands.
  if (before !== null && isRepeat(event, before)) return null;
  instrument.foreign = event;
  instrument.changedMs = Math.max(instrument.changedMs, event.exchangeMs);
  instrument.flow ??= createForeignFlow(instrument.exchange);
  const step = followForeign(instrument.flow, before, event, isFirst);
  if (instrument.flow.board === instrument.exchange) sumUp(state, instrument, before, step);
  else moveToBoard(state, instrument, instrument.flow);
  changes.push({ kind: "instrument", symbol: instrument.symbol });
  changes.push({ kind: "foreign", symbol: instrument.symbol });
  compareWithPast(state, instrument, event, changes);
  return null;
}

/** Asks for an alert as soon as there is a net value of five minutes ago to compare with. */
function compareWithPast(
  state: EngineState,
  instrument: Instrument,
  event: ForeignEvent,
  changes: Change[],
): void {
  const { exchangeMs } = event;
  const pastNetVnd = netVndAt(instrument.flow!.speed, exchangeMs - SPEED_WINDOW_MS);
  if (pastNetVnd === null) return;
  onForeign(state, instrument, { nowNetVnd: netVnd(event), pastNetVnd, exchangeMs }, changes);
}

/** Sums the flows anew: who is a member of VN30 has changed. */
export function rebuildFlows(state: EngineState): void {
  const { flows, instruments } = state.market;
  for (const flow of flows.scopes.values()) clearFlow(flow);
  for (const instrument of instruments.values()) {
    if (instrument.foreign === null) continue;
    for (const scope of scopesOf(state, instrument)) {
      replaceFigures(flowOf(flows, scope), null, instrument.foreign);
    }
  }
}

/** Once a minute: speeds fall although nothing is said, and the last second is written down. */
export function agePace(state: EngineState, exchangeMs: number, changes: Change[]): void {
  closeSecond(state, exchangeMs);
  for (const { symbol, flow } of state.market.instruments.values()) {
    const lastMs = flow === null ? null : lastSampleMs(flow.speed);
    if (lastMs === null || lastMs >= exchangeMs) continue;
    // A minute longer than any window: then the speed has been shown at rest.
    const restMs = exchangeMs - lastMs - SPEED_WINDOW_MS - 2 * ACCELERATION_MS;
    if (restMs < 0) changes.push({ kind: "foreign", symbol });
  }
}

/** The scopes that a security belongs to; futures belong to none. */
export function scopesOf(state: EngineState, instrument: Instrument): readonly string[] {
  const { exchange, symbol } = instrument;
  if (exchange === "DERIVATIVES") return [];
  const scopes = ["ALL"];
  if (exchange !== null) scopes.push(exchange);
  if (isMember(state, symbol)) scopes.push("VN30", `sector:${sectorOf(symbol)}`);
  return scopes;
}

function isMember(state: EngineState, symbol: string): boolean {
  return state.reference.vn30.has(symbol);
}

function isFirstOfConnection(state: EngineState, symbol: string): boolean {
  const { seen } = state.market;
  const bits = seen.get(symbol) ?? 0;
  if ((bits & FOREIGN_BIT) !== 0) return false;
  if (bits !== 0 || seen.size < 2 * state.options.symbolsMax) seen.set(symbol, bits | FOREIGN_BIT);
  return true;
}

/** Within a second totals only rise: lower ones were sent before. */
function isOlder(event: ForeignEvent, before: ForeignEvent): boolean {
  if (event.exchangeMs !== before.exchangeMs) return event.exchangeMs < before.exchangeMs;
  return event.buyVolume < before.buyVolume || event.sellVolume < before.sellVolume;
}

function isRepeat(event: ForeignEvent, before: ForeignEvent): boolean {
  return event.exchangeMs === before.exchangeMs && event.buyVolume === before.buyVolume &&
    event.sellVolume === before.sellVolume && event.buyValueVnd === before.buyValueVnd &&
    event.sellValueVnd === before.sellValueVnd && event.currentRoom === before.currentRoom &&
    event.totalRoom === before.totalRoom && event.exchange === before.exchange;
}

function sumUp(
  state: EngineState,
  instrument: Instrument,
  before: ForeignEvent | null,
  step: ForeignStep,
): void {
  const { flows, asOfMs } = state.market;
  const now = instrument.foreign!;
  const atMs = Math.max(asOfMs ?? 0, now.exchangeMs);
  closeSecond(state, atMs);
  for (const scope of scopesOf(state, instrument)) {
    const flow = flowOf(flows, scope);
    replaceFigures(flow, before, now);
    moveFlow(flow, atMs, step);
  }
  flows.isMoved = true;
}

/** The feed says another board than before: rare enough to sum up everything again. */
function moveToBoard(state: EngineState, instrument: Instrument, flow: ForeignFlow): void {
  flow.board = instrument.exchange;
  rebuildFlows(state);
}

/** Writes down the second that is over, when anything moved in it. */
function closeSecond(state: EngineState, atMs: number): void {
  const { flows, logs } = state.market;
  if (atMs <= flows.secondMs) return;
  if (flows.isMoved) {
    for (const scope of SERIES) {
      const { buyVolume, sellVolume, buyValueVnd, sellValueVnd } = flowOf(flows, scope);
      const point = [
        flows.secondMs,
        scope,
        buyVolume,
        sellVolume,
        buyValueVnd,
        sellValueVnd,
      ] as const;
      appendEntry(logs.flow, point, LOG_MAX.flow);
    }
  }
  flows.isMoved = false;
  flows.secondMs = atMs;
}
