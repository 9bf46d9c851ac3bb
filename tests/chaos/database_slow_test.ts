import assert from "node:assert/strict";
import { drawUnit } from "../../core/exchange/rng.ts";
import { NO_ROWS } from "../../core/tasks/store_rows.ts";
import { withPool } from "../db/support/pools.ts";
import { until } from "../core/feed/support/journals.ts";
import { startEmbeddedForTests } from "../support/postgres.ts";
import type { TestServer } from "../support/postgres_server.ts";
import { TcpFaultProxy } from "../support/tcp_fault_proxy.ts";
import { batchesOf, writeUnder } from "./support/store_load.ts";

/** Two statements, each of which is slow. */
const batches = () => {
  let draws = 0;
  return batchesOf(() => drawUnit(7, 0, draws++), 1, 60).slice(0, 2).map((batch) => {
    return { ...batch, rows: { ...NO_ROWS, trades: batch.rows.trades } };
  });
};

async function withServer(act: (server: TestServer, proxy: TcpFaultProxy) => Promise<void>) {
  const server = await startEmbeddedForTests({ tcp: true });
  try {
    const { host: hostname, port } = server.address();
    await using proxy = new TcpFaultProxy({ hostname, port });
    await act(server, proxy);
  } finally {
    await server.close();
  }
}

function slowLine(slow: (proxy: TcpFaultProxy) => void): Promise<void> {
  return withServer((server, proxy) => {
    const { user, database } = server.address();
    const address = { host: "127.0.0.1", port: proxy.port, user, database };
    return withPool(address, { max: 2 }, async (pool) => {
      slow(proxy);
      const load = { server, pool, batches: batches(), deadlineMs: 10_000 };
      await writeUnder(load, ({ feed }) => feed());
      assert.ok(proxy.delayed > 2);
      // Slow is not broken.
      assert.equal(pool.counters.replaced, 0);
    });
  });
}

Deno.test("A database half a second away is written to (F14)", () =>
  slowLine((proxy) => proxy.replyDelayMs = 500));

Deno.test("A database that trickles a kilobyte per second is written to (F14)", () =>
  slowLine((proxy) => proxy.replyBytesPerS = 1_024));

Deno.test("A table that somebody holds for longer than we wait is written to when it is free (F14)", () =>
  withServer((server) =>
    withPool(server.address(), { max: 2 }, async (pool) => {
      const load = { server, pool, batches: batches(), deadlineMs: 300 };
      await withPool(server.address(), { max: 1 }, (holder) =>
        writeUnder(load, async ({ feed }) => {
          const [locked, over] = [Promise.withResolvers<void>(), Promise.withResolvers<void>()];
          const holding = holder.run((sql) =>
            sql.begin(async (tx) => {
              await tx`LOCK TABLE trades IN ACCESS EXCLUSIVE MODE`;
              locked.resolve();
              await over.promise;
            }), 60_000);
          await locked.promise;
          feed();
          await until("the writer gave up three times", () => pool.counters.failures.deadline > 2);
          over.resolve();
          await holding;
        }));
      assert.ok(pool.counters.replaced >= 3);
    })
  ));
