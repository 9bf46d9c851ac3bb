import { appendEntry } from "../analytics/entry_log.ts";
import { addIndexTick } from "../analytics/index_candles.ts";
import type { BarEvent, IndexEvent } from "../market/event.ts";
import { indexBoard } from "../market/index_board.ts";
import { FOLLOWED_INDICES } from "../wire/index_intraday.ts";
import { LOG_MAX } from "../wire/log.ts";
import { moveByIndex, touchFutures } from "./basis.ts";
import type { Change } from "./change.ts";
import type { IgnoredReason } from "./counters.ts";
import { hasBegun, secondsSinceBegin } from "./matching.ts";
import { createIndex, type EngineState, type IndexState, INDICES_MAX } from "./state.ts";

/** Whoever heard an index this soon after matching began has heard its open. */
const OPEN_HEARD_S = 60;

/** Takes a message about an index. */
export function applyIndex(
  state: EngineState,
  event: IndexEvent,
  changes: Change[],
): IgnoredReason | null {
  const { indices } = state.market;
  const held = indices.get(event.symbol);
  if (held !== undefined) return takeEvent(state, held, event, changes);
  if (indices.size >= INDICES_MAX) return "over-limit";
  const index = createIndex(event);
  indices.set(event.symbol, index);
  countValue(state, index, event);
  publish(state, index, true, changes);
  return null;
}

/** Channel B repeats what other channels say better, except that it ticks indices more often. */
export function applyBar(
  state: EngineState,
  event: BarEvent,
  changes: Change[],
): IgnoredReason | null {
  const held = state.market.indices.get(event.symbol);
  if (held === undefined) return "unused-bar";
  const { exchangeMs, priceE2: valueE2 } = event;
  return takeEvent(state, held, { ...held.event, exchangeMs, valueE2 }, changes);
}

/** Makes values final that nothing has followed up to an exchange time. */
export function settleIntraday(state: EngineState, untilMs: number): void {
  for (const id of FOLLOWED_INDICES) {
    const index = state.market.indices.get(id);
    if (index !== undefined && index.event.exchangeMs <= untilMs) logValue(state, index);
  }
}

function takeEvent(
  state: EngineState,
  index: IndexState,
  event: IndexEvent,
  changes: Change[],
): IgnoredReason | null {
  const held = index.event;
  if (isOlder(event, held)) {
    // The value held stays, but the day and its candles have this one too.
    if (countValue(state, index, event)) changes.push({ kind: "index", symbol: event.symbol });
    return "older-time";
  }
  if (event.exchangeMs > held.exchangeMs) logValue(state, index);
  const hadTraded = index.highE2 !== null;
  const hasTraded = countValue(state, index, event) || hadTraded;
  index.event = event;
  publish(state, index, hasTraded !== hadTraded || event.valueE2 !== held.valueE2, changes);
  return null;
}

/** Within a second the cumulative volume tells which of two messages is the later one. */
function isOlder(event: IndexEvent, held: IndexEvent): boolean {
  if (event.exchangeMs !== held.exchangeMs) return event.exchangeMs < held.exchangeMs;
  return event.volume < held.volume;
}

function publish(state: EngineState, index: IndexState, moved: boolean, changes: Change[]): void {
  const { symbol, exchangeMs } = index.event;
  changes.push({ kind: "index", symbol });
  if (moved) touchFutures(state, symbol, changes);
  moveByIndex(state, symbol, exchangeMs, changes);
}

/**
 * Adds a value to open, high, low and candles, once the index has traded today: its board has begun
 * matching, and volume or a change says that this is no longer yesterday's value.
 */
function countValue(state: EngineState, index: IndexState, event: IndexEvent): boolean {
  const { symbol, exchangeMs, valueE2, priorE2, volume } = event;
  if (valueE2 === null) return false;
  const board = indexBoard(symbol);
  if (secondsSinceBegin(board, exchangeMs) < OPEN_HEARD_S) index.isOpenHeard = true;
  if (volume === 0 && valueE2 === priorE2) return false;
  if (!hasBegun(state, board, exchangeMs)) return false;
  addIndexTick(index.candles, exchangeMs, valueE2, volume);
  if (index.isOpenHeard) index.openE2 = index.candles[0]!.openE2;
  index.highE2 = Math.max(index.highE2 ?? valueE2, valueE2);
  index.lowE2 = Math.min(index.lowE2 ?? valueE2, valueE2);
  return true;
}

/** Appends the value held to the log as the final one of its second, once. */
function logValue({ market }: EngineState, index: IndexState): void {
  const { symbol, exchangeMs, valueE2 } = index.event;
  if (!isFollowed(symbol) || index.highE2 === null || valueE2 === null) return;
  if (exchangeMs <= index.loggedMs) return;
  index.loggedMs = exchangeMs;
  appendEntry(market.logs.intraday, [exchangeMs, symbol, valueE2], LOG_MAX.intraday);
}

function isFollowed(id: string): boolean {
  return (FOLLOWED_INDICES as readonly string[]).includes(id);
}
