import { type ArchivedTrade, unpackTrades } from "./archive_codec.ts";
import type { Database } from "./client.ts";
import type { Tables } from "./schema.ts";
import { labelOf } from "./trade_label.ts";

/** Rows of one answer: 20,000 × about 200 bytes = 4 MB. */
const PAGE_ROWS = 20_000;

type PlainRow = Omit<Tables["trades"], "symbol" | "trading_date">;

/** The trades of a symbol and day, packed ones and plain ones as one, ascending by total volume. */
export async function readDayTrades(
  sql: Database,
  symbol: string,
  date: string,
): Promise<ArchivedTrade[]> {
  // In this order: a day that is packed meanwhile is then found twice and never not at all.
  const plain = await readPlainTrades(sql, symbol, date);
  const packed = await readPackedTrades(sql, symbol, date);
  return mergeTrades(packed, plain);
}

/** What stands in `trades` alone. */
export async function readPlainTrades(
  sql: Database,
  symbol: string,
  date: string,
): Promise<ArchivedTrade[]> {
  const trades: ArchivedTrade[] = [];
  for (;;) {
    const after = trades.at(-1)?.totalVolume ?? -1;
    const page = await sql<PlainRow[]>`
      SELECT ts, total_vol, volume, price, side, method, reason, phase, flags FROM trades
      WHERE symbol = ${symbol} AND trading_date = ${date} AND total_vol > ${after}
      ORDER BY total_vol LIMIT ${PAGE_ROWS}`;
    for (const row of page) trades.push(tradeOf(row));
    if (page.length < PAGE_ROWS) return trades;
  }
}

/** What stands in `trades_arc` alone; throws when it is damaged. */
export async function readPackedTrades(
  sql: Database,
  symbol: string,
  date: string,
): Promise<ArchivedTrade[]> {
  const [row] = await sql<{ data: Uint8Array }[]>`
    SELECT data FROM trades_arc WHERE symbol = ${symbol} AND trading_date = ${date}`;
  return row === undefined ? [] : unpackTrades(row.data);
}

/** Trades of both, ascending by total volume; of two with one key the first list's is kept. */
export function mergeTrades(
  first: ArchivedTrade[],
  second: ArchivedTrade[],
): ArchivedTrade[] {
  if (first.length === 0) return second;
  if (second.length === 0) return first;
  const byTotal = new Map([...second, ...first].map((trade) => [trade.totalVolume, trade]));
  return [...byTotal.values()].sort((a, b) => a.totalVolume - b.totalVolume);
}

function tradeOf(row: PlainRow): ArchivedTrade {
  return {
    exchangeMs: row.ts.getTime(),
    totalVolume: row.total_vol,
    volume: row.volume,
    priceE2: row.price,
    ...labelOf(row),
  };
}
