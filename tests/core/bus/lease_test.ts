import assert from "node:assert/strict";
import { LEASE_MS } from "../../../core/bus/broker.ts";
import { Lease } from "../../../core/bus/lease.ts";
import { openBroker } from "../../../core/bus/open_broker.ts";
import { Secret } from "../../../core/secret.ts";
import { type BrokerServer, brokerTest } from "../../support/broker_server.ts";
import { testLog } from "../../support/bus_rig.ts";
import { until } from "../../support/program.ts";

/** One that wants the lease, and what it was told. */
async function contender(server: BrokerServer, holder: string) {
  const log = testLog([]);
  const broker = await openBroker(new Secret(server.url), log, new AbortController().signal);
  await broker.prepare();
  const terms: number[] = [];
  let lost = 0;
  let heldMs = 0;
  const lease = new Lease({
    ...{ broker, holder, log },
    nowMs: () => performance.now(),
    onTerm: (term) => {
      terms.push(term);
      heldMs = performance.now();
    },
    onLost: () => lost++,
  });
  return {
    ...{ broker, terms, lease },
    lost: () => lost,
    heldMs: () => heldMs,
    holds: () => until(`${holder} holds`, () => Promise.resolve(lease.term)),
    async close() {
      await lease.close();
      await broker.close();
    },
  };
}

brokerTest(
  "One at a time holds the lease, and the next has it soon when it is given back",
  async (server) => {
    const first = await contender(server, "a");
    const term = await first.holds();
    const second = await contender(server, "b");
    assert.equal(second.lease.term, null);
    await first.close();
    const next = await second.holds();
    assert.ok(next > term, `${next} follows ${term}`);
    assert.equal(first.lost(), 0);
    await second.close();
  },
);

brokerTest(
  "A holder that is cut off holds nothing before another one does, and hears that it lost",
  async (server) => {
    const first = await contender(server, "a");
    const term = await first.holds();
    const second = await contender(server, "b");
    // Its questions come back without an answer, as from behind a broken wire.
    const { renew, take } = first.broker.lease;
    first.broker.lease.renew = () => Promise.reject(new Error("cut off"));
    const cutMs = performance.now();
    await until("the first lets go", () => Promise.resolve(first.lease.term === null || null));
    const letGoMs = performance.now();
    assert.equal(second.lease.term, null, "nobody holds it between them");
    const next = await second.holds();
    assert.ok(next > term);
    assert.ok(letGoMs < second.heldMs());
    console.log(
      `${server.kind}: let go after ${Math.round(letGoMs - cutMs)} ms, taken over after ${
        Math.round(second.heldMs() - cutMs)
      } ms (LEASE_MS ${LEASE_MS})`,
    );
    Object.assign(first.broker.lease, { renew, take });
    await until("the first hears", () => Promise.resolve(first.lost() === 1 || null));
    await second.close();
    await first.close();
  },
);

brokerTest(
  "After the end of the broker the holder goes on before one that waits",
  async (server) => {
    const first = await contender(server, "a");
    const term = await first.holds();
    const second = await contender(server, "b");
    await server.kill();
    await until("it runs out", () => Promise.resolve(first.lease.term === null || null));
    await server.restart();
    // The same when the server still knew of it.
    assert.ok(await first.holds() >= term);
    assert.deepEqual([second.terms, first.lost()], [[], 0]);
    await until("the second is back", () => Promise.resolve(second.broker.isConnected || null));
    await second.close();
    await first.close();
  },
);
