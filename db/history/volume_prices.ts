import type { HistoryKey, HistoryQuery, PastPriceVolume } from "../../core/port/history.ts";
import { unpackColumns } from "../archive_codec.ts";
import type { Database } from "../client.ts";
import { SIDE_CODES } from "../codes.ts";
import { datesBehind, pageOf, type Reader } from "./reader.ts";

interface Days {
  readonly from: string;
  readonly to: string;
}

/** Some trades of one price and side. */
interface Part {
  readonly date: string;
  readonly priceE2: number;
  readonly side: "buy" | "sell" | "none";
  readonly volume: number;
  readonly trades: number;
}

interface Packed {
  readonly parts: readonly Part[];
  /** Cumulative volumes of the trades, by date: they say which trade it is. */
  readonly totals: ReadonlyMap<string, Float64Array>;
}

/**
 * Volume at each price of a day by side, by date and price. A day's prices are read at once, and
 * there are some hundred of them at most; a trade that is packed and plain at once counts once.
 */
export const readVolumePrices: Reader<PastPriceVolume> = async (sql, query, order) => {
  const { after, isDescending, rowsMax } = order;
  const step = isDescending ? -1 : 1;
  const days = datesBehind(query.range, order);
  // Before the packed ones, as a day is packed first and its rows go afterwards.
  const plain = await readPlain(sql, query, days);
  const { parts, totals } = await readPacked(sql, query, days);
  // Of a packed day the rows are its late trades, or those that go soon.
  const rest = totals.size === 0 ? plain : await readPlain(sql, query, days, totals);
  const rows = joined([...parts, ...rest])
    .filter((row) => after === null || compare(keyOf(row), after) * step > 0)
    .sort((a, b) => compare(keyOf(a), keyOf(b)) * step);
  return pageOf(rows, rowsMax, { key: keyOf, row: (row) => row });
};

async function readPacked(
  sql: Database,
  { subject, range }: HistoryQuery,
  { from, to }: Days,
): Promise<Packed> {
  const parts: Part[] = [];
  const totals = new Map<string, Float64Array>();
  const days = await sql<{ trading_date: string; data: Uint8Array }[]>`
    SELECT trading_date, data FROM trades_arc
    WHERE symbol = ${subject} AND trading_date BETWEEN ${from}::date AND ${to}::date`;
  for (const { trading_date: date, data } of days) {
    const { length, exchangeMs, priceE2, volume, label, labels, totalVolume } = unpackColumns(data);
    totals.set(date, totalVolume);
    for (let i = 0; i < length; i++) {
      if (exchangeMs[i]! < range.fromMs || exchangeMs[i]! >= range.untilMs) continue;
      const { side } = labels[label[i]!]!;
      parts.push({ date, priceE2: priceE2[i]!, side, volume: volume[i]!, trades: 1 });
    }
  }
  return { parts, totals };
}

/** Trades that are rows, but those with these cumulative volumes. */
async function readPlain(
  sql: Database,
  { subject, range }: HistoryQuery,
  { from, to }: Days,
  without: ReadonlyMap<string, Float64Array> = new Map(),
): Promise<Part[]> {
  const others = [...without].reduce((before, [date, totals]) => {
    const list = `{${totals.join(",")}}`;
    return sql`${before}
      AND (trading_date <> ${date}::date OR total_vol <> ALL(${list}::text::bigint[]))`;
  }, sql``);
  const raw = await sql<PlainRaw[]>`
    SELECT trading_date, price, side, sum(volume)::bigint AS volume, count(*) AS trades
    FROM trades
    WHERE symbol = ${subject} AND trading_date BETWEEN ${from}::date AND ${to}::date
      AND ts >= ${new Date(range.fromMs)} AND ts < ${new Date(range.untilMs)} ${others}
    GROUP BY trading_date, price, side`;
  return raw.map(({ trading_date: date, price: priceE2, side, volume, trades }) => ({
    ...{ date, priceE2, volume, trades },
    side: side === SIDE_CODES.buy ? "buy" : side === SIDE_CODES.sell ? "sell" : "none",
  }));
}

interface PlainRaw {
  readonly trading_date: string;
  readonly price: number;
  readonly side: number;
  readonly volume: number;
  readonly trades: number;
}

function joined(parts: readonly Part[]): PastPriceVolume[] {
  const byPrice = Map.groupBy(parts, ({ date, priceE2 }) => `${date} ${priceE2}`);
  return [...byPrice.values()].map((held) => {
    const row = { buy: 0, sell: 0, none: 0, trades: 0 };
    for (const { side, volume, trades } of held) {
      row[side] += volume;
      row.trades += trades;
    }
    return { date: held[0]!.date, priceE2: held[0]!.priceE2, ...row };
  });
}

function keyOf({ date, priceE2 }: PastPriceVolume): HistoryKey {
  return { date, n: priceE2 };
}

function compare(a: HistoryKey, b: HistoryKey): number {
  return a.date === b.date ? a.n - b.n : a.date < b.date ? -1 : 1;
}
