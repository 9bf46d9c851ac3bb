import assert from "node:assert/strict";
import type { Database } from "../../db/client.ts";
import { partitionsOf, storedDates } from "../../db/day_partitions.ts";
import { packDate } from "../../db/pack.ts";
import { type PruneOptions, pruneStore, retentionStatements } from "../../db/prune.ts";
import { ONE_TRADE } from "./support/archived_trades.ts";
import { insertTrades, makePartition, storeTest } from "./support/trade_store.ts";

const TODAY = "2026-11-20";
const OLD = "2026-11-09";
const OLDEST_KEPT = "2026-11-10";
const WEEKS: PruneOptions = {
  retention: { tradesDays: 10, snapshotsDays: 10 },
  today: TODAY,
  isDryRun: false,
};

async function fill(sql: Database): Promise<void> {
  await makePartition(sql, "trades", OLD);
  for (const date of [OLD, OLDEST_KEPT, TODAY]) await insertTrades(sql, date, "ACB", [ONE_TRADE]);
  await insertTrades(sql, "2026-11-06", "ACB", [ONE_TRADE]);
  await insertTrades(sql, "2026-11-05", "ACB", [ONE_TRADE]);
  await packDate(sql, "2026-11-05");
  await sql`INSERT INTO basis_points (ts, future, spot, trading_date, symbol)
    VALUES (now(), 1, 1, ${OLD}, 'A'), (now(), 1, 1, ${OLDEST_KEPT}, 'A')`;
}

/** What is stored of trades, packed trades and snapshots. */
async function held(sql: Database) {
  const packed = await sql`SELECT trading_date FROM trades_arc`;
  return {
    trades: await storedDates(sql, "trades"),
    packed: packed.map((row) => row.trading_date),
    basis: await storedDates(sql, "basis_points"),
  };
}

storeTest(
  "Pruning removes dates past the retention, packed ones too, and tells what they held",
  async (sql) => {
    await fill(sql);
    const before = await held(sql);
    const planned = await pruneStore(sql, { ...WEEKS, isDryRun: true });
    assert.deepEqual(await held(sql), before);
    const pruned = await pruneStore(sql, WEEKS);
    assert.deepEqual(pruned, planned);
    assert.deepEqual(pruned.map(({ table, rows }) => [table, rows]), [
      ["trades_arc", 1],
      ["trades", 2],
      ["foreign_snapshots", 0],
      ["index_snapshots", 0],
      ["basis_points", 1],
    ]);
    for (const { rows, bytes } of pruned) assert.equal(bytes > 0, rows > 0);
    assert.deepEqual(await held(sql), {
      trades: [OLDEST_KEPT, TODAY],
      packed: [],
      basis: [OLDEST_KEPT],
    });
    assert.deepEqual((await partitionsOf(sql, "trades")).map(({ date }) => date), [null]);
  },
);

storeTest("Pruning with a retention of 0 days removes nothing", async (sql) => {
  await fill(sql);
  const before = await held(sql);
  const retention = { tradesDays: 0, snapshotsDays: 0 };
  assert.deepEqual(await pruneStore(sql, { ...WEEKS, retention }), []);
  assert.deepEqual(await held(sql), before);
});

storeTest(
  "Pruning gives up while a reader holds the table, and the rows stay",
  async (sql, open) => {
    await fill(sql);
    const reader = open();
    await reader`SELECT 1`;
    await reader.begin(async (tx) => {
      await tx`SELECT count(*) FROM trades`;
      await assert.rejects(pruneStore(sql, WEEKS), { code: "55P03" });
    });
    assert.ok((await storedDates(sql, "trades")).includes(OLD));
    await pruneStore(sql, WEEKS);
    assert.ok(!(await storedDates(sql, "trades")).includes(OLD));
  },
);

Deno.test("Pruning leaves TimescaleDB a policy for each table with a retention, and no other", () => {
  const statements = retentionStatements({ tradesDays: 0, snapshotsDays: 30 });
  const tablesOf = (start: string) =>
    statements.filter((text) => text.startsWith(`SELECT ${start}('`)).map((text) =>
      /'(\w+)'/.exec(text)![1]
    );
  const snapshots = ["foreign_snapshots", "index_snapshots", "basis_points"];
  assert.deepEqual(tablesOf("remove_retention_policy"), ["trades", ...snapshots]);
  assert.deepEqual(tablesOf("add_retention_policy"), snapshots);
  // Of a policy that is as wanted nothing is removed.
  assert.deepEqual(
    statements.filter((text) => text.includes("<> '30 days'")).length,
    snapshots.length,
  );
});
