import assert from "node:assert/strict";
import { drawUnit } from "../../core/exchange/rng.ts";
import { withPool } from "../db/support/pools.ts";
import { until } from "../core/feed/support/journals.ts";
import { startEmbeddedForTests } from "../support/postgres.ts";
import { batchesOf, writeUnder } from "./support/store_load.ts";

const KILLS = 20;

Deno.test("A database that is killed 20 times in the middle of a batch holds what an undisturbed one does (F12)", async () => {
  const seed = Date.now() % 1_000_000;
  let draws = 0;
  const draw = () => drawUnit(seed, 0, draws++);
  // What is killed has handed its pages to the system, which stays.
  const server = await startEmbeddedForTests({ settings: { fsync: "off" } });
  try {
    await withPool(server.address(), { max: 2 }, async (pool) => {
      // So many that a fast disk does not take the last of them between a look and its kill.
      const batches = batchesOf(draw, 20, 10);
      await writeUnder(
        { server, pool, batches, deadlineMs: 5_000 },
        async ({ feed, pending, writer }) => {
          feed();
          for (let kill = 1; kill <= KILLS; kill++) {
            const about = `kill ${kill} of seed ${seed}`;
            const before = pending();
            const least = 1 + Math.floor(draw() * 4);
            await until(`batches are stored again, ${about}`, () => pending() <= before - least);
            const failed = pool.counters.failures.unreachable;
            assert.ok(pending() > 0, about);
            await server.kill();
            await until(
              `the writer met it, ${about}`,
              () => pool.counters.failures.unreachable > failed,
            );
            await server.restart();
          }
          assert.ok(writer.metrics().store_flush_failures_total! >= KILLS, `seed ${seed}`);
        },
      );
    });
  } finally {
    await server.close();
  }
});
