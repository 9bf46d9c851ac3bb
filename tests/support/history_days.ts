import { migrate } from "../../db/migrate.ts";
import { Client, type Database } from "../../db/client.ts";
import { Pool } from "../../db/pool.ts";
import { PostgresHistory, type StoreAccess } from "../../db/history/history.ts";
import { packTrades } from "../../db/archive_codec.ts";
import { vnInstantMs } from "../../core/market/time.ts";
import type { SessionCertificate } from "../../core/wire/certificate.ts";
import { testLog } from "../db/support/pools.ts";
import type { DatabaseAddress } from "./postgres_server.ts";

/** Trades of FPT on 30 July, as many as three pages. */
export const MANY_TRADES = 4_500;
/** A day whose trades are packed. */
export const PACKED_DATE = "2026-07-31";
export const FUTURE = "41I1G8000";

/** A store that a test may take away and give back. */
export interface TestHistory extends AsyncDisposable {
  readonly history: PostgresHistory;
  readonly pool: Pool;
  /** A connection of the test's own. */
  readonly sql: Database;
}

/** Opens the history of a database; `access` stands in front of its pool. */
export function openHistory(
  address: DatabaseAddress,
  access: (pool: Pool) => StoreAccess = (pool) => () => ({ pool }),
): TestHistory {
  const pool = new Pool({
    ...{ address, min: 0, max: 4, name: "history test", log: testLog() },
    statementTimeoutMs: null,
    onFailure: () => {},
  });
  const own = new Client({
    address,
    name: "history test",
    statementTimeoutMs: 60_000,
  });
  const { sql } = own;
  return {
    history: new PostgresHistory(access(pool)),
    pool,
    sql,
    async [Symbol.asyncDispose]() {
      await pool.close();
      await own.end(1);
    },
  };
}

/** Makes the tables and puts some days of a small market into them: Thursday 30 July to Monday. */
export async function fillHistory(address: DatabaseAddress, sql: Database): Promise<void> {
  await migrate(address);
  await sql`BEGIN`;
  await partition(sql, "2026-07-30");
  await partition(sql, "2026-08-03");
  await insert(sql, "store_identity", [{ provider: "ssi", layout: "partitions" }]);
  await insert(
    sql,
    "instruments",
    [
      ...["FPT", "VNM", "OLD"].map((symbol) => ({ symbol, exchange: "HOSE" })),
      { symbol: FUTURE, exchange: "DERIVATIVES" },
    ].map((row) => ({ ...row, first_date: "2026-07-01", last_date: "2026-08-03" })),
  );
  await fillTrades(sql);
  await fillCandles(sql);
  await fillDays(sql);
  await fillSnapshots(sql);
  await fillSessions(sql);
  await sql`COMMIT`;
}

/** The trades of the packed day. */
export const PACKED_TRADES = [100, 300, 900].map((totalVolume, i) => ({
  exchangeMs: vnInstantMs(PACKED_DATE, 33_300 + i),
  totalVolume,
  volume: i === 2 ? 600 : totalVolume - i * 100,
  priceE2: 10_100_000 + i * 10_000,
  side: "buy" as const,
  method: "quote" as const,
  reason: "above-ask" as const,
  feedSide: null,
  phase: "continuous" as const,
  late: i === 2,
}));

async function fillTrades(sql: Database): Promise<void> {
  await sql`
    INSERT INTO trades (symbol, trading_date, ts, total_vol, volume, price, side, method, reason,
      phase, flags)
    SELECT 'FPT', '2026-07-30', '2026-07-30T09:15:00+07'::timestamptz + n * interval '1 second',
      n * 100, 100, 10000000 + n % 7 * 10000, n % 3, 2, 2, 2, 0
    FROM generate_series(1, ${MANY_TRADES}::int) AS n`;
  const data = packTrades(PACKED_TRADES);
  await insert(sql, "trades_arc", [
    { symbol: "FPT", trading_date: PACKED_DATE, n: 3, volume: 900, data },
  ]);
  const trade = { trading_date: "2026-08-03", method: 1, reason: 1, phase: 1, flags: 4 };
  await insert(
    sql,
    "trades",
    [
      {
        ...trade,
        symbol: "FPT",
        ...at("09:15:01"),
        total_vol: 500,
        volume: 500,
        price: 10_150_000,
      },
      {
        ...trade,
        symbol: "FPT",
        ...at("09:15:02"),
        total_vol: 700,
        volume: 200,
        price: 10_155_000,
      },
      { ...trade, symbol: FUTURE, ...at("09:15:02"), total_vol: 2, volume: 2, price: 190_010 },
    ].map((row) => ({ ...row, side: 2 })),
  );
}

async function fillCandles(sql: Database): Promise<void> {
  // 240 minutes of 30 July, of which each has the trades of 100 shares too few to be whole.
  await sql`
    INSERT INTO candles_1m (symbol, ts, tv0, tv1, buy, sell, none, value, o, h, l, c, source)
    SELECT 'FPT', '2026-07-30T09:15:00+07'::timestamptz + n * interval '1 minute',
      n * 1000, n * 1000 + 1000, 400, 300, 200, 90000000, 10000000 + n * 100, 10000000 + n * 100 + 50,
      10000000 + n * 100 - 50, 10000000 + n * 100 + 10, 0
    FROM generate_series(0, 239) AS n`;
  const minute = { symbol: "FPT", none: 0, value: 50_000_000, source: 0 };
  const prices = { o: 10_150_000, h: 10_160_000, l: 10_140_000, c: 10_155_000 };
  await insert(sql, "candles_1m", [
    { ...minute, ...prices, ...at("09:15:00"), tv0: 0, tv1: 700, buy: 500, sell: 200 },
    {
      ...{ ...minute, ...prices, ...at("09:16:00"), tv0: 700, tv1: 900, buy: 0, sell: 200 },
      ...{ l: 10_120_000, c: 10_130_000, source: 1 },
    },
  ]);
  const index = { code: "VN30", source: 0, o: 193_200, h: 193_300, l: 193_100, c: 193_262 };
  await insert(
    sql,
    "index_candles_1m",
    [0, 1].map((n) => ({
      ...index,
      ...at(`09:1${5 + n}:00`),
      open_at: at(`09:1${5 + n}:01`).ts,
      close_at: at(`09:1${5 + n}:59`).ts,
      open_vol: n * 100,
      close_vol: n * 100 + 90,
      h: 193_300 + n,
      c: 193_262 + n,
    })),
  );
}

async function fillDays(sql: Database): Promise<void> {
  const day = { symbol: "FPT", volume: 1_000_000, value: 100_000_000_000, source: 1 };
  await insert(sql, "daily_prices", [
    {
      ...{ ...day, trading_date: "2026-07-30", ref: 9_900_000, ceil: 10_590_000, floor: 9_210_000 },
      ...{ o: 10_000_000, h: 10_100_000, l: 9_950_000, c: 10_050_000, avg: 10_012_345 },
      ...{ pt_vol: 5_000, pt_val: 500_000_000, active_buy_vol: 600_000, active_sell_vol: 300_000 },
      // A day on which foreigners sold more than they bought.
      ...{ foreign_buy_vol: 10_000, foreign_sell_vol: 25_000 },
      ...{ foreign_buy_val: 1_000_000_000, foreign_sell_val: 2_500_000_000, foreign_room: 77_000 },
    },
    // Prices are there and foreign flow is not.
    {
      ...{ ...day, trading_date: PACKED_DATE, o: 10_100_000, h: 10_120_000, l: 10_090_000 },
      c: 10_120_000,
    },
  ]);
  await insert(sql, "daily_indices", [{
    ...{ code: "VN30", trading_date: "2026-07-30", ref: 192_000, volume: 9_000, value: 9e12 },
    ...{ o: 192_100, h: 193_000, l: 191_900, c: 192_900, source: 1 },
  }]);
}

async function fillSnapshots(sql: Database): Promise<void> {
  const foreign = (time: string, buy: number, sell: number) => ({
    ...{ symbol: "FPT", trading_date: "2026-08-03", slot: at(time).ts, ...at(time) },
    ...{ buy_vol: buy, sell_vol: sell, buy_val: buy * 100_000, sell_val: sell * 100_000 },
    ...{ room: 80_000 - buy, total_room: 100_000 },
  });
  await insert(sql, "foreign_snapshots", [
    foreign("09:15:00", 100, 700),
    foreign("09:15:10", 300, 900),
    foreign("09:16:00", 400, 1_400),
  ]);
  await insert(
    sql,
    "index_snapshots",
    ["09:15:00", "09:15:05"].map((time, n) => ({
      ...{ code: "VN30", trading_date: "2026-08-03", slot: at(time).ts, ...at(time) },
      ...{ total_vol: 1_000 + n, total_val: 1e12, value: 193_200 + n, ref: 193_000 },
      ...{ adv: 20, unch: 3, dec: 7, ceil: 1, floor: 0 },
    })),
  );
  await insert(
    sql,
    "basis_points",
    [0, 1, 2].map((n) => ({
      ...{ symbol: FUTURE, trading_date: "2026-08-03", ...at(`09:15:0${n}`) },
      ...{ future: 193_400 + n * 10, spot: 193_410 },
    })),
  );
}

async function fillSessions(sql: Database): Promise<void> {
  const alert = { type: "volume_spike", symbol: "FPT", message: "a", message_vi: "b" };
  const data = { inputs: { volume: 5 }, threshold: { times: 3 }, explanation: 'a "quoted", text' };
  const alerts = ["2026-07-30", "2026-08-03"].flatMap((trading_date) =>
    [1, 2, 3].map((n) => ({
      ...{ ...alert, trading_date, n, id: `${trading_date}-${n}`, data: sql.json(data) },
      ts: new Date(vnInstantMs(trading_date, 33_300 + n)),
      severity: n === 2 ? "critical" : "warning",
      ...(n === 3 ? { type: "price_breakout" } : {}),
    }))
  );
  await insert(sql, "alerts", alerts);
  await insert(sql, "sessions", [{
    ...{ trading_date: "2026-07-30", archived_at: new Date("2026-07-30T15:05:00+07:00") },
    ...{ counted_vol: 450_000, missing_vol: 1_000, duplicates: 3, conflicts: 0, stalls: null },
    ...{ reconnects: 2, state_hash: "abc", certificate: sql.json({ ...CERTIFICATE }) },
  }]);
}

const CERTIFICATE: SessionCertificate = {
  trading_date: "2026-07-30",
  archived_at: "2026-07-30T15:05:00.000+07:00",
  boards: {
    HOSE: { trades: 4_500, volume: 451_000, value: 45_000_000_000 },
    ...Object.fromEntries(
      ["HNX", "UPCOM", "DERIVATIVES"].map((board) => [board, { trades: 0, volume: 0, value: 0 }]),
    ),
  },
  indices: { VN30: { close: 1_929, change: 9 } },
  alerts: {
    ...{ foreign_acceleration: 0, basis_divergence: 0, volume_spike: 2, price_breakout: 1 },
    session_event: 0,
  },
  quality: { counted_volume: 450_000, missing_volume: 1_000, messages: {}, phase_drifts: [] },
};

function at(time: string): { ts: Date } {
  return { ts: new Date(`2026-08-03T${time}+07:00`) };
}

async function insert(
  sql: Database,
  table: string,
  rows: readonly Readonly<Record<string, unknown>>[],
): Promise<void> {
  for (const row of rows) await sql`INSERT INTO ${sql(table)} ${sql(row as Record<string, never>)}`;
}

/** Days have partitions of their own where the store has set them up. */
async function partition(sql: Database, date: string): Promise<void> {
  for (const table of ["trades", "foreign_snapshots", "index_snapshots", "basis_points"]) {
    const name = `${table}_${date.replaceAll("-", "")}`;
    await sql.unsafe(
      `CREATE TABLE ${name} PARTITION OF ${table}
       FOR VALUES FROM ('${date}') TO ('${date}'::date + 1)`,
    );
  }
}
