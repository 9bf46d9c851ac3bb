import assert from "node:assert/strict";
import { drawUnit } from "../../core/exchange/rng.ts";
import { withPool } from "../db/support/pools.ts";
import { startEmbeddedForTests } from "../support/postgres.ts";
import { TcpFaultProxy } from "../support/tcp_fault_proxy.ts";
import { batchesOf, writeUnder } from "./support/store_load.ts";

/** Share of batches whose commit is done and whose answer is lost. */
const LOST = 0.3;

Deno.test("Answers that are lost behind a commit leave no row out and none twice (F13)", async () => {
  const seed = Date.now() % 1_000_000;
  let draws = 0;
  const draw = () => drawUnit(seed, 0, draws++);
  const server = await startEmbeddedForTests({ tcp: true });
  try {
    const { host: hostname, port, user, database } = server.address();
    await using proxy = new TcpFaultProxy({ hostname, port });
    let isDue = false;
    // What the server says when it has committed an insert.
    proxy.isReplyLost = (chunk) => {
      if (!isDue || !new TextDecoder("latin1").decode(chunk).includes("INSERT 0 ")) return false;
      isDue = false;
      return true;
    };
    const address = { host: "127.0.0.1", port: proxy.port, user, database };
    await withPool(address, { max: 2 }, async (pool) => {
      const batches = batchesOf(draw, 3, 100);
      const before = () => {
        isDue = draw() < LOST;
      };
      await writeUnder(
        { server, pool, batches, deadlineMs: 5_000, before },
        ({ feed }) => feed(),
      );
      assert.ok(proxy.lost > batches.length * LOST / 3, `${proxy.lost} of seed ${seed}`);
      assert.ok(pool.counters.failures.unreachable >= proxy.lost, `seed ${seed}`);
    });
  } finally {
    await server.close();
  }
});
