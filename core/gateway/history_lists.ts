import type * as z from "zod";
import type { HistoryList } from "../port/history.ts";
import type { AlertSeverity, AlertType } from "../wire/alert.ts";
import {
  ALERTS_DEFAULT,
  CANDLES_QUERY,
  DAYS_DEFAULT,
  DAYS_MAX,
  DAYS_QUERY,
  type Interval,
  INTERVAL_DAYS_MAX,
  type Moment,
  MOMENTS_QUERY,
  PAST_ALERTS_QUERY,
  ROWS_DEFAULT,
  SESSIONS_QUERY,
} from "./history_queries.ts";
import type { RangeRule } from "./history_range.ts";
import type { Format } from "./negotiate.ts";

/** A checked query of any list. */
export interface ListQuery {
  readonly start?: Moment | undefined;
  readonly end?: Moment | undefined;
  readonly days?: number | undefined;
  readonly interval?: Interval;
  readonly limit?: number | undefined;
  readonly order: "asc" | "desc";
  readonly cursor?: string | undefined;
  readonly format?: Format | undefined;
  readonly type?: AlertType | undefined;
  readonly severity?: AlertSeverity | undefined;
}

/** An address of history: what it takes, and which list of the store it gives. */
export interface HistoryAddress {
  /** Name of the rows in the JSON answer. */
  readonly rows: string;
  /** What the address names a row's owner by. */
  readonly subject: "symbol" | "index" | "contract" | null;
  readonly query: z.ZodObject & z.ZodType<ListQuery>;
  /** Rows of a JSON answer that does not say how many. */
  readonly rowsDefault: number;
  list(interval: Interval | undefined): HistoryList;
  rule(interval: Interval | undefined): RangeRule;
}

/** Days of trades, snapshots and points that one request spans at most. */
const MOMENT_DAYS_MAX = 31;

const ofMoments = (list: HistoryList) => ({
  query: MOMENTS_QUERY,
  rowsDefault: ROWS_DEFAULT,
  list: () => list,
  rule: () => ({ daysDefault: 1, daysMax: MOMENT_DAYS_MAX, of: "this list" }),
});

const ofOneDay = (list: HistoryList) => ({
  ...ofMoments(list),
  rule: () => ({ daysDefault: 1, daysMax: 1, of: "this list" }),
});

const ofDays = (list: HistoryList) => ({
  query: DAYS_QUERY,
  rowsDefault: ROWS_DEFAULT,
  list: () => list,
  rule: () => ({ daysDefault: DAYS_DEFAULT, daysMax: DAYS_MAX, of: "this list" }),
});

const ofCandles = (minutes: HistoryList, days: HistoryList) => ({
  query: CANDLES_QUERY,
  rowsDefault: ROWS_DEFAULT,
  list: (interval: Interval | undefined) => interval === "1d" ? days : minutes,
  rule: (interval: Interval = "1m") => ({
    daysDefault: interval === "1d" ? DAYS_DEFAULT : 1,
    daysMax: INTERVAL_DAYS_MAX[interval],
    of: `interval=${interval}`,
  }),
});

/** Every address below `/api/history`. */
export const HISTORY = {
  candles: { rows: "candles", subject: "symbol", ...ofCandles("candles", "dayCandles") },
  ticks: { rows: "ticks", subject: "symbol", ...ofMoments("ticks") },
  volumePrices: { rows: "prices", subject: "symbol", ...ofOneDay("volumePrices") },
  foreign: { rows: "points", subject: "symbol", ...ofMoments("foreign") },
  foreignDaily: { rows: "days", subject: "symbol", ...ofDays("foreignDays") },
  daily: { rows: "days", subject: "symbol", ...ofDays("days") },
  index: { rows: "points", subject: "index", ...ofMoments("index") },
  indexCandles: {
    ...{ rows: "candles", subject: "index" },
    ...ofCandles("indexCandles", "indexDayCandles"),
  },
  derivatives: { rows: "points", subject: "contract", ...ofMoments("basis") },
  alerts: {
    ...{ rows: "alerts", subject: null },
    ...ofDays("alerts"),
    query: PAST_ALERTS_QUERY,
    rowsDefault: ALERTS_DEFAULT,
  },
  sessions: { rows: "sessions", subject: null, ...ofDays("sessions"), query: SESSIONS_QUERY },
} as const satisfies Readonly<Record<string, HistoryAddress>>;

/** Length of a candle; a day's is read from another list. */
export function minutesOf(interval: Interval = "1m"): number {
  if (interval === "1d") return 1_440;
  return interval === "1h" ? 60 : Number(interval.slice(0, -1));
}
