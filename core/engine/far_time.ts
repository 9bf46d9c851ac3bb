import type { DatedEvent } from "../market/event.ts";
import type { EngineState } from "./state.ts";

const MINUTE_MS = 60_000;

/**
 * How far ahead of the newest exchange time a message is believed by itself: further than any break of
 * the day, from the first message of the morning to the opening or over midday.
 */
const AHEAD_MS = 180 * MINUTE_MS;
/** Two messages that far ahead agree when they are no further apart than this. */
const AGREE_MS = 15 * MINUTE_MS;

/**
 * Looks at how far a message is ahead of all others. A garbled time would put everything that follows
 * into the past, of its security and of its board, so one alone waits (`alone`) until another security
 * has such a time too: then it is given back, to be taken before that one. Snapshots after a connect
 * are of any hour of the day, and none of them may be lost. Null: nothing to wait for.
 */
export function hearTime(state: EngineState, event: DatedEvent): DatedEvent | "alone" | null {
  const { runs, market: { asOfMs } } = state;
  if (asOfMs === null || event.exchangeMs - asOfMs <= AHEAD_MS) return null;
  const held = runs.ahead;
  const agrees = held !== null && held.symbol !== event.symbol &&
    Math.abs(held.exchangeMs - event.exchangeMs) <= AGREE_MS;
  runs.ahead = agrees ? null : event;
  return agrees ? held : "alone";
}
