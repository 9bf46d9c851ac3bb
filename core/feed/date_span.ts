import { addDays, daysBetween } from "../market/time.ts";

/** Dates from the first to the last, both counted, `YYYY-MM-DD`. */
export interface DateSpan {
  readonly from: string;
  readonly to: string;
}

/** Dates of a span. */
export function daysOf({ from, to }: DateSpan): number {
  return daysBetween(from, to) + 1;
}

/** A span cut into spans of at most so many dates, oldest first. */
export function spansWithin({ from, to }: DateSpan, daysMax: number): DateSpan[] {
  const spans: DateSpan[] = [];
  for (let start = from; start <= to; start = addDays(start, daysMax)) {
    const end = addDays(start, daysMax - 1);
    spans.push({ from: start, to: end < to ? end : to });
  }
  return spans;
}
