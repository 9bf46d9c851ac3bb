import assert from "node:assert/strict";
import { connectTo } from "../db/support/trade_store.ts";
import type { Health as WireHealth } from "../../core/wire/health.ts";
import { type TestApp, withApp } from "../support/app.ts";
import { getJson, until } from "../support/program.ts";
import { startDebianPostgres } from "../support/postgres.ts";
import type { TestServer } from "../support/postgres_server.ts";

const ENV = { SIM_START: "10:00", SIM_SPEED: "10" };

interface Health {
  readonly status: string;
  readonly database: string;
  readonly store: WireHealth["store"];
}

async function health({ url }: Pick<TestApp, "url">): Promise<Health> {
  return await getJson(`${url}/health`) as unknown as Health;
}

/** Waits until `/health` says so of the store. */
function storeIs(app: Pick<TestApp, "url">, state: string): Promise<Health> {
  return until(`a store that is ${state}`, async () => {
    const now = await health(app);
    return now.store.state === state ? now : null;
  });
}

/** Waits until the ticks of FPT have an answer with a status. */
function ticksAnswer({ url }: Pick<TestApp, "url">, status: number): Promise<Response> {
  return until(`ticks with ${status}`, async () => {
    const response = await fetch(`${url}/api/history/FPT/ticks?limit=10`);
    if (response.status === status) return response;
    await response.body?.cancel();
    return null;
  });
}

async function withServer(act: (server: TestServer) => Promise<void>): Promise<void> {
  const server = await startDebianPostgres({ tcp: true });
  try {
    await act(server);
  } finally {
    await server.close();
  }
}

Deno.test("The store goes and comes back under a running server, and history with it (B-16, F-083, F-095)", async () => {
  await withServer(async (server) => {
    const env = { ...ENV, DATABASE_URL: server.url(), BACKFILL_ON_START: "auto" };
    await withApp(env, async (app) => {
      const ready = await storeIs(app, "ready");
      assert.deepEqual([ready.status, ready.database, ready.store.backend], [
        "ok",
        "connected",
        "external",
      ]);
      assert.match(String(ready.store.server_version), /^1\d\.\d+$/);
      const before = await (await ticksAnswer(app, 200)).json();
      assert.equal(before.data_status, "simulated");

      await server.kill();
      const refused = await ticksAnswer(app, 503);
      assert.match(refused.headers.get("content-type")!, /problem\+json/);
      assert.ok(refused.headers.get("retry-after") !== null);
      await refused.body?.cancel();
      const away = await storeIs(app, "unreachable");
      assert.deepEqual([away.status, away.database], ["ok", "unavailable"]);
      // The board goes on: the engine takes frames while the database is away.
      const asOf = async () => (await getJson(`${app.url}/api/market/snapshot`))?.as_of;
      const frozen = await asOf();
      await until("a later board", async () => await asOf() === frozen ? null : true);

      await server.restart();
      const { rows } = (await storeIs(app, "ready")).store.backfill!;
      await (await ticksAnswer(app, 200)).body?.cancel();
      await until("more of the past", async () => {
        const { backfill } = (await health(app)).store;
        return backfill!.state === "filling" && backfill!.rows > rows ? true : null;
      });
    });
    // Nothing of the time without a database is missing.
    const client = connectTo(server.address());
    const [row] = await client.sql<{ holes: number }[]>`
      SELECT count(*) AS holes FROM (
        SELECT total_vol - volume AS from_vol,
          lag(total_vol) OVER (PARTITION BY symbol, trading_date ORDER BY total_vol) AS before_vol
        FROM trades) AS t WHERE from_vol <> before_vol`;
    const [all] = await client.sql<{ n: number }[]>`SELECT count(*) AS n FROM trades`;
    await client.end(1);
    assert.ok(all!.n > 1_000, `${all!.n} trades`);
    // The wild profile repeats and delays, but loses nothing.
    assert.equal(row!.holes, 0);
  });
});

Deno.test("A store of another provider's data is refused with what to do, and the board lives", async () => {
  await withServer(async (server) => {
    await withApp({ ...ENV, DATABASE_URL: server.url() }, async (app) => {
      await storeIs(app, "ready");
    });
    const client = connectTo(server.address());
    await client.sql`UPDATE store_identity SET provider = 'ssi'`;
    const before = await counts(client.sql);
    await withApp({ ...ENV, DATABASE_URL: server.url() }, async (app) => {
      const refused = await storeIs(app, "refused");
      assert.match(String(refused.store.reason), /holds data of SSI.*DATABASE_URL/);
      assert.equal(refused.database, "unavailable");
      assert.ok(await getJson(`${app.url}/api/market/snapshot`) !== null);
      await (await ticksAnswer(app, 503)).body?.cancel();
    });
    assert.deepEqual(await counts(client.sql), before);
    await client.end(1);
  });
});

Deno.test("A database of a newer version is refused, and the board lives", async () => {
  await withServer(async (server) => {
    await withApp({ ...ENV, DATABASE_URL: server.url() }, (app) => storeIs(app, "ready").then());
    const client = connectTo(server.address());
    await client.sql`INSERT INTO kysely_migration (name, timestamp) VALUES ('9999_later', 'now')`;
    await client.end(1);
    await withApp({ ...ENV, DATABASE_URL: server.url() }, async (app) => {
      const refused = await storeIs(app, "refused");
      assert.match(String(refused.store.reason), /newer schema \(9999_later\)/);
      assert.ok(await getJson(`${app.url}/api/market/snapshot`) !== null);
    });
  });
});

Deno.test("Without a store everything live works, and history says why there is none (F-059)", async () => {
  await withApp({ ...ENV, DATABASE_URL: "off" }, async (app) => {
    const { database, store } = await health(app);
    assert.deepEqual([database, store.state], ["unavailable", "off"]);
    const refused = await ticksAnswer(app, 503);
    assert.match((await refused.json()).detail, /DATABASE_URL is off/);
    assert.ok(await getJson(`${app.url}/api/market/snapshot`) !== null);
  });
});

Deno.test("The store's worker may die at any time: another one goes on where it was", async () => {
  await withServer(async (server) => {
    await withApp({ ...ENV, DATABASE_URL: server.url() }, async (app) => {
      await storeIs(app, "ready");
      app.killStore();
      await until(
        "a worker that is down",
        async () => (await health(app)).store.state === "starting" ? true : null,
      );
      await storeIs(app, "ready");
      await until("rows of the new worker", async () => {
        const metrics = await (await fetch(`${app.url}/metrics`)).text();
        return /^store_rows_total [1-9]/m.test(metrics) ? true : null;
      });
    });
  });
});

async function counts(sql: ReturnType<typeof connectTo>["sql"]): Promise<number> {
  const [row] = await sql<{ n: number }[]>`SELECT count(*) AS n FROM trades`;
  return row!.n;
}
