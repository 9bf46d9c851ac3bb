import type { FeedEvent } from "../market/event.ts";
import { addDays } from "../market/time.ts";
import type { Change } from "./change.ts";
import type { IgnoredReason } from "./counters.ts";
import { lengthen } from "./session.ts";
import { createMarket, type EngineState } from "./state.ts";
import { takeBaseline } from "./trade.ts";

/** An event that belongs to a trading day. */
export type DatedEvent = Exclude<FeedEvent, { kind: "connected" }>;

/** How far ahead one message may move the trading date; the longest holiday is shorter. */
export const DAYS_AHEAD_MAX = 14;

/** Messages in a row, of different symbols, that are believed about a day further ahead. */
export const FAR_DATE_RUN = 3;

/** Begins a new day with the first message of a later date; null when the event is of the day. */
export function enterDay(
  state: EngineState,
  event: DatedEvent,
  changes: Change[],
): IgnoredReason | null {
  const { tradingDate, symbol } = event;
  const current = state.market.tradingDate;
  if (tradingDate === current) return null;
  if (current !== null && tradingDate < current) {
    // A snapshot of an older day is still its source's first word in this connection.
    if (event.kind === "trade") takeBaseline(state, event);
    return "older-date";
  }
  // One garbled date must not throw the day away: a far one is believed only from several symbols.
  if (
    current !== null && tradingDate > addDays(current, DAYS_AHEAD_MAX) &&
    lengthen(state.runs.date, tradingDate, symbol) < FAR_DATE_RUN
  ) return "far-date";
  state.market = createMarket();
  state.market.tradingDate = tradingDate;
  state.runs.date.length = 0;
  for (const run of Object.values(state.runs.boards)) run.length = 0;
  changes.push({ kind: "day", tradingDate });
  return null;
}
