import assert from "node:assert/strict";
import { formatVnTime } from "../../../core/market/time.ts";
import type { SimService } from "../../../core/sim/service.ts";
import { RawClient, type RawFrame } from "./support/raw_client.ts";
import { until } from "./support/until.ts";
import { second, withService } from "./support/with_service.ts";

function service(
  name: string,
  options: Parameters<typeof withService>[0],
  body: (service: SimService, client: RawClient) => Promise<void>,
): void {
  Deno.test(name, () =>
    withService(options, async (sim) => {
      const client = await RawClient.connect(sim);
      await body(sim, client);
      if (client.closeCode === null) await client.close();
    }));
}

function topicsOf(client: RawClient): string[] {
  return [...new Set(client.delivered.map(({ channel, symbol }) => `${channel} ${symbol}`))].sort();
}

service("The first frame says that the transport is ready", {}, async (_sim, client) => {
  const [init] = client.frames;
  assert.equal(init!.S, 1);
  assert.deepEqual(init!.M, []);
  assert.match(init!.C!, /^d-/);
  await client.close();
});

service("A subscription gets the cached messages after its answer", {}, async (_sim, client) => {
  assert.deepEqual(await client.switchChannels("X-TRADE:AAA-BBB,MI:hnxindex"), { I: "1" });
  await until(() => client.delivered.length === 3, "three cached messages");
  assert.deepEqual(topicsOf(client), ["MI HNXIndex", "X-TRADE AAA", "X-TRADE BBB"]);
  assert.equal(client.delivered[0]!.record.Time, "09:14:50");
  const answerAt = client.frames.findIndex((frame) => frame.I === "1");
  assert.ok(answerAt < client.frames.findIndex((frame) => (frame.M ?? []).length > 0));
});

service("Live messages follow in the order of the market", {}, async (sim, client) => {
  await client.switchChannels("X-TRADE:AAA");
  await sim.stepTo(second("09:15:00"));
  await until(() => client.delivered.length === 11, "one cached and ten live messages");
  const times = client.delivered.map(({ record }) => record.Time);
  assert.deepEqual(times, Array.from({ length: 11 }, (_, n) => formatVnTime(33_290 + n)));
});

service("A second call replaces its channel and keeps the others", {}, async (sim, client) => {
  await client.switchChannels("X-TRADE:AAA");
  await client.switchChannels("R:AAA");
  await client.switchChannels("X-TRADE:BBB");
  const before = client.delivered.length;
  await sim.stepTo(second("09:14:52"));
  await until(() => client.delivered.length >= before + 4, "two seconds of two topics");
  const live = client.delivered.slice(before).map(({ channel, symbol }) => `${channel} ${symbol}`);
  assert.deepEqual(new Set(live), new Set(["X-TRADE BBB", "R AAA"]));
});

service("NONE ends a channel", {}, async (sim, client) => {
  await client.switchChannels("X:ALL,MI:ALL");
  await client.switchChannels("X:NONE");
  const before = client.delivered.length;
  await sim.stepTo(second("09:14:53"));
  await until(() => client.delivered.length >= before + 6, "three seconds of two indices");
  assert.ok(client.delivered.slice(before).every(({ channel }) => channel === "MI"));
});

service("An unknown channel is answered by the client's Error method", {}, async (_sim, client) => {
  await client.switchChannels("FOO:ALL,X:AAA");
  await until(() => client.delivered.length === 1, "the good part's cached message");
  const errors = client.frames.flatMap((frame) => frame.M ?? []).filter(({ M }) => M === "Error");
  assert.deepEqual(errors.map(({ A }) => A), [["Channel is not supported: FOO:ALL"]]);
});

service("A wrong invocation is answered with an error", {}, async (_sim, client) => {
  assert.match((await client.invoke("Subscribe", ["X:ALL"])).E!, /'Subscribe' method/);
  assert.match((await client.invoke("SwitchChannels", [1])).E!, /one string/);
  assert.match((await client.invoke("SwitchChannels", [])).E!, /method/);
});

service("A numeric invocation id comes back as a string", {}, async (_sim, client) => {
  client.send(`{"H":"fcmarketdatav2hub","M":"switchchannels","A":["OL:ALL"],"I":77}`);
  await until(() => client.frames.some((frame) => frame.I === "77"), "answer");
});

service("Text that is no invocation is counted and changes nothing", {}, async (sim, client) => {
  for (const text of ["", "{", "[]", "null", '{"H":1}']) client.send(text);
  await client.switchChannels("X:AAA");
  assert.equal(sim.stats().badInbound, 5);
});

service("A text above 64 KB closes the socket", {}, async (sim, client) => {
  client.send("x".repeat(64 * 1024));
  client.send("é".repeat(40 * 1024));
  await until(() => client.closeCode !== null, "close");
  assert.equal(client.closeCode, 1009);
  assert.equal(sim.stats().oversizedInbound, 1);
  assert.equal(sim.stats().badInbound, 1);
});

service("An idle socket gets keep-alives", { keepAliveMs: 20 }, async (sim, client) => {
  await until(() => client.texts.filter((text) => text === "{}").length >= 2, "two keep-alives");
  assert.ok(sim.stats().keepAlives >= 2);
});

service(
  "A muted service loses messages but keeps alive",
  { keepAliveMs: 20 },
  async (sim, client) => {
    await client.switchChannels("X-TRADE:AAA");
    sim.mute("data");
    await sim.stepTo(second("09:14:55"));
    assert.equal(sim.stats().mutedMessages, 5);
    sim.mute("off");
    await sim.stepTo(second("09:14:56"));
    await until(() => client.delivered.length === 2, "the message after the silence");
    assert.equal(client.delivered[1]!.record.Time, "09:14:56");
  },
);

service("Many messages share a frame, up to fifty", {}, async (_sim, client) => {
  await client.switchChannels("ALL");
  await until(() => client.delivered.length === 34, "everything cached");
  const sizes = client.frames.map((frame: RawFrame) => frame.M?.length ?? 0);
  assert.ok(Math.max(...sizes) > 1 && Math.max(...sizes) <= 50);
});

service("Two connections get what each asked for", {}, async (sim, client) => {
  const other = await RawClient.connect(sim);
  await client.switchChannels("MI:VN30");
  await other.switchChannels("R:CCC");
  await sim.stepTo(second("09:14:52"));
  await until(() => client.delivered.length === 3 && other.delivered.length === 3, "both");
  assert.deepEqual([topicsOf(client), topicsOf(other)], [["MI VN30"], ["R CCC"]]);
  await other.close();
});

Deno.test("A bad line sends messages twice, and a good one does not", async () => {
  const disorder = { seed: 1, duplicate: 1, reorderWindow: 0, drop: 0 };
  for (const [options, times] of [[{ disorder }, 2], [{}, 1]] as const) {
    await withService(options, async (sim) => {
      const client = await RawClient.connect(sim);
      await client.switchChannels("X-TRADE:AAA");
      await sim.stepTo(second("09:14:53"));
      const ofSecond = () => client.delivered.filter(({ record }) => record.Time === "09:14:52");
      await until(() => ofSecond().length === times, `the message ${times} times`);
      await client.close();
    });
  }
});
