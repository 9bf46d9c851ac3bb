import { addDays, daysBetween } from "../../core/market/time.ts";
import type { Database } from "../client.ts";
import { pageOf, type Reader } from "./reader.ts";

/** Days that one page looks at: a statement for those on record and one for the rest. */
const WINDOW_DAYS = 366;

/** Where the rows of days are, and what stands in for a day without one. */
interface DaySource<Row> {
  /** Rows of a subject from a date to a date. */
  stored(sql: Database, subject: string, from: string, to: string): Promise<readonly Row[]>;
  /** Rows of those of the dates that have anything else to make one of. */
  made?(sql: Database, subject: string, dates: readonly string[]): Promise<readonly Row[]>;
}

/** Reads a list with a row for each day. */
export function dayReader<Row extends { readonly date: string }>(
  { stored, made }: DaySource<Row>,
): Reader<Row> {
  return async (sql, { subject, range }, { after, isDescending, rowsMax }) => {
    const step = isDescending ? -1 : 1;
    const first = isDescending ? range.toDate : range.fromDate;
    const start = after === null ? first : addDays(after.date, step);
    const end = isDescending ? range.fromDate : range.toDate;
    const daysLeft = daysBetween(start, end) * step + 1;
    if (daysLeft <= 0) return { rows: [], next: null };
    const stop = daysLeft > WINDOW_DAYS ? addDays(start, step * (WINDOW_DAYS - 1)) : end;
    const [from, to] = isDescending ? [stop, start] : [start, stop];
    const rows = [...await stored(sql, subject, from, to)];
    if (made !== undefined) {
      const held = new Set(rows.map(({ date }) => date));
      const rest = datesFrom(from, to).filter((date) => !held.has(date));
      rows.push(...await made(sql, subject, rest));
    }
    rows.sort((a, b) => a.date < b.date ? -step : step);
    const key = (date: string) => ({ date, n: 0 });
    const page = pageOf(rows, rowsMax, { key: ({ date }) => key(date), row: (row) => row });
    return page.next === null && stop !== end ? { ...page, next: key(stop) } : page;
  };
}

/** Dates as a parameter that the server reads with `::text::date[]`. */
export function datesText(dates: readonly string[]): string {
  return `{${dates.join(",")}}`;
}

function datesFrom(from: string, to: string): string[] {
  return Array.from({ length: daysBetween(from, to) + 1 }, (_, i) => addDays(from, i));
}
