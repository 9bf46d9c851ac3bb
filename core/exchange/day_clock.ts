import { type Exchange, type Phase, phaseAtSecond, TIMETABLES } from "../market/phase.ts";
import { STEP_MS } from "./types.ts";

/** Second of the day at which the simulated day begins: derivatives open their pre-open phase. */
export const FIRST_SECOND = 8.5 * 3600;
/** Second of the day of the last message. */
export const LAST_SECOND = 15 * 3600 + 5 * 60;
/** Steps in a second. */
export const STEPS_PER_SECOND = 1000 / STEP_MS;
/** Steps of the whole day; the last one covers the start of LAST_SECOND. */
export const STEP_COUNT = (LAST_SECOND - FIRST_SECOND) * STEPS_PER_SECOND + 1;

/** First step of a second of the day. */
export function stepOfSecond(second: number): number {
  return (second - FIRST_SECOND) * STEPS_PER_SECOND;
}

/** Second of the day of a step. */
export function secondOfStep(step: number): number {
  return FIRST_SECOND + Math.floor(step / STEPS_PER_SECOND);
}

/** Session code on the wire of a board in a phase; before the open it is the empty string. */
export function sessionCode(phase: Phase, isBeforeOpen: boolean): string {
  switch (phase) {
    case "ato":
      return "ATO";
    case "continuous":
      return "LO";
    case "lunch":
      return "BREAK";
    case "atc":
      return "ATC";
    case "plo":
      return "PLO";
    case "halted":
      return "H";
    case "pre-open":
      return "";
    // HOSE was seen to send C, not PT, while put-through deals go on.
    case "put-through":
      return "C";
    case "closed":
      return isBeforeOpen ? "" : "C";
  }
}

/** Session code of a board at a second of the day. */
export function sessionCodeAt(exchange: Exchange, second: number): string {
  return sessionCode(phaseAtSecond(exchange, second), second < 9 * 3600);
}

/**
 * Whether a board tells its securities' session at a second: when it opens, and when the code
 * changes. HOSE ends put-through deals without a word, as the code is C before and after.
 */
export function isSessionStart(exchange: Exchange, second: number): boolean {
  const row = TIMETABLES[exchange].find(([start]) => start === second);
  if (row === undefined || second < FIRST_SECOND) return false;
  return row[1] === "pre-open" ||
    sessionCodeAt(exchange, second) !== sessionCodeAt(exchange, second - 1);
}

/** Phases in which orders arrive. */
const ACTIVE: readonly Phase[] = ["ato", "continuous", "atc", "put-through", "plo"];

/** A stretch of one phase in which orders arrive, in steps; `end` is exclusive. */
export interface ActiveSpan {
  readonly phase: Phase;
  readonly start: number;
  readonly end: number;
}

/** The active spans of a board, in order. */
export function activeSpans(exchange: Exchange): ActiveSpan[] {
  const rows = TIMETABLES[exchange];
  return rows.flatMap(([start, phase], i) =>
    ACTIVE.includes(phase)
      ? [{ phase, start: stepOfSecond(start), end: stepOfSecond(rows[i + 1]![0]) }]
      : []
  );
}
