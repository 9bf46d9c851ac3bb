import type { Dated } from "../core/port/backfill.ts";
import type {
  CandleRow,
  DailyIndexRow,
  DailyPriceRow,
  IndexCandleRow,
  InstrumentRow,
} from "../core/port/store.ts";
import { vnInstantMs } from "../core/market/time.ts";
import { SOURCE_CODES } from "./codes.ts";

// What becomes of a row that the live engine (or an earlier backfill) has stored as well. The fuller
// one, that of more volume, is right; of two that are equally full the stored one stays, and what it
// does not know is filled in.

/** How rows of one kind are written: one statement that takes them all as one JSON text. */
export interface Write<T> {
  readonly statement: string;
  readonly record: (row: T) => Readonly<Record<string, string | number | null>>;
}

const SOURCE = SOURCE_CODES.backfill;

/** A minute with less volume than REST tells is replaced; the sides that are known of it stay known. */
export const CANDLES: Write<Dated<CandleRow>> = {
  statement: insert("candles_1m", {
    ts: "timestamptz",
    tv0: "bigint",
    tv1: "bigint",
    buy: "bigint",
    sell: "bigint",
    none: "bigint",
    value: "bigint",
    o: "integer",
    h: "integer",
    l: "integer",
    c: "integer",
    source: "smallint",
    symbol: "text",
  }) + `
    ON CONFLICT (symbol, ts) DO UPDATE SET tv0 = excluded.tv0, tv1 = excluded.tv1,
      none = excluded.none - x.buy - x.sell, value = excluded.value, o = excluded.o, h = excluded.h,
      l = excluded.l, c = excluded.c, source = excluded.source
    WHERE excluded.buy + excluded.sell + excluded.none > x.buy + x.sell + x.none`,
  record: (row) => ({
    ts: isoOf(vnInstantMs(row.tradingDate, row.minute * 60)),
    tv0: row.fromVolume,
    tv1: row.toVolume,
    buy: row.buy,
    sell: row.sell,
    none: row.none,
    value: row.valueVnd,
    o: row.openE2,
    h: row.highE2,
    l: row.lowE2,
    c: row.closeE2,
    source: SOURCE,
    symbol: row.symbol,
  }),
};

/** Nothing tells how full a minute of an index is: the one that was seen stays. */
export const INDEX_CANDLES: Write<Dated<IndexCandleRow>> = {
  statement: insert("index_candles_1m", {
    ts: "timestamptz",
    open_at: "timestamptz",
    close_at: "timestamptz",
    open_vol: "bigint",
    close_vol: "bigint",
    o: "integer",
    h: "integer",
    l: "integer",
    c: "integer",
    source: "smallint",
    code: "text",
  }) + " ON CONFLICT (code, ts) DO NOTHING",
  record: (row) => ({
    ts: isoOf(row.minuteMs),
    open_at: isoOf(row.openMs),
    close_at: isoOf(row.closeMs),
    open_vol: row.openVolume,
    close_vol: row.closeVolume,
    o: row.openE2,
    h: row.highE2,
    l: row.lowE2,
    c: row.closeE2,
    source: SOURCE,
    code: row.code,
  }),
};

const PRICE_COLUMNS = {
  ref: "integer",
  ceil: "integer",
  floor: "integer",
  o: "integer",
  h: "integer",
  l: "integer",
  c: "integer",
  avg: "integer",
  volume: "bigint",
  value: "bigint",
  pt_vol: "bigint",
  pt_val: "bigint",
  foreign_buy_vol: "bigint",
  foreign_sell_vol: "bigint",
  foreign_buy_val: "bigint",
  foreign_sell_val: "bigint",
  foreign_room: "bigint",
  active_buy_vol: "bigint",
  active_sell_vol: "bigint",
  source: "smallint",
};

export const DAILY_PRICES: Write<Dated<DailyPriceRow>> = {
  statement: insert("daily_prices", { symbol: "text", trading_date: "date", ...PRICE_COLUMNS }) + `
    ON CONFLICT (symbol, trading_date) DO UPDATE SET ${fuller(PRICE_COLUMNS)}`,
  record: (row) => ({
    symbol: row.symbol,
    trading_date: row.tradingDate,
    ref: row.referenceE2,
    ceil: row.ceilingE2,
    floor: row.floorE2,
    o: row.openE2,
    h: row.highE2,
    l: row.lowE2,
    c: row.closeE2,
    avg: row.averageE2,
    volume: row.volume,
    value: row.valueVnd,
    pt_vol: row.putThroughVolume,
    pt_val: row.putThroughValueVnd,
    foreign_buy_vol: row.foreignBuyVolume,
    foreign_sell_vol: row.foreignSellVolume,
    foreign_buy_val: row.foreignBuyValueVnd,
    foreign_sell_val: row.foreignSellValueVnd,
    foreign_room: row.foreignRoom,
    active_buy_vol: row.activeBuyVolume,
    active_sell_vol: row.activeSellVolume,
    source: SOURCE,
  }),
};

const INDEX_COLUMNS = {
  ref: "integer",
  o: "integer",
  h: "integer",
  l: "integer",
  c: "integer",
  volume: "bigint",
  value: "bigint",
  pt_vol: "bigint",
  pt_val: "bigint",
  adv: "smallint",
  unch: "smallint",
  dec: "smallint",
  source: "smallint",
};

export const DAILY_INDICES: Write<Dated<DailyIndexRow>> = {
  statement: insert("daily_indices", { code: "text", trading_date: "date", ...INDEX_COLUMNS }) + `
    ON CONFLICT (code, trading_date) DO UPDATE SET ${fuller(INDEX_COLUMNS)}`,
  record: (row) => ({
    code: row.code,
    trading_date: row.tradingDate,
    ref: row.referenceE2,
    o: row.openE2,
    h: row.highE2,
    l: row.lowE2,
    c: row.closeE2,
    volume: row.volume,
    value: row.valueVnd,
    pt_vol: row.putThroughVolume,
    pt_val: row.putThroughValueVnd,
    adv: row.advances,
    unch: row.noChanges,
    dec: row.declines,
    source: SOURCE,
  }),
};

/** What is told newest of a security holds; the days on which it was seen grow. */
export const INSTRUMENTS: Write<Dated<InstrumentRow>> = {
  statement: insert("instruments", {
    symbol: "text",
    exchange: "text",
    name_vi: "text",
    name_en: "text",
    listed_shares: "bigint",
    first_date: "date",
    last_date: "date",
  }) + `
    ON CONFLICT (symbol) DO UPDATE SET exchange = coalesce(excluded.exchange, x.exchange),
      name_vi = coalesce(excluded.name_vi, x.name_vi), name_en = coalesce(excluded.name_en, x.name_en),
      listed_shares = coalesce(excluded.listed_shares, x.listed_shares),
      first_date = least(excluded.first_date, x.first_date),
      last_date = greatest(excluded.last_date, x.last_date)`,
  record: (row) => ({
    symbol: row.symbol,
    exchange: row.exchange,
    name_vi: row.nameVi,
    name_en: row.nameEn,
    listed_shares: row.listedShares,
    first_date: row.tradingDate,
    last_date: row.tradingDate,
  }),
};

function insert(table: string, columns: Readonly<Record<string, string>>): string {
  const names = Object.keys(columns).join(", ");
  const typed = Object.entries(columns).map(([name, type]) => `${name} ${type}`).join(", ");
  return `INSERT INTO ${table} AS x (${names})
    SELECT ${names} FROM jsonb_to_recordset($1::text::jsonb) AS r(${typed})`;
}

/** Assignments that prefer the row of more volume and take from the other what that one lacks. */
function fuller(columns: Readonly<Record<string, string>>): string {
  return Object.keys(columns).map((name) =>
    `${name} = CASE WHEN excluded.volume > x.volume THEN coalesce(excluded.${name}, x.${name}) ` +
    `ELSE coalesce(x.${name}, excluded.${name}) END`
  ).join(", ");
}

function isoOf(ms: number): string {
  return new Date(ms).toISOString();
}
