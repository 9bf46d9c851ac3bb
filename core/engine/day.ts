import { nextTradingDay } from "../market/calendar.ts";
import type { DatedEvent } from "../market/event.ts";
import { vnSecondOfDay } from "../market/time.ts";
import { archiveBeforeDay } from "./archive.ts";
import type { Change } from "./change.ts";
import type { IgnoredReason } from "./counters.ts";
import { lengthen } from "./session.ts";
import { createMarket, type EngineState } from "./state.ts";
import { takeBaseline } from "./trade.ts";

/** Messages in a row, of different symbols, that are believed about any later day. */
export const FAR_DATE_RUN = 3;

/** Until this second of the day messages are of the pre-open or the opening: 09:15. */
const MORNING_SECONDS = 9.25 * 3600;

/** Messages of a day are less out of order than this. */
const STARTED_OVER_SECONDS = 60;

/** Begins a new day with the first message of a later date; null when the event is of the day. */
export function enterDay(
  state: EngineState,
  event: DatedEvent,
  changes: Change[],
): IgnoredReason | null {
  const { tradingDate, symbol } = event;
  const { date: run } = state.runs;
  const current = state.market.tradingDate;
  if (tradingDate === current) {
    run.length = 0;
    return null;
  }
  if (current !== null && tradingDate < current) {
    // A snapshot of an older day is still its source's first word in this connection.
    if (event.kind === "trade") takeBaseline(state, event);
    return "older-date";
  }
  // One garbled date must neither throw the day away nor make all days before it old ones.
  if (
    current !== null && !isNextMorning(state, current, event) &&
    lengthen(run, tradingDate, symbol) < FAR_DATE_RUN
  ) return "far-date";
  archiveBeforeDay(state, changes);
  state.market = createMarket();
  state.market.tradingDate = tradingDate;
  state.dayStart = { ...state.counters.trades };
  run.length = 0;
  state.runs.ahead = null;
  for (const board of Object.values(state.runs.boards)) board.length = 0;
  changes.push({ kind: "day", tradingDate });
  return null;
}

/**
 * Whether a message may begin a day by itself: it is of the trading day that follows, and the
 * session is archived or the time of day has started over. A garbled date keeps its time of day.
 */
function isNextMorning(state: EngineState, current: string, event: DatedEvent): boolean {
  if (event.tradingDate !== nextTradingDay(current)) return false;
  const { archivedMs, asOfMs } = state.market;
  if (archivedMs !== null || asOfMs === null) return true;
  const second = vnSecondOfDay(event.exchangeMs);
  return second <= MORNING_SECONDS && second < vnSecondOfDay(asOfMs) - STARTED_OVER_SECONDS;
}
