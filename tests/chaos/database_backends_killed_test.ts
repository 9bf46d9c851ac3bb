import assert from "node:assert/strict";
import { drawUnit } from "../../core/exchange/rng.ts";
import { DatabaseError } from "../../db/database_error.ts";
import type { Pool } from "../../db/pool.ts";
import { withPool } from "../db/support/pools.ts";
import { databaseTest } from "../support/postgres.ts";

/** On each of two servers: 20 s of it. */
const STORM_MS = 20_000;
/** Longest time in which each piece of work has its answer, good or bad. */
const DEADLINE_MS = 2_000;
/** Beside the deadline itself: the machine is busy. */
const TIMER_SLACK_MS = 1_500;
const ASKERS = 8;

interface Outcome {
  answered: number;
  failed: number;
  longestMs: number;
}

/** Asks until told to stop. */
async function ask(pool: Pool, outcome: Outcome, until: AbortSignal): Promise<void> {
  while (!until.aborted) {
    const sinceMs = performance.now();
    try {
      const [row] = await pool.run((sql) => sql`SELECT 7 AS n, pg_sleep(0.002)`, DEADLINE_MS);
      assert.equal(row!.n, 7);
      outcome.answered++;
    } catch (error) {
      if (!(error instanceof DatabaseError)) throw error;
      outcome.failed++;
    }
    outcome.longestMs = Math.max(outcome.longestMs, performance.now() - sinceMs);
  }
}

/** Ends backends of the pool, all or one by chance, every 20 to 100 ms; returns how many. */
async function storm(killer: Pool, draw: () => number): Promise<number> {
  const endMs = performance.now() + STORM_MS;
  let killed = 0;
  while (performance.now() < endMs) {
    const limit = draw() < 0.3 ? 100 : 1;
    const pauseS = 0.02 + 0.08 * draw();
    const [row] = await killer.run((sql) =>
      sql`SELECT count(pg_terminate_backend(pid)) AS killed, pg_sleep(${pauseS}) FROM (
        SELECT pid FROM pg_stat_activity WHERE application_name = 'vnstock storm' LIMIT ${limit}) p`
    );
    killed += row!.killed;
  }
  return killed;
}

databaseTest(
  "A pool whose backends are killed every 20 to 100 ms answers each call in time and lives on",
  async ({ address }) => {
    const seed = Date.now() % 1_000_000;
    let draws = 0;
    const draw = () => drawUnit(seed, 0, draws++);
    const outcome: Outcome = { answered: 0, failed: 0, longestMs: 0 };
    const over = new AbortController();
    await withPool(address, { name: "vnstock killer", max: 1 }, async (killer) => {
      await withPool(address, { name: "vnstock storm", max: 4 }, async (pool) => {
        const asking = Array.from({ length: ASKERS }, () => ask(pool, outcome, over.signal));
        const killed = await storm(killer, draw);
        over.abort();
        await Promise.all(asking);
        const about = `seed ${seed}: ${JSON.stringify({ killed, ...outcome, ...pool.counters })}`;
        assert.ok(killed > 50, about);
        assert.ok(outcome.failed > 0 && outcome.answered > 1_000, about);
        // One statement is lost with each connection, and none is left hanging.
        assert.ok(outcome.failed <= killed, about);
        assert.equal(pool.counters.failures.deadline, 0, about);
        assert.ok(outcome.longestMs < DEADLINE_MS + TIMER_SLACK_MS, about);
        const [row] = await pool.read((sql) => sql`SELECT 1 AS n`, DEADLINE_MS);
        assert.equal(row!.n, 1);
        assert.equal(pool.counters.inFlight, 0);
        assert.equal(pool.counters.waiting, 0);
      });
    });
  },
);
