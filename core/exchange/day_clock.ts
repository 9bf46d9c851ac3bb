import {
  closingSecond,
  type Exchange,
  type Phase,
  phaseAtSecond,
  type Timetable,
  TIMETABLES,
  type Timetables,
} from "../market/phase.ts";
import { STEP_MS } from "./types.ts";

/** Second of the day at which the simulated day begins: derivatives open their pre-open phase. */
export const FIRST_SECOND = 8.5 * 3600;
/** Seconds from the close of the last board to the last message. */
const AFTER_CLOSE = 5 * 60;
/** Steps in a second. */
export const STEPS_PER_SECOND = 1000 / STEP_MS;

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
      return "HALT";
    case "pre-open":
      return "";
    // HOSE was seen to send C, not PT, while put-through deals go on.
    case "put-through":
      return "C";
    case "closed":
      return isBeforeOpen ? "" : "C";
  }
}

/** Phases in which orders arrive. */
const ACTIVE: readonly Phase[] = ["ato", "continuous", "atc", "put-through", "plo"];

/** A stretch of one phase in which orders arrive, in steps; `end` is exclusive. */
export interface ActiveSpan {
  readonly phase: Phase;
  readonly start: number;
  readonly end: number;
}

/** The hours of one simulated day: they may differ from those of the market. */
export class DayClock {
  readonly timetables: Timetables;
  /** Second of the day of the last message. */
  readonly lastSecond: number;
  /** Steps of the whole day; the last one covers the start of `lastSecond`. */
  readonly stepCount: number;
  /** The active spans of each board, in order. */
  readonly spans: Readonly<Record<Exchange, readonly ActiveSpan[]>>;

  constructor(timetables: Timetables = TIMETABLES) {
    const { HOSE, HNX, UPCOM, DERIVATIVES } = timetables;
    this.timetables = timetables;
    this.lastSecond = closingSecond(timetables) + AFTER_CLOSE;
    this.stepCount = stepOfSecond(this.lastSecond) + 1;
    this.spans = {
      HOSE: activeSpans(HOSE),
      HNX: activeSpans(HNX),
      UPCOM: activeSpans(UPCOM),
      DERIVATIVES: activeSpans(DERIVATIVES),
    };
  }

  /** The phase of a board at a second of the day. */
  phase(exchange: Exchange, second: number): Phase {
    return phaseAtSecond(exchange, second, this.timetables);
  }

  /** Session code of a board at a second of the day. */
  sessionCode(exchange: Exchange, second: number): string {
    return sessionCode(this.phase(exchange, second), second < 9 * 3600);
  }

  /**
   * Whether a board tells its securities' session at a second: when it opens, and when the code
   * changes. HOSE ends put-through deals without a word, as the code is C before and after.
   */
  isSessionStart(exchange: Exchange, second: number): boolean {
    const row = this.timetables[exchange].find(([start]) => start === second);
    if (row === undefined || second < FIRST_SECOND) return false;
    return row[1] === "pre-open" ||
      this.sessionCode(exchange, second) !== this.sessionCode(exchange, second - 1);
  }

  /** Second at which a board enters a phase for the first time; Infinity when it never does. */
  startOf(exchange: Exchange, phase: Phase): number {
    return this.timetables[exchange].find((row) => row[1] === phase)?.[0] ?? Infinity;
  }
}

function activeSpans(rows: Timetable): ActiveSpan[] {
  return rows.flatMap(([start, phase], i) =>
    ACTIVE.includes(phase)
      ? [{ phase, start: stepOfSecond(start), end: stepOfSecond(rows[i + 1]![0]) }]
      : []
  );
}
