import { tradingDayOnOrBefore } from "../market/calendar.ts";
import { addDays, daysBetween, vnDate, vnInstantMs } from "../market/time.ts";
import type { HistoryRange } from "../port/history.ts";
import type { ProblemFacts } from "../wire/problem.ts";
import type { MarketView } from "../wire/snapshot.ts";
import type { Moment } from "./history_queries.ts";

/** Days that a list may span. */
export interface RangeRule {
  readonly daysDefault: number;
  readonly daysMax: number;
  /** What of the request the limit belongs to, such as `interval=1m`. */
  readonly of: string;
}

export interface AskedRange {
  readonly start?: Moment | undefined;
  readonly end?: Moment | undefined;
  readonly days?: number | undefined;
}

/** The trading date of the feed, or by the calendar before it has told one. */
export function currentDate({ status }: MarketView, nowMs: number): string {
  return status.tradingDate ?? tradingDayOnOrBefore(vnDate(nowMs));
}

/** The range that is asked for; what is left out ends today. A range in the future is empty. */
export function rangeOf(
  asked: AskedRange,
  today: string,
  { daysDefault, daysMax, of }: RangeRule,
): HistoryRange | ProblemFacts {
  const { start, end, days = daysDefault } = asked;
  const endsBefore = start === undefined || start.date <= today;
  const toDate = end?.date ?? (endsBefore ? today : start.date);
  const fromDate = start?.date ?? addDays(toDate, 1 - days);
  const fromMs = start?.ms ?? vnInstantMs(fromDate, 0);
  // The end of a range is in it, to the last millisecond.
  const untilMs = (end?.ms ?? vnInstantMs(addDays(toDate, 1), 0) - 1) + 1;
  if (fromMs >= untilMs) return refuse("end", "a date or time not before start");
  const spanned = daysBetween(fromDate, toDate) + 1;
  if (spanned > daysMax) {
    return refuse("start", `at most ${daysMax} day${daysMax === 1 ? "" : "s"} with ${of}`);
  }
  return { fromDate, toDate, fromMs, untilMs };
}

function refuse(parameter: string, wanted: string): ProblemFacts {
  return { status: 400, code: "BAD_PARAMETER", detail: "bad value", parameter, wanted };
}
