import assert from "node:assert/strict";
import type { DailyPriceRow, StoreBatch, StoreRows } from "../../core/port/store.ts";
import { flushBatch } from "../../db/flush.ts";
import type { Pool } from "../../db/pool.ts";
import { databaseTest } from "../support/postgres.ts";
import { AT_MS, batchOf, DATE, ONE_OF_EACH } from "./support/batches.ts";
import { testLog, withTables } from "./support/pools.ts";
import { emptyTables, rowsOf } from "./support/tables.ts";

type Source = "live" | "backfill";
type Step = readonly [Source, StoreBatch];

/** Writes steps in every order, each time into empty tables, and gives what a table then holds. */
async function inEveryOrder(
  pool: Pool,
  steps: readonly Step[],
  table: string,
): Promise<Record<string, unknown>[][]> {
  const results = [];
  for (const order of permutations(steps)) {
    await emptyTables(pool);
    for (const [source, batch] of order) {
      await flushBatch(pool, batch, { source, deadlineMs: 5_000, log: testLog() });
    }
    results.push(await rowsOf(pool, table));
  }
  return results;
}

function permutations<T>(items: readonly T[]): T[][] {
  if (items.length < 2) return [[...items]];
  return items.flatMap((item, i) =>
    permutations(items.toSpliced(i, 1)).map((rest) => [item, ...rest])
  );
}

const step = (source: Source, rows: Partial<StoreRows>, tradingDate = DATE): Step => [
  source,
  batchOf(rows, { tradingDate }),
];

databaseTest(
  "A day of REST wins where it tells something, what was counted fills the rest, in any order",
  ({ address }) =>
    withTables(address, async (pool) => {
      const counted: DailyPriceRow = {
        ...ONE_OF_EACH.dailyPrices[0]!,
        ...{ closeE2: 1, averageE2: 2, volume: 3, valueVnd: 4, foreignRoom: 5 },
        ...{ putThroughVolume: null, putThroughValueVnd: null, activeBuyVolume: 6 },
        activeSellVolume: 7,
      };
      const told: DailyPriceRow = {
        ...counted,
        ...{ closeE2: 11, averageE2: null, volume: 13, valueVnd: 14, foreignRoom: null },
        ...{ putThroughVolume: 15, putThroughValueVnd: 16, activeBuyVolume: null },
        activeSellVolume: null,
      };
      const index = ONE_OF_EACH.dailyIndices[0]!;
      const steps = [
        step("live", { dailyPrices: [counted], dailyIndices: [{ ...index, closeE2: 1 }] }),
        step("live", { dailyPrices: [counted] }),
        step("backfill", {
          dailyPrices: [told],
          dailyIndices: [{ ...index, closeE2: 11, advances: null }],
        }),
      ];
      for (const [row] of await inEveryOrder(pool, steps, "daily_prices")) {
        const { c, avg, volume, value, foreign_room, pt_vol, pt_val } = row!;
        assert.deepEqual(
          { c, avg, volume, value, foreign_room, pt_vol, pt_val },
          { c: 11, avg: 2, volume: 13, value: 14, foreign_room: 5, pt_vol: 15, pt_val: 16 },
        );
        const { active_buy_vol, active_sell_vol, source } = row!;
        assert.deepEqual([active_buy_vol, active_sell_vol, source], [6, 7, 1]);
      }
      for (const [row] of await inEveryOrder(pool, steps, "daily_indices")) {
        assert.deepEqual([row!.c, row!.adv, row!.source], [11, index.advances, 1]);
      }
    }),
);

databaseTest(
  "What is known of a security is not forgotten, and the newest day knows better",
  ({ address }) =>
    withTables(address, async (pool) => {
      const known = {
        symbol: "FPT",
        exchange: null,
        nameVi: null,
        nameEn: null,
        listedShares: null,
      };
      const steps = [
        step("live", { instruments: [{ ...known, nameVi: "old", nameEn: "Old" }] }, "2026-11-23"),
        step("live", { instruments: [{ ...known, exchange: "HNX" }] }, "2026-11-24"),
        step("live", {
          instruments: [{ ...known, exchange: "HOSE", nameVi: "new", listedShares: 9 }],
        }, DATE),
      ];
      for (const rows of await inEveryOrder(pool, steps, "instruments")) {
        assert.deepEqual(rows, [{
          ...{ symbol: "FPT", exchange: "HOSE", name_vi: "new", name_en: "Old", listed_shares: 9 },
          ...{ first_date: "2026-11-23", last_date: DATE },
        }]);
      }
    }),
);

databaseTest(
  "The later archiving is the session, and what the live connection knew stays",
  ({ address }) =>
    withTables(address, async (pool) => {
      const session = ONE_OF_EACH.sessions[0]!;
      const archived = (minute: number, stateHash: string, feed: typeof session.feed) =>
        step("live", {
          sessions: [{ ...session, archivedMs: AT_MS + minute * 60_000, stateHash, feed }],
        });
      const steps = [
        archived(0, "first", { stalls: 1, reconnects: 2 }),
        archived(5, "later", { stalls: 3, reconnects: 4 }),
        archived(5, "later", null),
      ];
      for (const [row] of await inEveryOrder(pool, steps, "sessions")) {
        assert.deepEqual([row!.state_hash, row!.stalls, row!.reconnects], ["later", 3, 4]);
        assert.equal((row!.archived_at as Date).getTime(), AT_MS + 300_000);
      }
    }),
);

databaseTest(
  "A candle that was counted replaces one of REST that holds no more, in any order",
  ({ address }) =>
    withTables(address, async (pool) => {
      const counted = ONE_OF_EACH.candles[0]!;
      const index = ONE_OF_EACH.indexCandles[0]!;
      const steps = [
        step("live", { candles: [counted], indexCandles: [index] }),
        step("backfill", {
          candles: [{ ...counted, highE2: 99, toVolume: 99_999, closeE2: 98 }],
          indexCandles: [{ ...index, highE2: 99, closeVolume: 99_999, closeE2: 98 }],
        }),
      ];
      for (const [row] of await inEveryOrder(pool, steps, "candles_1m")) {
        const { h, c, buy, tv1, source } = row!;
        assert.deepEqual({ h, c, buy, tv1, source }, {
          h: 14,
          c: 12,
          buy: 100,
          tv1: 5_600,
          source: 0,
        });
      }
      for (const [row] of await inEveryOrder(pool, steps, "index_candles_1m")) {
        const { h, c, close_vol, source } = row!;
        assert.deepEqual({ h, c, close_vol, source }, { h: 24, c: 22, close_vol: 32, source: 0 });
      }
    }),
);
