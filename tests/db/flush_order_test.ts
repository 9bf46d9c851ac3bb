import assert from "node:assert/strict";
import { vnInstantMs } from "../../core/market/time.ts";
import type { ForeignRow, IndexRow, StoreRows } from "../../core/port/store.ts";
import { FOREIGN_SLOT_MS, INDEX_SLOT_MS } from "../../db/codes.ts";
import { flushBatch } from "../../db/flush.ts";
import type { Pool } from "../../db/pool.ts";
import { drawUnit } from "../../core/exchange/rng.ts";
import { databaseTest } from "../support/postgres.ts";
import { batchOf, DATE } from "./support/batches.ts";
import { type MarketDay, marketDay, type TableRow } from "./support/market_day.ts";
import { testLog, withTables } from "./support/pools.ts";
import { emptyTables, rowsOf } from "./support/tables.ts";

const DAYS = 8;
const REPEATED = 0.3;

/** All rows at least once, in any order and in batches of any size. */
function scatter(sent: readonly TableRow[], draw: () => number): TableRow[][] {
  const shuffled = [...sent, ...sent.filter(() => draw() < REPEATED)]
    .map((row) => ({ row, at: draw() })).sort((a, b) => a.at - b.at).map(({ row }) => row);
  const batches: TableRow[][] = [];
  while (shuffled.length > 0) batches.push(shuffled.splice(0, 1 + Math.floor(400 * draw())));
  return batches;
}

async function write(pool: Pool, rows: readonly TableRow[]): Promise<void> {
  const tables: Record<string, unknown[]> = {};
  for (const [table, row] of rows) (tables[table] ??= []).push(row);
  const options = { source: "live", deadlineMs: 10_000, log: testLog() } as const;
  const { refused } = await flushBatch(pool, batchOf(tables as Partial<StoreRows>), options);
  assert.equal(refused.size, 0);
}

/** The newest row of each slot, by time and then by volume. */
function newest<Row extends ForeignRow | IndexRow>(
  rows: readonly Row[],
  slotMs: number,
  keyOf: (row: Row) => string,
  volumeOf: (row: Row) => number,
): Map<string, Row> {
  const slots = new Map<string, Row>();
  for (const row of rows) {
    const key = `${keyOf(row)} ${Math.floor(row.exchangeMs / slotMs) * slotMs}`;
    const held = slots.get(key);
    const age = held === undefined
      ? 1
      : row.exchangeMs - held.exchangeMs || volumeOf(row) - volumeOf(held);
    if (age > 0) slots.set(key, row);
  }
  return slots;
}

const msOf = (value: unknown) => (value as Date).getTime();

/** The tables say what the engine's own state says. */
async function compare(pool: Pool, day: MarketDay, about: string): Promise<void> {
  const midnightMs = vnInstantMs(DATE, 0);
  const candles = (await rowsOf(pool, "candles_1m")).map((row) => ({
    ...{ symbol: row.symbol, minute: (msOf(row.ts) - midnightMs) / 60_000, openE2: row.o },
    ...{
      highE2: row.h,
      lowE2: row.l,
      closeE2: row.c,
      buy: row.buy,
      sell: row.sell,
      none: row.none,
    },
    ...{ valueVnd: row.value, fromVolume: row.tv0, toVolume: row.tv1 },
  }));
  assert.deepEqual(candles, day.candles, about);
  const indexCandles = (await rowsOf(pool, "index_candles_1m")).map((row) => ({
    ...{ code: row.code, minuteMs: msOf(row.ts), openE2: row.o, highE2: row.h, lowE2: row.l },
    ...{ closeE2: row.c, openMs: msOf(row.open_at), openVolume: row.open_vol },
    ...{ closeMs: msOf(row.close_at), closeVolume: row.close_vol },
  }));
  assert.deepEqual(indexCandles, day.indexCandles, about);
  const foreign = (await rowsOf(pool, "foreign_snapshots")).map((row) => [
    `${row.symbol} ${msOf(row.slot)}`,
    {
      ...{ symbol: row.symbol, exchangeMs: msOf(row.ts), buyVolume: row.buy_vol },
      ...{ sellVolume: row.sell_vol, buyValueVnd: row.buy_val, sellValueVnd: row.sell_val },
      ...{ currentRoom: row.room, totalRoom: row.total_room },
    },
  ]);
  const flow = (row: ForeignRow) => row.buyVolume + row.sellVolume;
  const slots = newest(day.foreign, FOREIGN_SLOT_MS, (row) => row.symbol, flow);
  assert.deepEqual(Object.fromEntries(foreign), Object.fromEntries(slots), about);
  const indices = (await rowsOf(pool, "index_snapshots")).map((row) => [
    `${row.code} ${msOf(row.slot)}`,
    {
      ...{ code: row.code, exchangeMs: msOf(row.ts), valueE2: row.value, referenceE2: row.ref },
      ...{ volume: row.total_vol, valueVnd: row.total_val, advances: row.adv },
      ...{ noChanges: row.unch, declines: row.dec, ceilings: row.ceil, floors: row.floor },
    },
  ]);
  const boards = newest(day.indices, INDEX_SLOT_MS, (row) => row.code, (row) => row.volume);
  assert.deepEqual(Object.fromEntries(indices), Object.fromEntries(boards), about);
  const trades = new Set(
    day.sent.flatMap(([table, row]) =>
      table === "trades" ? [`${row.symbol} ${row.totalVolume} ${row.volume} ${row.priceE2}`] : []
    ),
  );
  const stored = (await rowsOf(pool, "trades")).map((row) =>
    `${row.symbol} ${row.total_vol} ${row.volume} ${row.price}`
  );
  assert.deepEqual(new Set(stored), trades, about);
  assert.equal(stored.length, trades.size, about);
}

databaseTest(
  "Any order, repeat and split of the rows of a day leaves what the engine itself holds",
  ({ address }) =>
    withTables(address, async (pool) => {
      const seed = Date.now() % 1_000_000;
      for (let n = 0; n < DAYS; n++) {
        let draws = 0;
        const draw = () => drawUnit(seed + n, 0, draws++);
        const day = marketDay(draw);
        const batches = scatter(day.sent, draw);
        assert.ok(batches.length > 1);
        for (const batch of batches) await write(pool, batch);
        await compare(pool, day, `seed ${seed + n}`);
        await emptyTables(pool);
      }
    }),
);
