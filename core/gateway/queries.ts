import * as z from "zod";
import { form, integer } from "../config_forms.ts";
import { ALERT_SEVERITIES, ALERT_TYPES } from "../wire/alert.ts";
import { BREADTH_INDICES } from "../wire/index_breadth.ts";
import { FOLLOWED_INDICES, INTRADAY_MINUTES_MAX } from "../wire/index_intraday.ts";

/** Securities that one request may name. */
export const SYMBOLS_MAX = 100;

const tickers = form(
  `1 to ${SYMBOLS_MAX} tickers such as FPT,VNM, separated by commas`,
  (text) => {
    const symbols = text.toUpperCase().split(",");
    const areTickers = symbols.every((symbol) => /^[A-Z0-9]{2,20}$/.test(symbol));
    return areTickers && symbols.length <= SYMBOLS_MAX ? [...new Set(symbols)] : undefined;
  },
);

/** One of a few words. */
export function word<const Words extends readonly [string, ...string[]]>(words: Words) {
  return z.enum(words, `one of ${words.join(", ")}`);
}

/** Query of `/api/market/snapshot`. */
export const SNAPSHOT_QUERY = z.strictObject({ symbols: tickers.optional() });

/** Query of `/api/market/foreign-detail`. */
export const FOREIGN_QUERY = z.strictObject({
  scope: word(["vn30", "all"]).default("vn30"),
  series: word(["1m"]).optional(),
  top: integer(1, 500).optional(),
});

/** Query of `/api/market/volume-stats` and `/api/market/sparklines`. */
export const SECURITIES_QUERY = z.strictObject({
  symbols: tickers.optional(),
  scope: word(["board", "all"]).optional(),
}).refine(({ symbols, scope }) => symbols === undefined || scope === undefined, {
  path: ["scope"],
  message: "symbols or scope, not both",
});

/** Query of `/api/market/basis-trend`, `step` in seconds; a listed code is checked where the list is known. */
export const BASIS_QUERY = z.strictObject({
  minutes: integer(1, 120).default(30),
  step: integer(1, 600).optional(),
  contract: z.string().regex(/^[A-Za-z0-9]{2,20}$/, "the code of a listed future, or VN30F1M")
    .transform((code) => code.toUpperCase()).optional(),
});

/** Query of `/api/market/alerts`; the cursor is the id of an alert. */
export const ALERTS_QUERY = z.strictObject({
  limit: integer(1, 200).default(50),
  type: word(ALERT_TYPES).optional(),
  severity: word(ALERT_SEVERITIES).optional(),
  symbol: z.string().regex(/^[A-Za-z0-9]{1,20}$/, "a ticker, a futures code or a board")
    .transform((symbol) => symbol.toUpperCase()).optional(),
  cursor: z.string().regex(/^\d{4}-\d{2}-\d{2}-\d{1,9}$/, "a next_cursor of this list").optional(),
});

/** Query of `/api/market/index-intraday`. */
export const INTRADAY_QUERY = z.strictObject({
  index: word(FOLLOWED_INDICES).default("VN30"),
  minutes: integer(1, INTRADAY_MINUTES_MAX).default(INTRADAY_MINUTES_MAX),
});

/** Query of `/api/market/breadth`. */
export const BREADTH_QUERY = z.strictObject({ index: word(BREADTH_INDICES).default("VNINDEX") });

/** Query of `/api/market/contributions`; the limit holds for each direction. */
export const CONTRIBUTIONS_QUERY = z.strictObject({
  index: word(FOLLOWED_INDICES).default("VN30"),
  limit: integer(1, 50).default(10),
});
