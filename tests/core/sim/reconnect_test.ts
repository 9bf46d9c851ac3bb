import assert from "node:assert/strict";
import type { SimService } from "../../../core/sim/service.ts";
import { RawClient } from "./support/raw_client.ts";
import { until } from "./support/until.ts";
import { second, withService } from "./support/with_service.ts";

/** A client that has the cached message of one symbol, and the cursor after it. */
async function subscribed(sim: SimService): Promise<{ client: RawClient; seen: string }> {
  const client = await RawClient.connect(sim);
  await client.switchChannels("X-TRADE:AAA");
  await until(() => client.delivered.length === 1, "cached message");
  return { client, seen: client.frames.at(-1)!.C! };
}

Deno.test("A reconnect gets what it missed from the ring, then goes on", () =>
  withService({}, async (sim) => {
    const { client, seen } = await subscribed(sim);
    sim.dropSockets();
    await until(() => client.closeCode !== null && sim.stats().connected === 0, "drop");
    await sim.stepTo(second("09:14:53"));

    const again = RawClient.open(sim, "reconnect", { ...client, messageId: seen });
    await until(() => again.delivered.length === 3, "missed messages");
    await sim.stepTo(second("09:14:54"));
    await until(() => again.delivered.length === 4, "live message");
    assert.deepEqual(
      again.delivered.map(({ record }) => record.Time),
      ["09:14:51", "09:14:52", "09:14:53", "09:14:54"],
    );
    assert.equal(sim.stats().reconnectsBroken, 0);
    await again.close();
  }));

Deno.test("A reconnect beyond the ring of 1,000 messages just goes on", () =>
  withService({}, async (sim) => {
    const { client, seen } = await subscribed(sim);
    await client.close();
    await sim.stepTo(second("09:14:50") + 1_001);

    const again = RawClient.open(sim, "reconnect", { ...client, messageId: seen });
    await until(() => sim.stats().reconnects === 1, "reconnect");
    assert.equal(sim.stats().reconnectsBroken, 1);
    await sim.stepTo(second("09:14:50") + 1_002);
    await until(() => again.delivered.length === 1, "live message");
    await again.close();
  }));

Deno.test("A reconnect that missed exactly 1,000 messages gets them all", () =>
  withService({}, async (sim) => {
    const { client, seen } = await subscribed(sim);
    await client.close();
    await sim.stepTo(second("09:14:50") + 1_000);

    const again = RawClient.open(sim, "reconnect", { ...client, messageId: seen });
    await until(() => again.delivered.length === 1_000, "the whole ring");
    assert.equal(sim.stats().reconnectsBroken, 0);
    assert.equal(again.delivered[0]!.record.Time, "09:14:51");
    await again.close();
  }));

Deno.test("A new connect starts without channels", () =>
  withService({}, async (sim) => {
    const client = await RawClient.connect(sim);
    await client.switchChannels("X:ALL");
    await client.close();
    const again = RawClient.open(sim, "connect", client);
    await until(() => again.texts.length === 1, "init frame");
    await again.switchChannels("MI:VN30");
    await sim.stepTo(second("09:14:51"));
    await until(() => again.delivered.length === 2, "index messages");
    assert.ok(again.delivered.every(({ channel }) => channel === "MI"));
    await again.close();
  }));

Deno.test("A connection lost for longer than the disconnect timeout is forgotten", () => {
  let nowMs = Date.UTC(2026, 10, 20, 13);
  return withService({ keepAliveMs: 20, clock: { nowMs: () => nowMs } }, async (sim) => {
    const client = await RawClient.connect(sim);
    await client.switchChannels("X:AAA");
    const seen = client.frames.at(-1)!.C!;
    await client.close();
    await until(() => sim.stats().connected === 0, "loss");
    assert.equal(sim.stats().held, 1);
    nowMs += 30_001;
    await until(() => sim.stats().held === 0, "oblivion");

    const again = RawClient.open(sim, "reconnect", { ...client, messageId: seen });
    await until(() => sim.stats().reconnectsBroken === 1, "reconnect");
    await sim.stepTo(second("09:14:52"));
    await again.switchChannels("MI:VN30");
    await until(() => again.delivered.length === 1, "cached message");
    assert.equal(again.delivered[0]!.channel, "MI");
    await again.close();
  });
});
