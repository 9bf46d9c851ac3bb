import assert from "node:assert/strict";
import { drawUnit } from "../../core/exchange/rng.ts";
import type { Store } from "../../core/port/store.ts";
import { withFolder } from "../core/feed/support/journals.ts";
import { until } from "../core/sim/support/until.ts";
import { startDebianPostgres, startEmbeddedForTests } from "../support/postgres.ts";
import { goesOn, withIngestChain } from "./support/ingest_chain.ts";
import { besides } from "./support/store_chain.ts";
import { drawnMoment } from "./support/moment.ts";

/** On each of two servers: 20 of them. */
const KILLS = 10;
/** Trades of the market that must be counted while the database is dead. */
const TRADES_MEANWHILE = 50;
const SERVERS = { debian: startDebianPostgres, embedded: startEmbeddedForTests };

interface Watched {
  underWay: number;
  failed: number;
}

/** Knows whether a batch is under way, and how many ended badly. */
function watch(target: Store, watched: Watched): Store {
  return besides(target, async (batch) => {
    watched.underWay++;
    try {
      await target.flush(batch);
    } catch (error) {
      watched.failed++;
      throw error;
    } finally {
      watched.underWay--;
    }
  });
}

for (const [kind, startServer] of Object.entries(SERVERS)) {
  Deno.test(`A database killed ${KILLS} times in the middle of a batch has every trade once, and the engine never waits (F12, ${kind})`, async () => {
    const seed = Date.now() % 1_000_000;
    const server = await startServer();
    const watched: Watched = { underWay: 0, failed: 0 };
    const wrap = (target: Store) => watch(target, watched);
    await withFolder(async (journalDir) => {
      const options = { address: server.address(), seed, journalDir, wrap };
      await withIngestChain(options, async ({ rig, chain }) => {
        const { writer } = chain;
        let hit = 0;
        for (let kill = 0; kill < KILLS; kill++) {
          await until(() => chain.isReady, `the store is back, seed ${seed}`);
          const { store_rows_total: rows } = writer.metrics();
          await until(() => writer.metrics().store_rows_total! > rows!, "rows are stored again");
          await until(() => watched.underWay > 0, "a batch is under way");
          const failed = watched.failed;
          await drawnMoment(4 * drawUnit(seed, 0, kill));
          const isMidBatch = watched.underWay > 0;
          await server.kill();
          await until(() => watched.failed > failed, "a batch fails");
          if (isMidBatch) hit++;
          await goesOn(rig.run.engine, TRADES_MEANWHILE);
          await server.restart();
        }
        assert.ok(hit > KILLS / 2, `${hit} kills met a batch, seed ${seed}`);
        assert.equal(rig.run.store.metrics().store_spilled_rows_total, 0);
        console.log(`      ${hit} of ${KILLS} kills met a batch (seed ${seed})`);
      });
    });
    await server.close();
  });
}
