import assert from "node:assert/strict";
import type { StoreBatch, StoreRows } from "../../core/port/store.ts";
import { DatabaseError } from "../../db/database_error.ts";
import { flushBatch, STATEMENT_ROWS_MAX } from "../../db/flush.ts";
import type { Pool } from "../../db/pool.ts";
import { readProgress, rewindProgress } from "../../db/progress.ts";
import { databaseTest } from "../support/postgres.ts";
import { AT_MS, batchOf, DATE, ONE_OF_EACH } from "./support/batches.ts";
import { testLog, withTables } from "./support/pools.ts";
import { allRows, rowsOf } from "./support/tables.ts";

const lines: string[] = [];
const flush = (pool: Pool, batch: StoreBatch) =>
  flushBatch(pool, batch, { source: "live", deadlineMs: 5_000, log: testLog(lines) });

const TRADE = ONE_OF_EACH.trades[0]!;
const CANDLE = ONE_OF_EACH.candles[0]!;
const ALERT = ONE_OF_EACH.alerts[0]!;

/** What `ONE_OF_EACH` is in the tables. */
const AT = new Date(AT_MS);
const MINUTE = new Date(AT_MS - 7_000);
const SESSION = ONE_OF_EACH.sessions[0]!;
const STORED = {
  trades: [{
    ...{ ts: AT, total_vol: 9_007_199_254_740_991, volume: 3_000_000_000, price: 10_050_000 },
    ...{ trading_date: DATE, side: 1, method: 2, reason: 2, phase: 2, flags: 1 | 4, symbol: "FPT" },
  }],
  candles_1m: [{
    ...{ ts: MINUTE, tv0: 5_000, tv1: 5_600, buy: 100, sell: 200, none: 300, value: 4_000 },
    ...{ o: 11, h: 14, l: 10, c: 12, source: 0, symbol: "FPT" },
  }],
  index_candles_1m: [{
    ...{ ts: MINUTE, open_at: AT, close_at: new Date(AT_MS + 9_000), open_vol: 31, close_vol: 32 },
    ...{ o: 21, h: 24, l: 20, c: 22, source: 0, code: "VN30" },
  }],
  foreign_snapshots: [{
    ...{ slot: MINUTE, ts: AT, buy_vol: 41, sell_vol: 42, buy_val: 43, sell_val: 44, room: null },
    ...{ total_room: 45, trading_date: DATE, symbol: "FPT" },
  }],
  index_snapshots: [{
    ...{ slot: new Date(AT_MS - 2_000), ts: AT, total_vol: 53, total_val: 54, value: 51, ref: 52 },
    ...{ adv: 55, unch: 56, dec: 57, ceil: 58, floor: 59, trading_date: DATE, code: "VN30" },
  }],
  basis_points: [
    { ts: AT, future: 61, spot: 64, basis: -3, trading_date: DATE, symbol: "VN30F2612" },
  ],
  alerts: [{
    ...{ ts: AT, n: 7, trading_date: DATE, id: `${DATE}-7`, type: "volume_spike" },
    ...{ severity: "warning", symbol: "FPT", message: "up", message_vi: "tăng", data: ALERT.data },
  }],
  instruments: [{
    ...{ symbol: "FPT", exchange: "HOSE", name_vi: "Công ty", name_en: "Company" },
    ...{ listed_shares: 71, first_date: DATE, last_date: DATE },
  }],
  daily_prices: [{
    ...{ symbol: "FPT", trading_date: DATE, ref: 80, ceil: 81, floor: 82, o: 83, h: 84, l: 85 },
    ...{ c: 86, avg: 87, volume: 88, value: 89, pt_vol: 90, pt_val: 91, foreign_buy_vol: 92 },
    ...{ foreign_sell_vol: 93, foreign_buy_val: 94, foreign_sell_val: 95, foreign_room: 96 },
    ...{ active_buy_vol: 97, active_sell_vol: 98, source: 0 },
  }],
  daily_indices: [{
    ...{ code: "VN30", trading_date: DATE, ref: 101, o: 102, h: 103, l: 104, c: 105, volume: 106 },
    ...{ value: 107, pt_vol: 108, pt_val: 109, adv: 110, unch: 111, dec: 112, source: 0 },
  }],
  sessions: [{
    ...{ trading_date: DATE, archived_at: AT, certificate: SESSION.certificate, counted_vol: 121 },
    ...{ missing_vol: 122, duplicates: 123, conflicts: 124, stalls: 1, reconnects: 2 },
    state_hash: "4f",
  }],
};

databaseTest(
  "Every column of every table comes back as it was written, also when it is written again",
  ({ address }) =>
    withTables(address, async (pool) => {
      for (const round of [1, 2]) {
        const { stored, refused } = await flush(pool, batchOf(ONE_OF_EACH));
        assert.equal(stored.size, Object.keys(ONE_OF_EACH).length);
        assert.equal(refused.size, 0);
        assert.deepEqual(await allRows(pool), STORED, `round ${round}`);
      }
    }),
);

databaseTest(
  "Texts may hold anything that a literal could stumble over",
  ({ address }) =>
    withTables(address, async (pool) => {
      const texts = [
        'a "b"',
        "{1,2}",
        "c:\\d\\",
        "NULL",
        "",
        " ",
        "x,y",
        "'; DROP TABLE alerts; --",
        "ậ\n\t€",
      ];
      const alerts = texts.map((text, i) => ({
        ...ALERT,
        ...{ id: `${DATE}-${i}`, n: i, symbol: text, message: text, message_vi: text },
        data: { inputs: { [text]: text }, threshold: {}, explanation: text },
      }));
      const instruments = texts.map((text, i) => ({
        ...{ symbol: `S${i}`, exchange: null, nameVi: text, nameEn: null, listedShares: null },
      }));
      const { refused } = await flush(pool, batchOf({ alerts, instruments }));
      assert.equal(refused.size, 0);
      const stored = await rowsOf(pool, "alerts");
      assert.deepEqual(stored.map(({ message }) => message), texts);
      assert.deepEqual(stored.map(({ data }) => data), alerts.map(({ data }) => data));
      assert.deepEqual((await rowsOf(pool, "instruments")).map((row) => row.name_vi), texts);
    }),
);

databaseTest(
  "A row that no database takes is refused alone, counted and told",
  ({ address }) =>
    withTables(address, async (pool) => {
      const good = Array.from({ length: 50 }, (_, i) => ({ ...TRADE, totalVolume: i + 1 }));
      const trades = [...good];
      trades.splice(17, 0, { ...TRADE, totalVolume: 900, priceE2: 3_000_000_000 });
      trades.splice(33, 0, { ...TRADE, totalVolume: 901, symbol: 'A","B' });
      trades.splice(34, 0, { ...TRADE, totalVolume: 902, symbol: "NULL" });
      trades.splice(40, 0, { ...TRADE, totalVolume: 903.5 });
      trades.push({ ...TRADE, totalVolume: NaN }, {
        ...TRADE,
        totalVolume: 904,
        side: "up" as "buy",
      });
      const alerts = [ALERT, { ...ALERT, id: "other", n: 8, message: "nul \0" }];
      lines.length = 0;
      const to = { segment: 1, offset: 10 };
      const { stored, refused } = await flush(pool, batchOf({ trades, alerts }, { to }));
      assert.deepEqual([...refused], [["trades", 6], ["alerts", 1]]);
      assert.deepEqual([...stored], [["trades", 50], ["alerts", 1]]);
      assert.deepEqual(
        (await rowsOf(pool, "trades")).map((row) => row.total_vol),
        good.map((row) => row.totalVolume),
      );
      assert.equal((await rowsOf(pool, "alerts")).length, 1);
      // The log holds repeats of an error back.
      assert.equal(lines.filter((line) => line.includes("database_row_refused")).length, 1);
      assert.deepEqual(await readProgress(pool), new Map([[DATE, to]]));
    }),
);

databaseTest(
  "A batch of more rows than a statement takes is stored whole",
  ({ address }) =>
    withTables(address, async (pool) => {
      for (const count of [STATEMENT_ROWS_MAX - 1, STATEMENT_ROWS_MAX, STATEMENT_ROWS_MAX + 1]) {
        const trades = Array.from({ length: count }, (_, i) => {
          return { ...TRADE, symbol: `N${count}`, totalVolume: i + 1 };
        });
        const before = pool.counters.queries;
        await flush(pool, batchOf({ trades }));
        assert.equal(pool.counters.queries - before, count > STATEMENT_ROWS_MAX ? 2 : 1);
      }
      assert.equal((await rowsOf(pool, "trades")).length, 3 * STATEMENT_ROWS_MAX);
    }),
);

databaseTest(
  "A batch removes the void trades and candles of its day before it writes its own",
  ({ address }) =>
    withTables(address, async (pool) => {
      const rows = (totalVolume: number): Partial<StoreRows> => ({
        trades: [TRADE, { ...TRADE, symbol: "VNM" }].map((trade) => ({ ...trade, totalVolume })),
        candles: [CANDLE, { ...CANDLE, symbol: "VNM" }].map((candle) => ({
          ...candle,
          minute: totalVolume,
        })),
      });
      await flush(pool, batchOf(rows(1), { tradingDate: "2026-11-24" }));
      await flush(pool, batchOf(rows(1)));
      await flush(pool, batchOf(rows(2), { voided: ["FPT", "HPG"] }));
      assert.deepEqual(
        (await rowsOf(pool, "trades")).map((row) =>
          `${row.trading_date} ${row.symbol} ${row.total_vol}`
        ),
        [
          "2026-11-24 FPT 1",
          "2026-11-24 VNM 1",
          "2026-11-25 FPT 2",
          "2026-11-25 VNM 1",
          "2026-11-25 VNM 2",
        ],
      );
      const candles = await rowsOf(pool, "candles_1m");
      assert.deepEqual(candles.map((row) => `${row.symbol} ${(row.ts as Date).toISOString()}`), [
        "FPT 2026-11-23T17:01:00.000Z",
        "FPT 2026-11-24T17:02:00.000Z",
        "VNM 2026-11-23T17:01:00.000Z",
        "VNM 2026-11-24T17:01:00.000Z",
        "VNM 2026-11-24T17:02:00.000Z",
      ]);
    }),
);

databaseTest(
  "Progress comes with the last statement and goes back only when it is taken back",
  ({ address }) =>
    withTables(address, async (pool) => {
      const place = async () => (await readProgress(pool)).get(DATE);
      const saved: [number, number][] = [[1, 900], [1, 899], [0, 5_000], [2, 3], [2, 2]];
      const held: [number, number][] = [[1, 900], [1, 900], [1, 900], [2, 3], [2, 3]];
      for (const [i, [segment, offset]] of saved.entries()) {
        await flush(pool, batchOf({}, { to: { segment, offset } }));
        assert.deepEqual(await place(), { segment: held[i]![0], offset: held[i]![1] });
      }
      await rewindProgress(pool, DATE, { segment: 1, offset: 7 });
      assert.deepEqual(await place(), { segment: 1, offset: 7 });

      await pool.run((sql) => sql`DROP TABLE sessions`);
      const broken = batchOf(ONE_OF_EACH, { to: { segment: 9, offset: 9 } });
      await assert.rejects(
        flush(pool, broken),
        (error) => error instanceof DatabaseError && error.code === "42P01",
      );
      assert.deepEqual(await place(), { segment: 1, offset: 7 });
    }),
);
