import type { Database } from "../../../db/client.ts";
import { readDayTrades } from "../../../db/day_trades.ts";
import { SOURCE_CODES } from "../../../db/codes.ts";
import { addDays, vnInstantMs, vnSecondOfDay } from "../../market/time.ts";
import type { CandleRow } from "../../port/store.ts";
import { type DayBooks, sumTrades, type TradeSum } from "./day_books.ts";

/** What the comparison of a day came to. */
export interface DayVerdict {
  readonly symbols: number;
  readonly trades: number;
  readonly candles: number;
  /** One sentence for each thing that is not as the journal says; empty for a day that is right. */
  readonly differences: readonly string[];
}

export interface DayStore {
  /** Does one reading. */
  readonly read: <T>(work: (sql: Database) => Promise<T>) => Promise<T>;
  readonly onSymbol: (symbol: string) => void;
}

/** Compares the store's rows of a day with the books of its journal, security by security. */
export async function compareDay(
  books: DayBooks,
  date: string,
  { read, onSymbol }: DayStore,
): Promise<DayVerdict> {
  const stored = await read((sql) => storedSymbols(sql, date));
  const symbols = [...new Set([...stored, ...books.trades.keys()])].sort();
  const differences: string[] = [];
  let trades = 0;
  let candles = 0;
  for (const symbol of symbols) {
    onSymbol(symbol);
    const found = sumTrades(await read((sql) => readDayTrades(sql, symbol, date)));
    const expected = books.trades.get(symbol) ?? sumTrades([]);
    if (!isSame(found, expected)) differences.push(tradesDiffer(symbol, expected, found));
    const held = await read((sql) => storedCandles(sql, symbol, date));
    const wrong = wrongMinutes(books.candles.get(symbol) ?? new Map(), held);
    if (wrong > 0) differences.push(`${symbol}: ${wrong} candles are not those of the journal`);
    trades += found.trades;
    candles += held.length;
  }
  differences.push(...await hashDiffers(books, date, read));
  return { symbols: symbols.length, trades, candles, differences };
}

async function hashDiffers(
  { stateHash }: DayBooks,
  date: string,
  read: DayStore["read"],
): Promise<string[]> {
  const [session] = await read((sql) =>
    sql<{ state_hash: string }[]>`SELECT state_hash FROM sessions WHERE trading_date = ${date}`
  );
  const held = session?.state_hash ?? null;
  if (held === stateHash) return [];
  return [
    `the state that the session was archived in: ${stateHash ?? "none"} by the journal, ` +
    `${held ?? "none"} in the store`,
  ];
}

async function storedSymbols(sql: Database, date: string): Promise<string[]> {
  const rows = await sql<{ symbol: string }[]>`
    SELECT DISTINCT symbol FROM trades WHERE trading_date = ${date}
    UNION SELECT symbol FROM trades_arc WHERE trading_date = ${date}`;
  return rows.map(({ symbol }) => symbol);
}

interface CandleColumns {
  readonly ts: Date;
  readonly figures: readonly number[];
}

async function storedCandles(sql: Database, symbol: string, date: string) {
  const from = new Date(vnInstantMs(date, 0));
  const to = new Date(vnInstantMs(addDays(date, 1), 0));
  const rows = await sql<(Record<string, number> & { ts: Date })[]>`
    SELECT ts, o, h, l, c, buy, sell, none, value, tv0, tv1 FROM candles_1m
    WHERE symbol = ${symbol} AND ts >= ${from} AND ts < ${to} AND source = ${SOURCE_CODES.live}`;
  return rows.map(({ ts, ...figures }): CandleColumns => ({ ts, figures: Object.values(figures) }));
}

/** Minutes that only one side has, or that differ in any figure. */
function wrongMinutes(
  expected: ReadonlyMap<number, CandleRow>,
  found: readonly CandleColumns[],
): number {
  const right = found.filter(({ ts, figures }) => {
    const candle = expected.get(vnSecondOfDay(ts.getTime()) / 60);
    return candle !== undefined && figuresOf(candle).join() === figures.join();
  });
  return found.length - right.length + Math.max(0, expected.size - found.length);
}

function figuresOf(candle: CandleRow): number[] {
  const { openE2, highE2, lowE2, closeE2, buy, sell, none, valueVnd, fromVolume, toVolume } =
    candle;
  return [openE2, highE2, lowE2, closeE2, buy, sell, none, valueVnd, fromVolume, toVolume];
}

function isSame(a: TradeSum, b: TradeSum): boolean {
  return a.trades === b.trades && a.volume === b.volume && a.checksum === b.checksum;
}

function tradesDiffer(symbol: string, expected: TradeSum, found: TradeSum): string {
  const of = ({ trades, volume }: TradeSum) => `${trades} trades of ${volume} shares`;
  const same = expected.trades === found.trades && expected.volume === found.volume;
  return same
    ? `${symbol}: ${of(found)}, of which some differ from the journal`
    : `${symbol}: ${of(expected)} in the journal, ${of(found)} in the store`;
}
