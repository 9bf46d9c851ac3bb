import { type Exchange, EXCHANGES, phaseAtSecond, TIMETABLES } from "../market/phase.ts";
import { vnSecondOfDay } from "../market/time.ts";
import { type EngineState, timetables } from "./state.ts";

/** Second of the day at which continuous matching begins; a short day begins like any other. */
const BEGIN_SECOND = Object.fromEntries(
  EXCHANGES.map((exchange) => [
    exchange,
    TIMETABLES[exchange].find(([, phase]) => phase === "continuous")![0],
  ]),
) as Readonly<Record<Exchange, number>>;

/** Whether a board is in continuous matching; before its first session code the timetable says so. */
export function isContinuous(state: EngineState, exchange: Exchange, exchangeMs: number): boolean {
  const { phase } = state.market.boards[exchange];
  const byClock = () => phaseAtSecond(exchange, vnSecondOfDay(exchangeMs), timetables(state));
  return (phase ?? byClock()) === "continuous";
}

/** Whether a board is, or was earlier on the day, in continuous matching. */
export function hasBegun(state: EngineState, exchange: Exchange, exchangeMs: number): boolean {
  switch (state.market.boards[exchange].phase) {
    case "continuous":
    case "lunch":
    case "atc":
    case "put-through":
    case "plo":
      return true;
    case "pre-open":
    case "ato":
      return false;
    // None of these tells the morning from the evening.
    case "halted":
    case "closed":
    case null:
      return secondsSinceBegin(exchange, exchangeMs) >= 0;
  }
}

/** Seconds since continuous matching began by the timetable; negative before it. */
export function secondsSinceBegin(exchange: Exchange, exchangeMs: number): number {
  return vnSecondOfDay(exchangeMs) - BEGIN_SECOND[exchange];
}
