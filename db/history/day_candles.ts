import { vnInstantMs } from "../../core/market/time.ts";
import type { PastCandle, PastIndexCandle, RowSource } from "../../core/port/history.ts";
import type { Database } from "../client.ts";
import { datesText, dayReader } from "./days.ts";
import { type Reader, sourceOf } from "./reader.ts";

type OfDay<Row> = Row & { readonly date: string };

/** A candle for each day: the day's own record where it has one, else out of its minutes. */
export const readDayCandles: Reader<PastCandle> = dayReader<OfDay<PastCandle>>({
  stored: readStored,
  made: makeOfMinutes,
});

/** The same of an index. */
export const readIndexDayCandles: Reader<PastIndexCandle> = dayReader<OfDay<PastIndexCandle>>({
  stored: readStoredIndex,
  made: makeOfIndexMinutes,
});

async function readStored(
  sql: Database,
  symbol: string,
  from: string,
  to: string,
): Promise<OfDay<PastCandle>[]> {
  const raw = await sql<(Raw & Active)[]>`
    SELECT trading_date, o, h, l, c, volume, value, active_buy_vol, active_sell_vol,
      source AS first_source, source AS last_source
    FROM daily_prices
    WHERE symbol = ${symbol} AND trading_date BETWEEN ${from}::date AND ${to}::date
      AND o IS NOT NULL AND h IS NOT NULL AND l IS NOT NULL AND c IS NOT NULL`;
  return raw.map(({ active_buy_vol: buy, active_sell_vol: sell, ...row }) => ({
    ...pricesOf(row),
    volume: row.volume,
    valueVnd: row.value,
    buy,
    sell,
    // What is on neither side may have been neutral or not seen.
    none: null,
    missing: null,
  }));
}

/**
 * What is first and last of a day is said by cumulative volume, as within a minute. A day begins at 0:
 * what was traded before its first candle is missing too.
 */
async function makeOfMinutes(
  sql: Database,
  symbol: string,
  dates: readonly string[],
): Promise<OfDay<PastCandle>[]> {
  const raw = await sql<(Raw & Counted)[]>`
    SELECT trading_date, m.* FROM unnest(${datesText(dates)}::text::date[]) AS trading_date,
    LATERAL (
      SELECT (array_agg(o ORDER BY tv0))[1] AS o, max(h) AS h, min(l) AS l,
        (array_agg(c ORDER BY tv1 DESC))[1] AS c, sum(buy)::bigint AS buy,
        sum(sell)::bigint AS sell, sum(none)::bigint AS none, sum(value)::bigint AS value,
        max(tv1) AS volume, min(source) AS first_source, max(source) AS last_source
      FROM candles_1m
      WHERE symbol = ${symbol} AND ts >= trading_date::timestamp AT TIME ZONE 'Asia/Ho_Chi_Minh'
        AND ts < (trading_date + 1)::timestamp AT TIME ZONE 'Asia/Ho_Chi_Minh'
    ) AS m WHERE m.o IS NOT NULL`;
  return raw.map(({ buy, sell, none, ...row }) => {
    const volume = buy + sell + none;
    const missing = Math.max(0, row.volume - volume);
    return { ...pricesOf(row), volume, valueVnd: row.value, buy, sell, none, missing };
  });
}

async function readStoredIndex(
  sql: Database,
  code: string,
  from: string,
  to: string,
): Promise<OfDay<PastIndexCandle>[]> {
  const raw = await sql<Raw[]>`
    SELECT trading_date, o, h, l, c, volume, source AS first_source, source AS last_source
    FROM daily_indices
    WHERE code = ${code} AND trading_date BETWEEN ${from}::date AND ${to}::date
      AND o IS NOT NULL AND h IS NOT NULL AND l IS NOT NULL AND c IS NOT NULL`;
  return raw.map((row) => ({ ...pricesOf(row), totalVolume: row.volume }));
}

async function makeOfIndexMinutes(
  sql: Database,
  code: string,
  dates: readonly string[],
): Promise<OfDay<PastIndexCandle>[]> {
  const raw = await sql<Raw[]>`
    SELECT trading_date, m.* FROM unnest(${datesText(dates)}::text::date[]) AS trading_date,
    LATERAL (
      SELECT (array_agg(o ORDER BY open_at, open_vol))[1] AS o, max(h) AS h, min(l) AS l,
        (array_agg(c ORDER BY close_at DESC, close_vol DESC))[1] AS c,
        max(close_vol) AS volume, min(source) AS first_source, max(source) AS last_source
      FROM index_candles_1m
      WHERE code = ${code} AND ts >= trading_date::timestamp AT TIME ZONE 'Asia/Ho_Chi_Minh'
        AND ts < (trading_date + 1)::timestamp AT TIME ZONE 'Asia/Ho_Chi_Minh'
    ) AS m WHERE m.o IS NOT NULL`;
  return raw.map((row) => ({ ...pricesOf(row), totalVolume: row.volume }));
}

interface Raw {
  readonly trading_date: string;
  readonly o: number;
  readonly h: number;
  readonly l: number;
  readonly c: number;
  readonly volume: number;
  readonly value: number;
  readonly first_source: number;
  readonly last_source: number;
}

interface Active {
  readonly active_buy_vol: number | null;
  readonly active_sell_vol: number | null;
}

interface Counted {
  readonly buy: number;
  readonly sell: number;
  readonly none: number;
}

function pricesOf(raw: Raw) {
  const [first, last] = [sourceOf(raw.first_source), sourceOf(raw.last_source)];
  const source: RowSource = first === last ? first : "mixed";
  return {
    date: raw.trading_date,
    atMs: vnInstantMs(raw.trading_date, 0),
    openE2: raw.o,
    highE2: raw.h,
    lowE2: raw.l,
    closeE2: raw.c,
    source,
  };
}
