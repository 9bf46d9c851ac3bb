import { isTradingDay } from "./calendar.ts";
import { vnDate, vnSecondOfDay } from "./time.ts";

/** The boards, named as the product names them; SSI's DER and DERIVATIVES are one. */
export type Exchange = "HOSE" | "HNX" | "UPCOM" | "DERIVATIVES";
export const EXCHANGES: readonly Exchange[] = ["HOSE", "HNX", "UPCOM", "DERIVATIVES"];

/** Phases of a session in plain words; the codes of the wire stay in `SessionCode`. */
export const PHASES = [
  "pre-open",
  "ato",
  "continuous",
  "lunch",
  "atc",
  "put-through",
  "plo",
  "halted",
  "closed",
] as const;
export type Phase = typeof PHASES[number];

/** Session codes as the exchange writes them. */
export type SessionCode = "ATO" | "LO" | "BREAK" | "ATC" | "PT" | "PLO" | "C" | "H";

/** Rows of [first second of the day, phase], in order; a row holds until the next one starts. */
export type Timetable = readonly (readonly [startSecond: number, phase: Phase])[];
export type Timetables = Readonly<Record<Exchange, Timetable>>;

const at = (hour: number, minute = 0) => hour * 3600 + minute * 60;

/** Trading hours since 5 May 2025 (KRX), seconds since midnight in Viet Nam. */
export const TIMETABLES: Timetables = {
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

/** A day with hours of its own. */
export interface ShortDay {
  readonly date: string;
  readonly timetables: Timetables;
}

/** A trading day that ends at noon, for rows of SHORT_DAYS: the closing auction is the morning's end. */
export const MORNING_ONLY: Timetables = {
  HOSE: [
    [0, "closed"],
    [at(8, 45), "pre-open"],
    [at(9), "ato"],
    [at(9, 15), "continuous"],
    [at(11, 15), "atc"],
    [at(11, 30), "put-through"],
    [at(11, 45), "closed"],
  ],
  HNX: [
    [0, "closed"],
    [at(8, 45), "pre-open"],
    [at(9), "continuous"],
    [at(11, 15), "atc"],
    [at(11, 30), "plo"],
    [at(11, 45), "closed"],
  ],
  UPCOM: [
    [0, "closed"],
    [at(8, 45), "pre-open"],
    [at(9), "continuous"],
    [at(11, 45), "closed"],
  ],
  DERIVATIVES: [
    [0, "closed"],
    [at(8, 30), "pre-open"],
    [at(8, 45), "ato"],
    [at(9), "continuous"],
    [at(11, 15), "atc"],
    [at(11, 30), "closed"],
  ],
};

/**
 * Days with hours of their own, as dated data. The published calendars of 2025 and 2026 know none; one
 * that is announced becomes a row here.
 */
export const SHORT_DAYS: readonly ShortDay[] = [];

/** The timetables of a date. */
export function timetablesOn(
  date: string | null,
  shortDays: readonly ShortDay[] = SHORT_DAYS,
): Timetables {
  if (shortDays.length === 0) return TIMETABLES;
  return shortDays.find((day) => day.date === date)?.timetables ?? TIMETABLES;
}

/** Second of the day at which the last board closes. */
export function closingSecond(timetables: Timetables): number {
  return Math.max(...EXCHANGES.map((exchange) => timetables[exchange].at(-1)![0]));
}

/** The row of the timetable that holds for a board at a second of a trading day. */
export function rowAtSecond(
  exchange: Exchange,
  secondOfDay: number,
  timetables: Timetables = TIMETABLES,
): Timetable[number] {
  return timetables[exchange].findLast(([start]) => secondOfDay >= start)!;
}

/** Seconds between two seconds of a trading day that the timetable gives to phases of a sort. */
export function phaseSeconds(
  exchange: Exchange,
  [from, until]: readonly [from: number, until: number],
  isWanted: (phase: Phase) => boolean,
  timetables: Timetables = TIMETABLES,
): number {
  const rows = timetables[exchange];
  let seconds = 0;
  rows.forEach(([start, phase], at) => {
    const end = rows[at + 1]?.[0] ?? Infinity;
    if (isWanted(phase)) seconds += Math.max(0, Math.min(end, until) - Math.max(start, from));
  });
  return seconds;
}

/** The phase that the timetable gives a board at a second of a trading day. */
export function phaseAtSecond(
  exchange: Exchange,
  secondOfDay: number,
  timetables: Timetables = TIMETABLES,
): Phase {
  return rowAtSecond(exchange, secondOfDay, timetables)[1];
}

/** The phase of a board at an instant by clock and calendar: the fallback when the feed is silent. */
export function phaseByClock(
  exchange: Exchange,
  instantMs: number,
  shortDays: readonly ShortDay[] = SHORT_DAYS,
): Phase {
  const date = vnDate(instantMs);
  if (!isTradingDay(date)) return "closed";
  return phaseAtSecond(exchange, vnSecondOfDay(instantMs), timetablesOn(date, shortDays));
}

/**
 * The phase a session code stands for. HOSE sends C from 14:45 although put-through deals go on, so
 * C reads as put-through (HOSE) or PLO (HNX) inside those hours, and as closed otherwise.
 */
export function phaseOfSession(
  code: SessionCode,
  exchange: Exchange,
  secondOfDay: number,
  timetables: Timetables = TIMETABLES,
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
      const byClock = phaseAtSecond(exchange, secondOfDay, timetables);
      return byClock === "put-through" || byClock === "plo" ? byClock : "closed";
    }
  }
}
