import assert from "node:assert/strict";
import { Secret } from "../../core/secret.ts";
import { DatabaseError, type DatabaseErrorKind } from "../../db/database_error.ts";
import { Pool } from "../../db/pool.ts";
import { WAITING_MAX } from "../../db/turns.ts";
import { databaseTest, startEmbeddedForTests } from "../support/postgres.ts";
import { TcpFaultProxy } from "../support/tcp_fault_proxy.ts";
import { testLog, withPool } from "./support/pools.ts";

/** What a piece of work fails with. */
async function failure(work: Promise<unknown>): Promise<DatabaseError> {
  try {
    await work;
  } catch (error) {
    assert.ok(error instanceof DatabaseError, String(error));
    return error;
  }
  throw new Error("It did not fail");
}

const one = (pool: Pool, deadlineMs = 5_000) =>
  pool.run((sql) => sql<{ n: number }[]>`SELECT 1 AS n`, deadlineMs).then(([row]) => row!.n);
const ask = (pool: Pool, text: string, deadlineMs = 5_000) =>
  pool.run((sql) => sql.unsafe(text), deadlineMs);

databaseTest(
  "A pool gives integers of 8 bytes as numbers and dates as text, and counts",
  ({ address }) =>
    withPool(address, {}, async (pool) => {
      const [row] = await ask(
        pool,
        "SELECT 9007199254740991 AS n, '2026-11-25'::date AS d, null AS z",
      );
      assert.deepEqual({ ...row }, { n: 9_007_199_254_740_991, d: "2026-11-25", z: null });
      const { queries, failures, inFlight, waiting, replaced } = pool.counters;
      assert.deepEqual({ queries, inFlight, waiting, replaced }, {
        queries: 1,
        inFlight: 0,
        waiting: 0,
        replaced: 0,
      });
      assert.ok(Object.values(failures).every((count) => count === 0));
    }),
);

databaseTest(
  "Each failure has a kind and is told to who listens, and a mistake of ours has none",
  ({ address }) => {
    const told: DatabaseErrorKind[] = [];
    return withPool(address, { onFailure: ({ kind }) => told.push(kind) }, async (pool) => {
      const cases: [string, DatabaseErrorKind, string][] = [
        ["SELECT 1/0", "data", "22012"],
        ["SELECT 'x'::int", "data", "22P02"],
        ["SELECT 1::int4 / 1 + 2147483647", "data", "22003"],
        ["SELECT * FROM nowhere", "failed", "42P01"],
        ["DO $$ BEGIN RAISE SQLSTATE '53100'; END $$", "full", "53100"],
        ["DO $$ BEGIN RAISE SQLSTATE '42501'; END $$", "refused", "42501"],
        ["SET lock_timeout = 1; SELECT pg_advisory_lock(1), pg_sleep(0)", "deadline", "55P03"],
      ];
      await withPool(address, { max: 1 }, async (holder) => {
        await ask(holder, "SELECT pg_advisory_lock(1)");
        for (const [text, kind, code] of cases) {
          const error = await failure(ask(pool, text));
          assert.deepEqual([error.kind, error.code], [kind, code], text);
        }
      });
      assert.deepEqual(told, cases.map(([, kind]) => kind));
      await assert.rejects(
        pool.run(() => Promise.reject(new TypeError("ours"))),
        (error) => error instanceof TypeError && error.message === "ours",
      );
      // After a bad value the connection is as good as before.
      assert.equal(pool.counters.replaced, cases.filter(([, kind]) => kind !== "data").length + 1);
      const total = Object.values(pool.counters.failures).reduce((sum, count) => sum + count);
      assert.equal(total, cases.length);
      assert.equal(await one(pool), 1);
    });
  },
);

databaseTest("A database or a user that does not exist is refused", async ({ address }) => {
  for (
    const [more, code] of [[{ database: "nosuch" }, "3D000"], [
      { user: "nobody1" },
      "28000",
    ]] as const
  ) {
    await withPool({ ...address, ...more }, {}, async (pool) => {
      const error = await failure(one(pool));
      assert.deepEqual([error.kind, error.code], ["refused", code]);
    });
  }
});

Deno.test("Nothing that a pool says holds the address or the password", async () => {
  const canary = /canary|127\.90/;
  const lines: string[] = [];
  const options = { min: 0, max: 1, name: "vnstock", log: testLog(lines) };
  const onFailure = () => {};
  const urls = [
    "postgres://canary-user:canary-pass@127.90.1.2:1/canary-db",
    "postgres://canary-user:canary%zz@127.90.1.2:1/canary-db",
    "postgres://canary-user:canary-pass@127.90.1.2:1/db?target_session_attrs=canary",
    "postgres://canary-user:canary-pass@canary.invalid/db",
  ];
  for (const url of urls) {
    let pool: Pool | null = null;
    const error = await failure((async () => {
      pool = new Pool({
        ...options,
        address: { url: new Secret(url) },
        onFailure,
        statementTimeoutMs: null,
      });
      return await one(pool);
    })());
    await (pool as Pool | null)?.close();
    assert.ok(["unreachable", "refused"].includes(error.kind), error.message);
    assert.doesNotMatch(`${error.message} ${error.stack} ${Deno.inspect(error)}`, canary);
  }
  assert.doesNotMatch(lines.join("\n"), canary);
});

databaseTest(
  "Callers wait for a connection in order, in time, and not without limit",
  ({ address }) =>
    withPool(address, { max: 1 }, async (pool) => {
      const gate = Promise.withResolvers<void>();
      const holding = pool.run(() => gate.promise, 60_000);
      const late = failure(one(pool, 50));
      assert.deepEqual([(await late).kind, pool.counters.replaced], ["deadline", 0]);

      const order: number[] = [];
      const waiting = Array.from(
        { length: WAITING_MAX },
        (_, i) => pool.run(() => Promise.resolve(order.push(i)), 60_000),
      );
      assert.equal(pool.counters.waiting, WAITING_MAX);
      const error = await failure(one(pool));
      assert.deepEqual([error.kind, pool.counters.failures.busy], ["busy", 1]);
      gate.resolve();
      await Promise.all([holding, ...waiting]);
      assert.deepEqual(order, order.toSorted((a, b) => a - b));
      assert.equal(order.length, WAITING_MAX);
      const { inFlight, waiting: left } = pool.counters;
      assert.deepEqual([inFlight, left], [0, 0]);
    }),
);

databaseTest(
  "A statement that takes too long is given up, and with it its connection",
  ({ address }) =>
    withPool(address, { max: 2 }, async (pool) => {
      const other = ask(pool, "SELECT 7 AS n, pg_sleep(0.5)");
      const error = await failure(ask(pool, "SELECT pg_sleep(50)", 200));
      assert.equal(error.kind, "deadline");
      // What was at work beside it goes on.
      assert.equal((await other)[0]!.n, 7);
      assert.equal(await one(pool), 1);
      assert.equal(pool.counters.replaced, 1);
    }),
);

databaseTest(
  "The connections that are kept are open before anybody asks",
  ({ address }) =>
    withPool(address, { min: 3, max: 5, name: "vnstock warm" }, async (pool) => {
      await pool.warm();
      const [row] = await ask(
        pool,
        "SELECT count(*) FROM pg_stat_activity WHERE application_name = 'vnstock warm'",
      );
      assert.equal(row!.count, 3);
    }),
);

databaseTest(
  "What may be asked twice does not notice that the server ended its connection",
  ({ address }) =>
    withPool(address, { max: 1 }, async (pool) => {
      const suicide = "SELECT pg_terminate_backend(pg_backend_pid())";
      let tries = 0;
      const [row] = await pool.read((sql) => sql.unsafe(tries++ === 0 ? suicide : "SELECT 5 AS n"));
      // Not what was left of the connection before.
      assert.deepEqual([row!.n, tries], [5, 2]);
      assert.equal((await failure(pool.read((sql) => sql.unsafe(suicide)))).kind, "unreachable");
      assert.equal((await failure(ask(pool, suicide))).kind, "unreachable");
      assert.equal((await pool.read((sql) => sql`SELECT 6 AS n`))[0]!.n, 6);
    }),
);

Deno.test("A pool outlives a server that is away, stopped, frozen and started again", async () => {
  const server = await startEmbeddedForTests();
  try {
    await server.kill();
    await withPool(server.address(), { max: 2, min: 2 }, async (pool) => {
      assert.equal((await failure(one(pool))).kind, "unreachable");
      await server.restart();
      assert.equal(await one(pool), 1);

      await server.kill();
      assert.equal((await failure(one(pool))).kind, "unreachable");
      await server.restart();
      assert.equal((await pool.read((sql) => sql`SELECT 1 AS n`))[0]!.n, 1);

      await pool.warm();
      await server.pause();
      const frozen = await Promise.all([1, 2, 3].map(() => failure(one(pool, 300))));
      assert.ok(frozen.some(({ kind }) => kind === "deadline"));
      assert.ok(pool.counters.replaced > 0);
      // A frozen server takes connections and says nothing on them.
      assert.equal((await failure(one(pool, 10_000))).kind, "unreachable");
      server.resume();
      assert.equal(await one(pool), 1);
      assert.equal(pool.counters.inFlight, 0);
    });
  } finally {
    await server.close();
  }
});

Deno.test("A pool outlives a line that takes everything and brings nothing", async () => {
  const server = await startEmbeddedForTests({ tcp: true });
  try {
    const { host: hostname, port, user, database } = server.address();
    await using proxy = new TcpFaultProxy({ hostname, port });
    await withPool({ host: "127.0.0.1", port: proxy.port, user, database }, {}, async (pool) => {
      assert.equal(await one(pool), 1);
      proxy.silence();
      assert.equal((await failure(one(pool, 300))).kind, "deadline");
      proxy.restore();
      assert.equal(await one(pool), 1);
      assert.equal(pool.counters.replaced, 1);
    });
  } finally {
    await server.close();
  }
});

databaseTest(
  "A closed pool ends what is at work and takes nothing more",
  ({ address }) =>
    withPool(address, { max: 1 }, async (pool) => {
      await one(pool);
      const [atWork, waiting] = [
        failure(ask(pool, "SELECT pg_sleep(50)", 60_000)),
        failure(one(pool)),
      ];
      await pool.close();
      assert.equal((await atWork).kind, "unreachable");
      assert.equal((await waiting).kind, "unreachable");
      assert.equal((await failure(one(pool))).code, "CONNECTION_ENDED");
    }),
);
