import type { BarEvent, IndexEvent } from "../market/event.ts";
import type { Change } from "./change.ts";
import type { IgnoredReason } from "./counters.ts";
import { createIndex, type EngineState, INDICES_MAX } from "./state.ts";

/** Takes a message about an index. */
export function applyIndex(
  state: EngineState,
  event: IndexEvent,
  changes: Change[],
): IgnoredReason | null {
  const { indices } = state.market;
  const held = indices.get(event.symbol);
  if (held === undefined && indices.size >= INDICES_MAX) return "over-limit";
  if (held !== undefined && event.exchangeMs < held.event.exchangeMs) return "older-time";
  setIndex(state, event, changes);
  return null;
}

/** Channel B repeats what other channels say better, except that it ticks indices more often. */
export function applyBar(
  state: EngineState,
  event: BarEvent,
  changes: Change[],
): IgnoredReason | null {
  const held = state.market.indices.get(event.symbol)?.event;
  if (held === undefined) return "unused-bar";
  if (event.exchangeMs < held.exchangeMs) return "older-time";
  setIndex(state, { ...held, exchangeMs: event.exchangeMs, valueE2: event.priceE2 }, changes);
  return null;
}

function setIndex(state: EngineState, event: IndexEvent, changes: Change[]): void {
  const { indices, instruments } = state.market;
  const held = indices.get(event.symbol);
  const valueBefore = held?.event.valueE2 ?? null;
  if (held === undefined) indices.set(event.symbol, createIndex(event));
  else held.event = event;
  changes.push({ kind: "index", symbol: event.symbol });
  if (event.valueE2 === valueBefore) return;
  for (const instrument of instruments.values()) {
    if (instrument.underlying !== event.symbol) continue;
    changes.push({ kind: "instrument", symbol: instrument.symbol });
  }
}
