import type { HistoryKey, HistoryOrder, HistoryQuery } from "../../core/port/history.ts";
import type { TradeRow } from "../../core/port/store.ts";
import { unpackColumns } from "../archive_codec.ts";
import type { Database } from "../client.ts";
import type { Tables } from "../schema.ts";
import { labelOf } from "../trade_label.ts";
import { datesBehind, pageOf, type Reader } from "./reader.ts";

type DatedTrade = TradeRow & { readonly date: string };
type TradeRaw = Readonly<Omit<Tables["trades"], "symbol">>;

/**
 * Trades of a security in the order of their cumulative volume, which is how a day knows them. Days
 * that are packed and days that are not are one; a trade that is in both, as while a day is being
 * packed, comes once.
 */
export const readTicks: Reader<TradeRow> = async (sql, query, order) => {
  const { isDescending, rowsMax } = order;
  // Before the packed ones: a day is packed first and its rows go afterwards.
  const plain = await readPlain(sql, query, order);
  // A full page of plain trades leaves no room for days behind its last one.
  const lastDate = plain.length > rowsMax ? plain.at(-1)!.date : null;
  const packed = await readPacked(sql, query, order, lastDate);
  const rows = merge(plain, packed, isDescending ? -1 : 1);
  return pageOf(rows, rowsMax, { key: keyOf, row: ({ date: _, ...row }) => row });
};

/** Two lists in order as one; of trades with the same key that of the second list stays. */
function merge(
  a: readonly DatedTrade[],
  b: readonly DatedTrade[],
  step: 1 | -1,
): readonly DatedTrade[] {
  if (b.length === 0) return a;
  const merged: DatedTrade[] = [];
  for (let i = 0, j = 0; i < a.length || j < b.length;) {
    const difference = i === a.length
      ? 1
      : j === b.length
      ? -1
      : step * compare(keyOf(a[i]!), keyOf(b[j]!));
    merged.push(difference < 0 ? a[i]! : b[j]!);
    if (difference <= 0) i++;
    if (difference >= 0) j++;
  }
  return merged;
}

/** One more than a page of the trades that are rows. */
async function readPlain(
  sql: Database,
  { subject, range }: HistoryQuery,
  order: HistoryOrder,
): Promise<DatedTrade[]> {
  const { after, isDescending, rowsMax } = order;
  const { from, to } = datesBehind(range, order);
  const direction = isDescending ? sql`DESC` : sql`ASC`;
  const behind = after === null
    ? sql``
    : isDescending
    ? sql`AND (trading_date, total_vol) < (${after.date}::date, ${after.n}::bigint)`
    : sql`AND (trading_date, total_vol) > (${after.date}::date, ${after.n}::bigint)`;
  const raw = await sql<TradeRaw[]>`
    SELECT trading_date, ts, total_vol, volume, price, side, method, reason, phase, flags
    FROM trades
    WHERE symbol = ${subject} AND trading_date BETWEEN ${from}::date AND ${to}::date
      AND ts >= ${new Date(range.fromMs)} AND ts < ${new Date(range.untilMs)} ${behind}
    ORDER BY trading_date ${direction}, total_vol ${direction} LIMIT ${rowsMax + 1}`;
  return raw.map((row) => tradeOf(row, subject));
}

/** One more than a page of the packed trades, or all that there are up to a date. */
async function readPacked(
  sql: Database,
  query: HistoryQuery,
  order: HistoryOrder,
  lastDate: string | null,
): Promise<DatedTrade[]> {
  const { subject, range } = query;
  const { isDescending, rowsMax } = order;
  const behind = datesBehind(range, order);
  const from = isDescending ? lastDate ?? behind.from : behind.from;
  const to = isDescending ? behind.to : lastDate ?? behind.to;
  const days = await sql<{ trading_date: string }[]>`
    SELECT trading_date FROM trades_arc
    WHERE symbol = ${subject} AND trading_date BETWEEN ${from}::date AND ${to}::date
    ORDER BY trading_date ${isDescending ? sql`DESC` : sql`ASC`}`;
  let found: DatedTrade[] = [];
  for (const { trading_date: date } of days) {
    if (found.length > rowsMax) break;
    const rowsLeft = rowsMax + 1 - found.length;
    found = found.concat(await readPackedDay(sql, query, { ...order, rowsMax: rowsLeft }, date));
  }
  return found;
}

/** The first trades of a packed day that the query and the order want. */
async function readPackedDay(
  sql: Database,
  { subject, range }: HistoryQuery,
  { after, isDescending, rowsMax }: HistoryOrder,
  date: string,
): Promise<DatedTrade[]> {
  const [held] = await sql<{ data: Uint8Array }[]>`
    SELECT data FROM trades_arc WHERE symbol = ${subject} AND trading_date = ${date}::date`;
  // It may have been unpacked again since the list of days was read.
  if (held === undefined) return [];
  const columns = unpackColumns(held.data);
  const { length, exchangeMs, totalVolume } = columns;
  const step = isDescending ? -1 : 1;
  const found: DatedTrade[] = [];
  for (let n = 0; n < length && found.length < rowsMax; n++) {
    const i = isDescending ? length - 1 - n : n;
    if (exchangeMs[i]! < range.fromMs || exchangeMs[i]! >= range.untilMs) continue;
    if (after !== null && compare({ date, n: totalVolume[i]! }, after) * step <= 0) continue;
    found.push({
      symbol: subject,
      date,
      exchangeMs: exchangeMs[i]!,
      totalVolume: totalVolume[i]!,
      volume: columns.volume[i]!,
      priceE2: columns.priceE2[i]!,
      ...columns.labels[columns.label[i]!]!,
    });
  }
  return found;
}

function tradeOf(raw: TradeRaw, symbol: string): DatedTrade {
  return {
    symbol,
    date: raw.trading_date,
    exchangeMs: raw.ts.getTime(),
    totalVolume: raw.total_vol,
    volume: raw.volume,
    priceE2: raw.price,
    ...labelOf(raw),
  };
}

function keyOf({ date, totalVolume }: DatedTrade): HistoryKey {
  return { date, n: totalVolume };
}

function compare(a: HistoryKey, b: HistoryKey): number {
  return a.date === b.date ? a.n - b.n : a.date < b.date ? -1 : 1;
}
