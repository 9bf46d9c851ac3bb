import assert from "node:assert/strict";
import { withFolder } from "../core/feed/support/journals.ts";
import { until } from "../core/sim/support/until.ts";
import { withPool } from "../db/support/pools.ts";
import { startDebianPostgres } from "../support/postgres.ts";
import { goesOn, type IngestChain, withIngestChain } from "./support/ingest_chain.ts";

/** Trades of the market that must be counted while the database does not answer. */
const TRADES_MEANWHILE = 500;

/**
 * The engine goes on until the writer has given up on the database once; then rows come again. That
 * all of them come is looked at when the market stands still.
 */
async function whileHeld({ rig, chain }: IngestChain, release: () => Promise<void>) {
  const { writer } = chain;
  const failures = () => writer.metrics().store_flush_failures_total!;
  const before = failures();
  await goesOn(rig.run.engine, TRADES_MEANWHILE);
  await until(() => failures() > before, "a deadline passes");
  assert.ok(rig.run.store.metrics().store_pending_rows! >= TRADES_MEANWHILE);
  assert.equal(rig.run.store.metrics().store_spilled_rows_total, 0);
  const { store_rows_total: rows } = writer.metrics();
  await release();
  await until(() => writer.metrics().store_rows_total! > rows!, "rows are stored again");
}

Deno.test("A locked table and a frozen server hold rows back, never the engine, and all settles after (F14)", async () => {
  const seed = Date.now() % 1_000_000;
  const server = await startDebianPostgres();
  const address = server.address();
  await withFolder(async (journalDir) => {
    await withIngestChain({ address, seed, journalDir }, async (all) => {
      await until(() => all.chain.writer.metrics().store_rows_total! > 0, "the first rows");
      await withPool(address, { name: "vnstock lock", max: 1 }, async (pool) => {
        await pool.run((sql) => sql.unsafe("BEGIN; LOCK TABLE trades"));
        await whileHeld(all, async () => void await pool.run((sql) => sql.unsafe("COMMIT")));
      });
      await server.pause();
      await whileHeld(all, () => Promise.resolve(server.resume()));
      console.log(`      seed ${seed}: ${JSON.stringify(all.chain.database.counters?.failures)}`);
      assert.ok(all.chain.database.counters!.failures.deadline >= 2);
    });
  });
  await server.close();
});
