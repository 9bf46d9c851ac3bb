import assert from "node:assert/strict";
import { Secret } from "../../core/secret.ts";
import type { Address } from "../../db/address.ts";
import { addDays } from "../../core/market/time.ts";
import { doneSpans, rememberSpan } from "../../db/backfill.ts";
import { DatabaseError } from "../../db/database_error.ts";
import { migrate, MIGRATION_NAMES } from "../../db/migrate.ts";
import { openStore, type PostgresStore } from "../../db/store.ts";
import type { StoreOptions, StoreStatus } from "../../db/store_watch.ts";
import { databaseTest, startEmbeddedForTests } from "../support/postgres.ts";
import { until } from "../core/feed/support/journals.ts";
import { AT_MS, batchOf, DATE, ONE_OF_EACH } from "./support/batches.ts";
import { testLog, withPool } from "./support/pools.ts";
import { rowsOf } from "./support/tables.ts";

/** Runs with a store and all that it told; the clock stands still. */
async function withStore(
  address: Address,
  options: Partial<StoreOptions>,
  act: (store: PostgresStore, told: StoreStatus[]) => Promise<void>,
): Promise<void> {
  const told: StoreStatus[] = [];
  const store = openStore({
    ...{ address, backend: "external", provider: "sim", poolMin: 1, poolMax: 4 },
    ...{ clock: { nowMs: () => AT_MS }, log: testLog(), onStatus: (status) => told.push(status) },
    ...options,
  });
  try {
    await act(store, told);
  } finally {
    await store.close();
  }
}

const isState = (store: PostgresStore, state: StoreStatus["state"]) =>
  until(`the store is ${state}`, () => store.status.state === state);

databaseTest(
  "A store sets itself up, tells what it found, and takes rows at once",
  ({ address, kind }) =>
    withStore(address, { provider: "ssi" }, async (store, told) => {
      assert.equal(store.status.state, "starting");
      await assert.rejects(store.progress(), /has not been asked yet/);
      await isState(store, "ready");
      assert.deepEqual(told.map(({ state }) => state), ["ready"]);
      const { facts, reason, backend, provider } = store.status;
      assert.deepEqual([reason, backend, provider], [null, "external", "ssi"]);
      const { version, major, ...rest } = facts!;
      assert.match(version, /^\d+\.\d+$/);
      assert.equal(major, kind === "embedded" ? 16 : parseInt(version));
      assert.deepEqual(rest, {
        ...{ timescale: null, schema: MIGRATION_NAMES.at(-1), layout: "partitions", strayRows: 0 },
      });
      const to = { segment: 1, offset: 2 };
      await store.flush(batchOf(ONE_OF_EACH, { to }));
      assert.deepEqual(await store.progress(), new Map([[DATE, to]]));
      await assert.rejects(store.enterMarket("a/1"), TypeError);
    }),
);

databaseTest(
  "Days have their partitions ahead of time, and an older one gets its own before its rows",
  ({ address }) =>
    withStore(address, {}, async (store) => {
      await isState(store, "ready");
      await withStore(address, {}, (other) => isState(other, "ready"));
      const partitions = async () =>
        (await store.read((sql) =>
          sql<{ name: string }[]>`SELECT inhrelid::regclass::text AS name FROM pg_inherits
          WHERE inhparent = 'trades'::regclass ORDER BY 1`
        )).map(({ name }) => name);
      const ahead = Array.from({ length: 8 }, (_, i) =>
        `trades_${addDays(DATE, i).replaceAll("-", "")}`);
      assert.deepEqual(await partitions(), [...ahead, "trades_default"]);
      await store.flush(batchOf({ trades: ONE_OF_EACH.trades }, { tradingDate: "2026-10-01" }));
      assert.deepEqual(await partitions(), ["trades_20261001", ...ahead, "trades_default"]);
      const [row] = await store.read((sql) =>
        sql`SELECT count(*) AS n FROM trades_default`
      );
      assert.equal(row!.n, 0);
    }),
);

databaseTest(
  "Rows that went astray are counted and told, and stay readable",
  async ({ address }) => {
    const lines: string[] = [];
    await withStore(address, {}, async (store) => {
      await isState(store, "ready");
      const date = "2026-10-01";
      await store.run((sql) =>
        sql`INSERT INTO basis_points (ts, future, spot, trading_date, symbol)
        VALUES (now(), 1, 1, ${date}, 'A'), (now(), 1, 1, ${date}, 'B')`
      );
      // Its partition cannot be made any more; its rows join the others.
      await store.flush(batchOf({ basis: ONE_OF_EACH.basis }, { tradingDate: date }));
      await withStore(address, { log: testLog(lines) }, async (other) => {
        await isState(other, "ready");
        assert.equal(other.status.facts!.strayRows, 3);
      });
    });
    assert.equal(
      lines.filter((line) => /"warn".*store_rows_strayed.*"rows":3/.test(line)).length,
      1,
    );
  },
);

databaseTest(
  "A store refuses a database of another provider, of a newer schema and one that is no address",
  async ({ address }) => {
    await withStore(address, { provider: "ssi" }, (store) => isState(store, "ready"));
    await withStore(address, {}, async (store) => {
      await isState(store, "refused");
      assert.ok(store.isRefused());
      assert.match(
        store.status.reason!,
        /holds data of SSI, not of the simulated exchange: .*DATABASE_URL/,
      );
      await assert.rejects(store.flush(batchOf(ONE_OF_EACH)), (error) => {
        return error instanceof DatabaseError && error.kind === "refused";
      });
    });
    await withPool(address, {}, async (pool) => {
      assert.equal((await pool.read((sql) => sql`SELECT FROM trades`)).length, 0);
      await pool.run((sql) => sql`INSERT INTO kysely_migration VALUES ('9999_future', 'x')`);
    });
    await withStore(address, { provider: "ssi" }, async (store) => {
      await isState(store, "refused");
      assert.match(store.status.reason!, /newer schema \(9999_future\)/);
    });
    const url = new Secret("postgres://u:%zz-canary@h/d");
    await withStore({ url }, {}, (store) => {
      assert.equal(store.status.state, "refused");
      assert.doesNotMatch(store.status.reason!, /canary/);
      return Promise.resolve();
    });
  },
);

databaseTest(
  "A simulated market that begins anew removes the rows of the one before, once",
  ({ address }) =>
    withStore(address, {}, async (store) => {
      await isState(store, "ready");
      await store.enterMarket("world/1");
      await store.flush(batchOf(ONE_OF_EACH, { to: { segment: 1, offset: 2 } }));
      await store.enterMarket("world/1");
      assert.equal((await store.progress()).size, 1);
      await store.enterMarket("other/1");
      assert.equal((await store.progress()).size, 0);
      await withPool(address, {}, async (pool) => {
        for (const table of ["trades", "candles_1m", "alerts", "daily_prices", "instruments"]) {
          assert.deepEqual(await rowsOf(pool, table), [], table);
        }
      });
    }),
);

databaseTest(
  "Another run of the same simulated world keeps what was filled in of its past",
  ({ address }) =>
    withStore(address, {}, async (store) => {
      await isState(store, "ready");
      await store.enterMarket("world/1");
      await store.flush(batchOf(ONE_OF_EACH));
      await withPool(address, {}, async (pool) => {
        const counts = async () => {
          const candles = await rowsOf(pool, "candles_1m");
          return [candles.length, (await rowsOf(pool, "trades")).length];
        };
        await pool.run((sql) =>
          sql`INSERT INTO candles_1m
            SELECT ts - interval '1 day', tv0, tv1, buy, sell, none, value, o, h, l, c, 1, symbol
            FROM candles_1m`
        );
        assert.deepEqual(await counts(), [2, 1]);
        await store.enterMarket("world/2");
        assert.deepEqual(await counts(), [1, 0]);
        assert.equal((await rowsOf(pool, "instruments")).length, 1);
        await store.enterMarket("other/3");
        assert.deepEqual(await counts(), [0, 0]);
      });
    }),
);

databaseTest(
  "What was filled in of a day that a run was seen on goes with that run, and is asked for again",
  ({ address }) =>
    withStore(address, {}, async (store) => {
      await isState(store, "ready");
      await store.enterMarket("world/1");
      await withPool(address, {}, async (pool) => {
        for (const date of [DATE, addDays(DATE, -1)]) {
          await store.fillIn({ ...batchOf(ONE_OF_EACH), tradingDate: date });
          await rememberSpan(pool, { kind: "prices", symbol: "FPT", from: date, to: date }, 1);
        }
        await store.flush(batchOf({}, { to: { segment: 1, offset: 2 } }));
        await store.enterMarket("world/2");
        const before = addDays(DATE, -1);
        for (const table of ["daily_prices", "daily_indices"]) {
          const dates = (await rowsOf(pool, table)).map(({ trading_date }) => trading_date);
          assert.deepEqual(dates, [before], table);
        }
        assert.equal((await rowsOf(pool, "candles_1m")).length, 1);
        assert.equal((await rowsOf(pool, "index_candles_1m")).length, 0);
        const spans = await doneSpans(pool, before);
        assert.deepEqual(spans.map(({ to }) => to), [before]);
      });
    }),
);

Deno.test("A store notices at run time that its database goes away and comes back (B-16)", async () => {
  const server = await startEmbeddedForTests();
  try {
    await server.kill();
    await withStore(server.address(), {}, async (store, told) => {
      await isState(store, "unreachable");
      await server.restart();
      await isState(store, "ready");
      await server.kill();
      // Nobody but who asks can know it.
      await assert.rejects(store.progress());
      await isState(store, "unreachable");
      await assert.rejects(store.flush(batchOf(ONE_OF_EACH)), DatabaseError);
      assert.equal(store.isRefused(), false);
      await server.restart();
      await isState(store, "ready");
      await store.flush(batchOf(ONE_OF_EACH));
      const states = told.map(({ state }) => state).filter((state, i, all) => state !== all[i - 1]);
      assert.deepEqual(states, ["unreachable", "ready", "unreachable", "ready"]);
    });
  } finally {
    await server.close();
  }
});

databaseTest(
  "A store that lost its tables sets itself up again",
  ({ address }) =>
    withStore(address, {}, async (store) => {
      await isState(store, "ready");
      await store.run((sql) => sql.unsafe("DROP SCHEMA public CASCADE; CREATE SCHEMA public"));
      await withStore(address, {}, (other) => isState(other, "ready"));
      assert.deepEqual(await migrate(address), []);
      await store.flush(batchOf(ONE_OF_EACH));
    }),
);
