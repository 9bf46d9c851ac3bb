import { type Exchange, type Phase, phaseSeconds } from "../market/phase.ts";
import { vnSecondOfDay } from "../market/time.ts";
import { type EngineState, timetables } from "./state.ts";

/** Whether orders are matched in a phase: in an auction or continuously. */
export function isMatching(phase: Phase | null): boolean {
  return phase === "ato" || phase === "continuous" || phase === "atc";
}

/**
 * Seconds for which a board has been matching today, by what it says of its phase. It never goes
 * back, and never counts time in which the timetable knows of no matching: a feed that falls silent
 * before the lunch break must not make it a session.
 */
export function matchedSeconds(state: EngineState, exchange: Exchange, exchangeMs: number): number {
  const { seconds, sinceSecond } = state.market.boards[exchange].matching;
  if (sinceSecond === null) return seconds;
  const until = nowSecond(state, exchangeMs);
  const byTable = phaseSeconds(exchange, [sinceSecond, until], isMatching, timetables(state));
  return seconds + byTable;
}

/** Starts or stops the clock of a board whose phase changed; messages may lag, the clock does not. */
export function turnMatching(state: EngineState, exchange: Exchange, exchangeMs: number): void {
  const { matching, phase } = state.market.boards[exchange];
  matching.seconds = matchedSeconds(state, exchange, exchangeMs);
  matching.sinceSecond = isMatching(phase) ? nowSecond(state, exchangeMs) : null;
}

function nowSecond(state: EngineState, exchangeMs: number): number {
  return vnSecondOfDay(Math.max(exchangeMs, state.market.asOfMs ?? 0));
}
