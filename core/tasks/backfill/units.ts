import { type DateSpan, daysOf } from "../../feed/date_span.ts";
import { isTradingDay, tradingDayOnOrBefore } from "../../market/calendar.ts";
import { addDays, vnDate, vnSecondOfDay } from "../../market/time.ts";
import type { BackfillSpan } from "../../port/backfill.ts";

/** What a unit asks the service for. */
export type UnitKind =
  | "instruments"
  | "prices"
  | "board-prices"
  | "daily"
  | "index"
  | "intraday"
  | "index-intraday";

/** One kind of data of one name: a security, an index, or a board. */
export interface Target {
  readonly kind: UnitKind;
  readonly symbol: string;
}

/** A target and dates: asked for, stored and remembered as one. */
export interface Unit extends Target, DateSpan {}

/** Dates that one unit may span: what one request may, so that a unit ends within seconds. */
const UNIT_DAYS_MAX = 30;
/** The figures of a day are taken for final from this second of it on. */
const FINAL_SECOND = 15.5 * 3600;
/** How long a day without a row may still get one; the service publishes at an hour of its own. */
const LATE_DAYS = 5;

/**
 * The last day whose history is whole. Of a simulated exchange it is the one before the running day,
 * which it starts anew with each start.
 */
export function lastClosedDay(nowMs: number, isSimulated: boolean): string {
  const today = vnDate(nowMs);
  const isOver = !isSimulated && vnSecondOfDay(nowMs) >= FINAL_SECOND;
  if (!isSimulated) return tradingDayOnOrBefore(isOver ? today : addDays(today, -1));
  return tradingDayOnOrBefore(addDays(tradingDayOnOrBefore(today), -1));
}

/** The units that are wanted and not done, in the order of the targets, oldest dates first. */
export function missingUnits(
  targets: readonly Target[],
  whole: DateSpan,
  done: readonly BackfillSpan[],
): Unit[] {
  const doneOf = Map.groupBy(done, keyOf);
  return targets.flatMap((target) => {
    const spans = doneOf.get(keyOf(target)) ?? [];
    const dates = tradingDates(whole).filter((date) =>
      !spans.some(({ from, to }) => from <= date && date <= to)
    );
    return joined(dates).map((span) => ({ ...target, ...span }));
  });
}

/**
 * The dates of a unit that need not be asked for again, null for none: all of them, but for the newest
 * ones without a row, of which the service may not have had the figures yet, and a day that runs.
 */
export function settledSpan(
  { from, to }: DateSpan,
  lastRowDate: string | null,
  lastClosed: string,
): DateSpan | null {
  const old = addDays(lastClosed, -LATE_DAYS);
  const last = lastRowDate !== null && lastRowDate > old ? lastRowDate : old;
  const end = [to, last, lastClosed].sort()[0]!;
  return end < from ? null : { from, to: end };
}

/** About how many calls a unit takes: what the time that is left is reckoned with. */
export function callsOf({ kind, ...span }: Unit): number {
  const days = Math.ceil(daysOf(span) * 5 / 7);
  switch (kind) {
    case "intraday":
    case "index-intraday":
      // About 250 minutes a day in pages of 1,000.
      return Math.ceil(days / 4);
    case "board-prices":
      return days;
    case "instruments":
    case "index":
      return 2;
    case "prices":
    case "daily":
      return 1;
  }
}

function keyOf({ kind, symbol }: Pick<BackfillSpan, "kind" | "symbol">): string {
  return `${kind} ${symbol}`;
}

function tradingDates({ from, to }: DateSpan): string[] {
  const dates: string[] = [];
  for (let date = from; date <= to; date = addDays(date, 1)) {
    if (isTradingDay(date)) dates.push(date);
  }
  return dates;
}

/** Spans of trading dates that follow each other. */
function joined(dates: readonly string[]): DateSpan[] {
  const spans: DateSpan[] = [];
  for (const date of dates) {
    const last = spans.at(-1);
    const follows = last !== undefined &&
      tradingDayOnOrBefore(addDays(date, -1)) === last.to &&
      daysOf({ from: last.from, to: date }) <= UNIT_DAYS_MAX;
    if (follows) spans[spans.length - 1] = { from: last.from, to: date };
    else spans.push({ from: date, to: date });
  }
  return spans;
}
