import { addDays, vnInstantMs } from "../../../core/market/time.ts";
import { PAGE_ROWS } from "../../../core/gateway/history_reader.ts";
import type { HistoryOrder, HistoryPage, HistoryQuery } from "../../../core/port/history.ts";
import type { Database } from "../../../db/client.ts";
import { readCandles } from "../../../db/history/candles.ts";
import type { Reader } from "../../../db/history/reader.ts";
import { readTicks } from "../../../db/history/ticks.ts";
import { DAYS } from "./load.ts";
import { alternate, compare, type Comparison } from "./rounds.ts";
import type { BenchStore } from "./servers.ts";
import { symbolOf } from "./trades.ts";

/** One reading. */
export interface ReadCase {
  readonly name: string;
  /** Ratio of the embedded server to Debian's when the layout was chosen. */
  readonly chosenRatio: number | null;
  readonly goal?: string;
  /** How many must come. */
  readonly rows: readonly [min: number, max: number];
  readonly read: (sql: Database) => Promise<number>;
}

export type ReadFigures = Comparison & Pick<ReadCase, "name" | "chosenRatio" | "goal">;

const ROUNDS = 31;
const WARM_UPS = 3;
/** Time for one reading, loaded machine included. */
const DEADLINE_MS = 30_000;
const [FIRST, LAST] = [DAYS[0]![0], DAYS.at(-1)![0]];
/** Of continuous trading, in each of which a busy symbol trades. */
const DAY_MINUTES = 225;
/** A day of a million trades. */
const DAY = "2026-11-17";
/** Has 30,000 trades on it. */
const BUSIEST = symbolOf(1);
/** Has 3,400. */
const MIDDLING = symbolOf(27);
/** The day that is packed, and a symbol with 30,000 trades on it. */
export const PACKED_DAY = FIRST;
const OF_PACKED_DAY = symbolOf(3);

/** What is read while every day is in rows. */
export const PLAIN_READS: readonly ReadCase[] = [
  {
    name: "candles of 30,000 trades, made in SQL",
    chosenRatio: 1,
    rows: [DAY_MINUTES, DAY_MINUTES],
    read: (sql) => aggregate(sql, BUSIEST, DAY, DAY),
  },
  {
    name: "the same from `candles_1m`",
    chosenRatio: null,
    goal: "≤ 1 ms",
    rows: [DAY_MINUTES, DAY_MINUTES],
    read: (sql) => allPages(sql, readCandles, rangeOf(BUSIEST, DAY, DAY)),
  },
  {
    name: "candles of 34,000 trades of 10 days, made in SQL",
    chosenRatio: 1.08,
    rows: [2_000, 10 * DAY_MINUTES],
    read: (sql) => aggregate(sql, MIDDLING, FIRST, LAST),
  },
  {
    name: "the same from `candles_1m`, two pages",
    chosenRatio: null,
    rows: [2_000, 10 * DAY_MINUTES],
    read: (sql) => allPages(sql, readCandles, rangeOf(MIDDLING, FIRST, LAST)),
  },
  {
    name: "last 100 ticks of 10 days",
    chosenRatio: 0.97,
    rows: [100, 100],
    read: (sql) => onePage(sql, BUSIEST, { from: FIRST, to: LAST, rowsMax: 100 }),
  },
  {
    name: "page of 1,000 ticks",
    chosenRatio: 1.05,
    rows: [1_000, 1_000],
    read: (sql) => onePage(sql, BUSIEST, { from: DAY, to: DAY, rowsMax: 1_000 }),
  },
  {
    name: "volume by side of 1,000,000 trades, in SQL",
    chosenRatio: 1.09,
    rows: [2, 2],
    read: (sql) => summary(sql, DAY),
  },
];

/** What is read of a day in rows, and again once it is packed. */
export const PACKED_READS: readonly ReadCase[] = [
  {
    name: "page of 1,000 ticks of 30,000",
    chosenRatio: null,
    rows: [1_000, 1_000],
    read: (sql) =>
      onePage(sql, OF_PACKED_DAY, { from: PACKED_DAY, to: PACKED_DAY, rowsMax: 1_000 }),
  },
  {
    name: "its candles from `candles_1m`",
    chosenRatio: null,
    rows: [DAY_MINUTES, DAY_MINUTES],
    read: (sql) => allPages(sql, readCandles, rangeOf(OF_PACKED_DAY, PACKED_DAY, PACKED_DAY)),
  },
];

/** Times each reading on both stores. */
export async function measureReads(
  stores: readonly BenchStore[],
  cases: readonly ReadCase[],
): Promise<ReadFigures[]> {
  const figures: ReadFigures[] = [];
  for (const { rows: [min, max], read, ...known } of cases) {
    const samples = await alternate(
      stores,
      { rounds: ROUNDS, warmUps: WARM_UPS },
      async ({ pool }) => {
        const rows = await pool.read(read, DEADLINE_MS);
        if (rows < min || rows > max) throw new Error(`${known.name}: ${rows} rows`);
      },
    );
    figures.push({ ...known, ...compare(samples) });
  }
  return figures;
}

function rangeOf(subject: string, from: string, to: string): HistoryQuery {
  const fromMs = vnInstantMs(from, 0);
  const untilMs = vnInstantMs(addDays(to, 1), 0);
  return { subject, range: { fromDate: from, toDate: to, fromMs, untilMs }, minutes: 1 };
}

async function allPages<Row>(
  sql: Database,
  reader: Reader<Row>,
  query: HistoryQuery,
): Promise<number> {
  let count = 0;
  let after: HistoryOrder["after"] = null;
  do {
    const order: HistoryOrder = { isDescending: false, after, rowsMax: PAGE_ROWS };
    const { rows, next }: HistoryPage<Row> = await reader(sql, query, order);
    count += rows.length;
    after = next;
  } while (after !== null);
  return count;
}

/** The newest ticks of a range. */
async function onePage(
  sql: Database,
  symbol: string,
  { from, to, rowsMax }: { from: string; to: string; rowsMax: number },
): Promise<number> {
  const order = { isDescending: true, after: null, rowsMax };
  return (await readTicks(sql, rangeOf(symbol, from, to), order)).rows.length;
}

/** Candles out of trades as they would be had without a table of candles. */
async function aggregate(
  sql: Database,
  symbol: string,
  from: string,
  to: string,
): Promise<number> {
  const rows = await sql`
    SELECT date_bin('1 minute', ts, '2025-01-01Z') AS minute,
      min((total_vol << 31) | price) & 2147483647 AS o, max(price) AS h, min(price) AS l,
      max((total_vol << 31) | price) & 2147483647 AS c, sum(volume)::bigint AS v
    FROM trades WHERE symbol = ${symbol} AND trading_date BETWEEN ${from}::date AND ${to}::date
    GROUP BY minute ORDER BY minute`;
  return rows.length;
}

async function summary(sql: Database, date: string): Promise<number> {
  const rows = await sql`
    SELECT side, count(*)::integer AS n, sum(volume)::bigint AS volume FROM trades
    WHERE trading_date = ${date}::date GROUP BY side`;
  return rows.length;
}
