import type { ZodType } from "zod";
import { formatVnDate } from "../market/time.ts";
import { type DateSpan, daysOf, spansWithin } from "./date_span.ts";
import { delay } from "./delay.ts";
import {
  type Asked,
  type DayBar,
  dayBarRow,
  type IndexDay,
  indexDayRow,
  type MinuteBar,
  minuteBarRow,
  type StockDay,
  stockDayRow,
} from "./history_rows.ts";
import {
  PAGE_ROWS,
  PAGES_MAX,
  RestCaller,
  type RestDeps,
  type RestFailed,
  type RestOptions,
  type RestQuery,
  type RestResult,
} from "./rest_caller.ts";
import type { RestMarket } from "./rest_client.ts";

/** Whose prices are asked for: one security's, or those of a whole board. */
export type PricesOf = { readonly symbol: string } | { readonly market: RestMarket };

/** Dates that one request may span, both ends counted. */
const SPAN_DAYS_MAX = 30;
/** Pause before a turn is asked for again when too many calls wait for theirs. */
const BUSY_WAIT_MS = 1_000;

/** A call with what its rows must be; a row of null is taken and left out. */
interface HistoryCall<T> {
  readonly name: string;
  readonly query: RestQuery;
  readonly symbol: string | null;
  readonly row: (asked: Asked) => ZodType<T | null>;
}

/** The rows of a span, or `cut` when there are more than the service gives out at once. */
type SpanResult<T> = Extract<RestResult<T>, { ok: true }> | RestFailed | "cut";

/**
 * Reads the history of SSI's REST service. A span of any length is asked for in as few calls as its
 * limits of dates and pages allow, one after another. Rows come oldest date first; one that cannot be
 * (low above high, a date or symbol not asked for, a negative volume) is skipped and counted.
 */
export class HistoryClient {
  readonly #caller: RestCaller;
  readonly #signal: AbortSignal;

  constructor(options: RestOptions, deps: RestDeps) {
    this.#caller = new RestCaller(options, deps);
    this.#signal = deps.signal;
  }

  /** Days of a security or an index. */
  dailyOhlc(symbol: string, span: DateSpan): Promise<RestResult<DayBar>> {
    const query = { symbol };
    return this.#read({ name: "DailyOhlc", query, symbol, row: dayBarRow }, span);
  }

  /** Minutes of a security or an index. */
  intradayOhlc(symbol: string, span: DateSpan): Promise<RestResult<MinuteBar>> {
    const query = { symbol, resolution: "1" };
    return this.#read({ name: "IntradayOhlc", query, symbol, row: minuteBarRow }, span);
  }

  /** Closes, totals and breadth of an index. */
  dailyIndex(indexId: string, span: DateSpan): Promise<RestResult<IndexDay>> {
    const query = { indexId };
    return this.#read({ name: "DailyIndex", query, symbol: indexId, row: indexDayRow }, span);
  }

  /** Prices, bands, put-through and foreign totals of securities. */
  dailyStockPrice(of: PricesOf, span: DateSpan): Promise<RestResult<StockDay>> {
    const symbol = "symbol" in of ? of.symbol : null;
    return this.#read({ name: "DailyStockPrice", query: of, symbol, row: stockDayRow }, span);
  }

  async #read<T>(call: HistoryCall<T>, whole: DateSpan): Promise<RestResult<T>> {
    const rows: T[] = [];
    let skipped = 0;
    const spans = spansWithin(whole, SPAN_DAYS_MAX);
    for (let span = spans.shift(); span !== undefined; span = spans.shift()) {
      const result = await this.#span(call, span);
      if (result === "cut") {
        const days = daysOf(span);
        if (days === 1) return tooMany(call.name, span);
        spans.unshift(...spansWithin(span, Math.ceil(days / 2)));
        continue;
      }
      if (!result.ok) return result;
      rows.push(...result.rows);
      skipped += result.skipped;
    }
    return { ok: true, rows, skipped };
  }

  async #span<T>(call: HistoryCall<T>, span: DateSpan): Promise<SpanResult<T>> {
    const row = call.row({ ...span, symbol: call.symbol?.toUpperCase() ?? null });
    const query = {
      ...call.query,
      fromDate: formatVnDate(span.from),
      toDate: formatVnDate(span.to),
      ascending: "true",
    };
    const rows: T[] = [];
    let [seen, skipped] = [0, 0];
    for (let page = 1; page <= PAGES_MAX; page++) {
      const answer = await this.#page(call.name, query, page);
      if (!answer.ok) return answer;
      const { length } = answer.rows;
      seen += length;
      for (const value of answer.rows) {
        const parsed = row.safeParse(value);
        if (!parsed.success) skipped++;
        else if (parsed.data !== null) rows.push(parsed.data);
      }
      // The service may have smaller pages than asked for; then its own total says what is left.
      const left = answer.total === null ? null : Math.max(0, answer.total - seen);
      if (length === 0 || (length < PAGE_ROWS && !left)) {
        return skipped > 0 && skipped === seen
          ? { ok: false, kind: "bad-shape", reason: `${call.name} answered rows of another shape` }
          : { ok: true, rows, skipped };
      }
      if (left !== null && left > (PAGES_MAX - page) * length) return "cut";
    }
    return "cut";
  }

  /** A page whenever its turn comes: history has time. */
  async #page(name: string, query: RestQuery, page: number) {
    for (;;) {
      const answer = await this.#caller.page(name, query, page);
      if (answer.ok || answer.kind !== "busy" || this.#signal.aborted) return answer;
      await delay(BUSY_WAIT_MS, this.#signal);
    }
  }
}

function tooMany(call: string, { from }: DateSpan): RestFailed {
  const reason = `${call} has more rows of ${from} than the service gives out`;
  return { ok: false, kind: "bad-shape", reason };
}
