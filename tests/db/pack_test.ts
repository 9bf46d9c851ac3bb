import assert from "node:assert/strict";
import fc from "fast-check";
import type { ArchivedTrade } from "../../db/archive_codec.ts";
import { readDayTrades, readPackedTrades, readPlainTrades } from "../../db/day_trades.ts";
import { datesToPack, HOT_DATES, packDate } from "../../db/pack.ts";
import { NO_ROWS } from "../../core/tasks/store_rows.ts";
import { flushBatch } from "../../db/flush.ts";
import { partitionsOf, storedDates } from "../../db/day_partitions.ts";
import type { Database } from "../../db/client.ts";
import { archivedTrades, ONE_TRADE } from "./support/archived_trades.ts";
import { testLog, withPool } from "./support/pools.ts";
import { insertTrades, makePartition, storeTest } from "./support/trade_store.ts";

const DATE = "2026-11-20";
const PROGRAM = new URL("./support/pack_program.ts", import.meta.url).pathname;

/** Some trades of two symbols, the same at each call. */
function drawnTrades(): Record<string, ArchivedTrade[]> {
  const [acb, fpt] = fc.sample(archivedTrades.filter(({ length }) => length > 50), {
    seed: 7,
    numRuns: 2,
  });
  return { ACB: acb!, FPT: fpt! };
}

async function insertAll(sql: Database, trades: Record<string, ArchivedTrade[]>): Promise<void> {
  for (const [symbol, some] of Object.entries(trades)) await insertTrades(sql, DATE, symbol, some);
}

/** Where the trades of the date are: in plain rows, and packed. */
async function places(sql: Database) {
  const [row] = await sql<{ plain: number; packed: number }[]>`
    SELECT (SELECT count(*) FROM trades WHERE trading_date = ${DATE}) AS plain,
      (SELECT coalesce(sum(n), 0)::bigint FROM trades_arc WHERE trading_date = ${DATE}) AS packed`;
  return row;
}

/** Resolves when a connection waits for a lock. */
async function someoneWaits(sql: Database): Promise<void> {
  for (let waits = false; !waits;) {
    const rows = await sql`
      SELECT pid FROM pg_locks WHERE NOT granted AND relation = 'trades'::regclass`;
    waits = rows.length > 0;
  }
}

for (const where of ["its own partition", "the partition of all other dates"]) {
  storeTest(`Packing: a date in ${where} is read as before, without its rows`, async (sql) => {
    if (where === "its own partition") await makePartition(sql, "trades", DATE);
    const trades = drawnTrades();
    await insertAll(sql, trades);
    const all = Object.values(trades).flat().length;
    assert.deepEqual(await places(sql), { plain: all, packed: 0 });
    const { symbols, trades: packed } = await packDate(sql, DATE);
    assert.deepEqual({ symbols, packed }, { symbols: 2, packed: all });
    assert.deepEqual(await places(sql), { plain: 0, packed: all });
    assert.deepEqual((await partitionsOf(sql, "trades")).map(({ date }) => date), [null]);
    for (const [symbol, some] of Object.entries(trades)) {
      assert.deepEqual(await readDayTrades(sql, symbol, DATE), some);
    }
  });
}

storeTest(
  "Packing: rows that come after it are read with the packed ones, and join them",
  async (sql) => {
    const { ACB } = drawnTrades();
    const late = ACB!.splice(10, 3);
    await insertTrades(sql, DATE, "ACB", ACB!);
    await packDate(sql, DATE);
    // A replay of the day brings all of its trades again, and those that had been missing.
    const whole = [...ACB!, ...late].sort((a, b) => a.totalVolume - b.totalVolume);
    await insertTrades(sql, DATE, "ACB", whole.map((trade) => ({ ...trade, late: !trade.late })));
    const merged = whole.map((trade) =>
      late.includes(trade) ? { ...trade, late: !trade.late } : trade
    );
    assert.deepEqual(await readDayTrades(sql, "ACB", DATE), merged);
    await packDate(sql, DATE);
    assert.deepEqual(await places(sql), { plain: 0, packed: whole.length });
    assert.deepEqual(await readPackedTrades(sql, "ACB", DATE), merged);
  },
);

storeTest(
  "Packing: killed right before its end it leaves everything as it was",
  async (sql, open, address) => {
    await makePartition(sql, "trades", DATE);
    const trades = drawnTrades();
    await insertAll(sql, trades);
    const all = Object.values(trades).flat().length;
    const reader = open();
    await reader`SELECT 1`;
    await reader.begin(async (tx) => {
      await tx`SELECT count(*) FROM trades`;
      const packing = new Deno.Command(Deno.execPath(), {
        args: ["run", "--frozen", "-A", PROGRAM, JSON.stringify(address), DATE],
      }).spawn();
      await someoneWaits(sql);
      packing.kill("SIGKILL");
      assert.equal((await packing.status).signal, "SIGKILL");
    });
    assert.deepEqual(await places(sql), { plain: all, packed: 0 });
    await packDate(sql, DATE);
    assert.deepEqual(await places(sql), { plain: 0, packed: all });
  },
);

storeTest("Packing: a row that comes meanwhile is packed too", async (sql, open) => {
  await makePartition(sql, "trades", DATE);
  await insertTrades(sql, DATE, "ACB", [ONE_TRADE]);
  const writer = open();
  await writer`SELECT 1`;
  const second = { ...ONE_TRADE, totalVolume: ONE_TRADE.totalVolume + ONE_TRADE.volume };
  let packing: Promise<unknown> = Promise.resolve();
  await writer.begin(async (tx) => {
    await insertTrades(tx as unknown as Database, DATE, "ACB", [second]);
    packing = packDate(open(), DATE);
    await someoneWaits(sql);
  });
  await packing;
  assert.deepEqual(await readPackedTrades(sql, "ACB", DATE), [ONE_TRADE, second]);
  assert.deepEqual(await readPlainTrades(sql, "ACB", DATE), []);
});

storeTest("Packing: two at once pack a date once", async (sql, open) => {
  await makePartition(sql, "trades", DATE);
  const trades = drawnTrades();
  await insertAll(sql, trades);
  await Promise.all([packDate(open(), DATE), packDate(open(), DATE)]);
  assert.deepEqual(await places(sql), { plain: 0, packed: Object.values(trades).flat().length });
});

storeTest("Packing: the newest dates stay plain", async (sql) => {
  const dates = [
    "2026-11-12",
    "2026-11-13",
    "2026-11-16",
    "2026-11-17",
    "2026-11-18",
    "2026-11-19",
  ];
  for (const date of [...dates, DATE]) await insertTrades(sql, date, "ACB", [ONE_TRADE]);
  await makePartition(sql, "trades", "2026-11-21");
  assert.equal((await storedDates(sql, "trades")).length, 7);
  assert.deepEqual(await datesToPack(sql), dates.slice(0, 7 - HOT_DATES));
});

storeTest("Packing: trades that are void are void packed too", async (sql, _open, address) => {
  await insertTrades(sql, DATE, "ACB", [ONE_TRADE]);
  await insertTrades(sql, DATE, "FPT", [ONE_TRADE]);
  await packDate(sql, DATE);
  await withPool(address, {}, async (pool) => {
    const batch = { tradingDate: DATE, rows: NO_ROWS, voided: ["ACB"], from: null, to: null };
    await flushBatch(pool, batch, { source: "live", deadlineMs: 10_000, log: testLog() });
  });
  assert.deepEqual(await readDayTrades(sql, "ACB", DATE), []);
  assert.deepEqual(await readDayTrades(sql, "FPT", DATE), [ONE_TRADE]);
});
