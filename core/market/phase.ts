import { isTradingDay } from "./calendar.ts";
import { vnDate, vnSecondOfDay } from "./time.ts";

/** The boards, named as the product names them; SSI's DER and DERIVATIVES are one. */
export type Exchange = "HOSE" | "HNX" | "UPCOM" | "DERIVATIVES";
export const EXCHANGES: readonly Exchange[] = ["HOSE", "HNX", "UPCOM", "DERIVATIVES"];

/** Phases of a session in plain words; the codes of the wire stay in `SessionCode`. */
export type Phase =
  | "pre-open"
  | "ato"
  | "continuous"
  | "lunch"
  | "atc"
  | "put-through"
  | "plo"
  | "halted"
  | "closed";

/** Session codes as the exchange writes them. */
export type SessionCode = "ATO" | "LO" | "BREAK" | "ATC" | "PT" | "PLO" | "C" | "H";

/** Rows of [first second of the day, phase], in order; a row holds until the next one starts. */
export type Timetable = readonly (readonly [startSecond: number, phase: Phase])[];

const at = (hour: number, minute = 0) => hour * 3600 + minute * 60;

/** Trading hours since 5 May 2025 (KRX), seconds since midnight in Viet Nam. */
export const TIMETABLES: Readonly<Record<Exchange, Timetable>> = {
  HOSE: [
    [0, "closed"],
    [at(8, 45), "pre-open"],
    [at(9), "ato"],
    [at(9, 15), "continuous"],
    [at(11, 30), "lunch"],
    [at(13), "continuous"],
    [at(14, 30), "atc"],
    [at(14, 45), "put-through"],
    [at(15), "closed"],
  ],
  HNX: [
    [0, "closed"],
    [at(8, 45), "pre-open"],
    [at(9), "continuous"],
    [at(11, 30), "lunch"],
    [at(13), "continuous"],
    [at(14, 30), "atc"],
    [at(14, 45), "plo"],
    [at(15), "closed"],
  ],
  UPCOM: [
    [0, "closed"],
    [at(8, 45), "pre-open"],
    [at(9), "continuous"],
    [at(11, 30), "lunch"],
    [at(13), "continuous"],
    [at(15), "closed"],
  ],
  DERIVATIVES: [
    [0, "closed"],
    [at(8, 30), "pre-open"],
    [at(8, 45), "ato"],
    [at(9), "continuous"],
    [at(11, 30), "lunch"],
    [at(13), "continuous"],
    [at(14, 30), "atc"],
    [at(14, 45), "closed"],
  ],
};

/** The phase that the timetable gives a board at a second of a trading day. */
export function phaseAtSecond(exchange: Exchange, secondOfDay: number): Phase {
  return TIMETABLES[exchange].findLast(([start]) => secondOfDay >= start)![1];
}

/** The phase of a board at an instant by clock and calendar: the fallback when the feed is silent. */
export function phaseByClock(exchange: Exchange, instantMs: number): Phase {
  if (!isTradingDay(vnDate(instantMs))) return "closed";
  return phaseAtSecond(exchange, vnSecondOfDay(instantMs));
}

/**
 * The phase a session code stands for. HOSE sends C from 14:45 although put-through deals go on, so
 * C reads as put-through (HOSE) or PLO (HNX) inside those hours, and as closed otherwise.
 */
export function phaseOfSession(
  code: SessionCode,
  exchange: Exchange,
  secondOfDay: number,
): Phase {
  switch (code) {
    case "ATO":
      return "ato";
    case "LO":
      return "continuous";
    case "BREAK":
      return "lunch";
    case "ATC":
      return "atc";
    case "PT":
      return "put-through";
    case "PLO":
      return "plo";
    case "H":
      return "halted";
    case "C": {
      const byClock = phaseAtSecond(exchange, secondOfDay);
      return byClock === "put-through" || byClock === "plo" ? byClock : "closed";
    }
  }
}
