import { isDate, parseVnTime, vnInstantMs } from "../market/time.ts";

/** A minute of a trading day, exchange time: what is meant is its first second. */
export interface Moment {
  /** `YYYY-MM-DD`. */
  readonly date: string;
  /** `HH:mm`. */
  readonly minute: string;
}

/** A day that can be gone back to, with its first and last minute, `HH:mm`. */
export interface RecordedDay {
  readonly date: string;
  readonly first_minute: string;
  readonly last_minute: string;
}

/** Why an earlier minute cannot be shown. */
export type TravelRefusal = "off" | "starting" | "no-day" | "future" | "busy" | "failed";

/** The same, and that what was asked for is no minute. */
export type MomentRefusal = TravelRefusal | "form";

/** Query parameter that names a moment, on pages and in the API. */
export const AT_PARAMETER = "at";

/** What such a parameter wants. */
export const MOMENT_FORM = "a minute of a recorded day, such as 2026-11-20T10:42";

/** Reads `2026-11-20T10:42`; null for anything else. */
export function parseMoment(text: string): Moment | null {
  const [date = "", minute = "", ...rest] = text.split("T");
  const isMinute = /^\d{2}:\d{2}$/.test(minute) && parseVnTime(`${minute}:00`) !== null;
  return rest.length === 0 && isDate(date) && isMinute ? { date, minute } : null;
}

/** Writes a moment as `parseMoment` reads it. */
export function momentText({ date, minute }: Moment): string {
  return `${date}T${minute}`;
}

/** The instant of a moment, Unix ms. */
export function instantOf({ date, minute }: Moment): number {
  return vnInstantMs(date, parseVnTime(`${minute}:00`)!);
}
