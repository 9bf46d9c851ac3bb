import { parseFuturesCode } from "../../core/market/futures.ts";
import { addDays, vnInstantMs } from "../../core/market/time.ts";
import { priceFromE2, valueVnd } from "../../core/market/units.ts";
import type { ArchivedTrade } from "../archive_codec.ts";
import type { Database } from "../client.ts";
import { readDayTrades } from "../day_trades.ts";
import { type ExportTable, type Row, SQL_TABLES, type SqlTable, type Value } from "./tables.ts";

/** Rows in memory at once, but for trades, of which a security's day is: 2,000 × 1 KB = 2 MB. */
const CURSOR_ROWS = 2_000;

/** What is exported. */
export interface Selection {
  readonly table: ExportTable;
  readonly date: string;
  /** Securities and indices by name; null for all. */
  readonly symbols: readonly string[] | null;
}

/** The rows of a table and date, some at a time. */
export async function* readRows(
  sql: Database,
  { table, date, symbols }: Selection,
): AsyncGenerator<readonly Row[]> {
  if (table === "trades") yield* tradeRows(sql, date, symbols);
  else yield* sqlRows(sql, table, { date, symbols });
}

async function* tradeRows(
  sql: Database,
  date: string,
  symbols: readonly string[] | null,
): AsyncGenerator<Row[]> {
  for (const symbol of symbols ?? await tradedSymbols(sql, date)) {
    const trades = await readDayTrades(sql, symbol, date);
    const isFuture = parseFuturesCode(symbol) !== null;
    yield trades.map((trade) => tradeRow(symbol, trade, isFuture));
  }
}

async function tradedSymbols(sql: Database, date: string): Promise<string[]> {
  const rows = await sql<{ symbol: string }[]>`
    SELECT symbol FROM trades WHERE trading_date = ${date}
    UNION SELECT symbol FROM trades_arc WHERE trading_date = ${date} ORDER BY symbol`;
  return rows.map(({ symbol }) => symbol);
}

/** In the order of `TRADE_COLUMNS`. */
function tradeRow(symbol: string, trade: ArchivedTrade, isFuture: boolean): Row {
  const { exchangeMs, priceE2, volume, totalVolume } = trade;
  const value = valueVnd(priceE2, volume, isFuture);
  const numbers = [priceFromE2(priceE2), volume, value, totalVolume];
  const { side, method, reason, feedSide, phase, late } = trade;
  return [new Date(exchangeMs), symbol, ...numbers, side, method, reason, feedSide, phase, late];
}

async function* sqlRows(
  sql: Database,
  table: Exclude<ExportTable, "trades">,
  { date, symbols }: Omit<Selection, "table">,
): AsyncGenerator<Row[]> {
  const { columns, subject, order, isByTime }: SqlTable = SQL_TABLES[table];
  const wanted = columns.map(({ name, sql }) => `${sql} AS "${name}"`).join(", ");
  const ofDate = isByTime ? "ts >= $1 AND ts < $2" : "trading_date = $1";
  const bounds = isByTime
    ? [date, addDays(date, 1)].map((day) => new Date(vnInstantMs(day, 0)))
    : [date];
  const ofSymbols = symbols === null
    ? ""
    : `AND ${subject} = ANY (string_to_array($${bounds.length + 1}, ','))`;
  const values = symbols === null ? bounds : [...bounds, symbols.join()];
  const statement = `SELECT ${wanted} FROM ${table} WHERE ${ofDate} ${ofSymbols} ORDER BY ${order}`;
  const pages = sql.unsafe<Record<string, Value>[]>(statement, values).cursor(CURSOR_ROWS);
  for await (const page of pages) yield page.map((row) => columns.map(({ name }) => row[name]!));
}
