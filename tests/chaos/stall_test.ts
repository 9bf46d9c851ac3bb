import assert from "node:assert/strict";
import { startHubLoop } from "../../core/gateway/hub_loop.ts";
import { ADAPTERS, TestServer } from "../core/gateway/test_server.ts";
import { cellsOf } from "../core/hub/world.ts";

const CLIENTS = 20;
const STALLS = 3;
/** Longer than the time for an answer to a ping of a gateway. */
const STALL_MS = 1_200;
/** The runtime's own pings know of no lateness: at the application's port the stall is shorter. */
const IDLE_S = 20;

/** Holds up everything in this process. */
function stall(): void {
  const endMs = performance.now() + STALL_MS;
  while (performance.now() < endMs);
}

for (const adapter of ADAPTERS) {
  Deno.test(`${adapter}: A process that is held up (F26) takes nobody for dead and nothing for stale`, async () => {
    await using server = await TestServer.startedOn(adapter, {
      config: { wsIdleTimeoutS: IDLE_S },
      times: { heartbeatIntervalMs: 1_000, heartbeatTimeoutMs: 1_000 },
    });
    const loop = startHubLoop(server.services);
    const clients = Array.from({ length: CLIENTS }, () => server.connectV1());
    for (const client of clients) {
      await client.next();
      client.say({ op: "sub", id: 1, c: ["board:vn30"] });
    }
    for (const client of clients) await client.next((m) => JSON.stringify(m).includes('"k":"s"'));
    const { hub } = server.services;
    let lagMs = 0;
    for (let i = 1; i <= STALLS; i++) {
      stall();
      server.publisher.put("board:vn30", "FPT", cellsOf("board:vn30", { last: 1_000_000 + i }));
      server.tick();
      for (const client of clients) {
        await client.next((m) => m.k === "d" && m.d.includes(1_000_000 + i));
      }
      lagMs = Math.max(lagMs, server.socketFigures().gateway_lag_ms ?? 0);
    }
    assert.equal(hub.links, CLIENTS, "nobody was closed");
    if (adapter !== "deno") {
      assert.equal(server.socketFigures().gateway_heartbeat_timeouts_total, 0);
      assert.ok(lagMs > 0, "the lag shows the fault");
    }
    const told = clients.flatMap(({ texts }) => texts).filter((text) => text.includes('"stale"'));
    assert.deepEqual(told, []);
    loop.stop();
    for (const client of clients) assert.equal((await client.closed).code, 1012);
  });
}
