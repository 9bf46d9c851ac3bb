import * as z from "zod";
import { form, integer } from "../config_forms.ts";
import { ALERT_SEVERITIES, ALERT_TYPES } from "../wire/alert.ts";
import { vnDate } from "../market/time.ts";
import { word } from "./queries.ts";

/** Rows of one answer unless the request says how many, and the most that it may say. */
export const ROWS_DEFAULT = 10_000;
export const ROWS_MAX = 50_000;
/** The same of alerts, as `/api/market/alerts` has them. */
export const ALERTS_DEFAULT = 50;
const ALERTS_MAX = 200;

/** Most days that one request spans, by the length of a candle; each makes 7,000 rows at most. */
export const INTERVAL_DAYS_MAX = {
  "1m": 31,
  "3m": 93,
  "5m": 183,
  "15m": 366,
  "30m": 366,
  "1h": 366,
  "1d": 3_660,
} as const;
export type Interval = keyof typeof INTERVAL_DAYS_MAX;
const INTERVALS = Object.keys(INTERVAL_DAYS_MAX) as [Interval, ...Interval[]];

/** Days that lists of days go back, unless told otherwise, and at most. */
export const DAYS_DEFAULT = 30;
export const DAYS_MAX = 365;

/** A date, or an instant, which has `ms`. */
export interface Moment {
  readonly date: string;
  readonly ms: number | null;
}

const DATE_FORM = "a date of this century such as 2026-11-25";
const MOMENT_FORM = `${DATE_FORM}, or a time such as 2026-11-25T09:15:00%2B07:00`;
const ZONED = /^20\d\d-\d\d-\d\dT\d\d:\d\d(:\d\d(\.\d{1,3})?)?(Z|[+-]\d\d:\d\d)$/;

function isDate(text: string): boolean {
  // V8 reads 31 February as 3 March; only a date that survives the round trip exists.
  const instantMs = /^20\d\d-\d\d-\d\d$/.test(text) ? Date.parse(`${text}T00:00:00Z`) : NaN;
  return !Number.isNaN(instantMs) && new Date(instantMs).toISOString().startsWith(text);
}

const date = form(
  DATE_FORM,
  (text): Moment | undefined => isDate(text) ? { date: text, ms: null } : undefined,
).meta({ format: "date" });

const moment = form(MOMENT_FORM, (text): Moment | undefined => {
  if (isDate(text)) return { date: text, ms: null };
  // The plus of an offset is a space in a query that nobody has encoded.
  const zoned = text.replace(" ", "+");
  const ms = ZONED.test(zoned) && isDate(zoned.slice(0, 10)) ? Date.parse(zoned) : NaN;
  return Number.isNaN(ms) ? undefined : { date: vnDate(ms), ms };
});

const paging = {
  limit: integer(1, ROWS_MAX).optional(),
  order: word(["asc", "desc"]).default("asc"),
  cursor: z.string().max(400, "a next_cursor of the same query").optional(),
  format: word(["json", "ndjson", "csv"]).optional(),
};
const dates = { start: date.optional(), end: date.optional() };
const moments = { start: moment.optional(), end: moment.optional() };
const days = { days: integer(1, DAYS_MAX).optional() };

const EITHER = { path: ["days"], message: "days, or start and end" };
const isEither = (query: { days?: unknown; start?: unknown; end?: unknown }) =>
  query.days === undefined || query.start === undefined && query.end === undefined;

/** Query of lists of moments: trades, foreign flow, index values, basis. */
export const MOMENTS_QUERY = z.strictObject({ ...moments, ...paging });

/** Query of candles. */
export const CANDLES_QUERY = z.strictObject({
  ...moments,
  interval: word(INTERVALS).default("1m"),
  ...paging,
});

/** Query of lists with a row a day. */
export const DAYS_QUERY = z.strictObject({ ...dates, ...days, ...paging }).refine(isEither, EITHER);

/** Query of stored alerts. */
export const PAST_ALERTS_QUERY = z.strictObject({
  ...dates,
  ...days,
  type: word(ALERT_TYPES).optional(),
  severity: word(ALERT_SEVERITIES).optional(),
  ...paging,
  limit: integer(1, ALERTS_MAX).optional(),
  order: word(["asc", "desc"]).default("desc"),
}).refine(isEither, EITHER);

/** Query of archived sessions. */
export const SESSIONS_QUERY = z.strictObject({
  ...dates,
  ...days,
  ...paging,
  order: word(["asc", "desc"]).default("desc"),
}).refine(isEither, EITHER);
