import assert from "node:assert/strict";
import { startHubLoop } from "../../core/gateway/hub_loop.ts";
import { fieldsOf } from "../../core/wire/channel.ts";
import { CLOSE } from "../../core/wire/frames.ts";
import { RawClient } from "../core/gateway/raw_client.ts";
import { TestServer, until } from "../core/gateway/test_server.ts";
import { cellsOf, ROWS } from "../core/hub/world.ts";

const V1 = { "sec-websocket-protocol": "vnstock.v1.json" };
const HEALTHY = 80;
/** Never read at all. */
const STALLED = 8;
/** Read one message while twenty come. */
const SLOW = 6;
/** Read everything and never answer a close. */
const RUDE = 6;
const SYMBOLS = Array.from({ length: 1_000 }, (_, i) => `S${i}`);

Deno.test("Of a hundred clients the slow, stalled and rude ones (F18) are closed and gone; the others are served", async () => {
  const options = { config: { wsLagMsMax: 700 }, times: { closeMs: 300 } };
  await using server = await TestServer.startedOn("ws", options);
  server.publisher.setRows({ ...ROWS, "board:extra": SYMBOLS }, "e2");
  server.tick();
  const loop = startHubLoop(server.services);
  const { admission, hub } = server.services;
  const healthy = Array.from({ length: HEALTHY }, () => server.connectV1());
  for (const client of healthy) {
    await client.next();
    client.say({ op: "sub", id: 1, c: ["board:vn30"] });
  }
  const raw = async (channel: string) => {
    const client = await RawClient.connect(server.port);
    await client.upgrade("/ws", V1);
    await client.say(JSON.stringify({ op: "sub", id: 1, c: [channel] }));
    return client;
  };
  const many = (count: number, channel: string) =>
    Promise.all(Array.from({ length: count }, () => raw(channel)));
  const stalled = await many(STALLED, "board:extra");
  const slow = await many(SLOW, "board:extra");
  const rude = await many(RUDE, "board:vn30");
  const heard = rude.map((client) => client.closeCode());
  await until(() => hub.links === HEALTHY + STALLED + SLOW + RUDE, "all hundred");

  let isOver = false;
  let price = 0;
  const sipping = slow.map(async (client) => {
    while (!isOver && await client.frame() !== null) {
      const next = price + 20;
      await until(() => isOver || price >= next, "more news");
    }
  });
  const closedSlow = () => hub.metrics().hub_closed_slow_total!;
  await until(() => {
    price++;
    for (const symbol of SYMBOLS) {
      const cells = fieldsOf("board:extra").map((_, field) => price * 1_000_000 + field);
      server.publisher.put("board:extra", symbol, cells);
    }
    server.publisher.put("board:vn30", "FPT", cellsOf("board:vn30", { last: price }));
    server.tick();
    return closedSlow() >= STALLED;
  }, "the stalled ones to be closed");
  assert.ok(hub.metrics().hub_conflated_total! > 0, "the fault fired");
  isOver = true;
  await until(
    () => admission.open.links <= HEALTHY + SLOW + RUDE,
    "the stalled ones to be gone from the server",
  );
  server.publisher.put("board:vn30", "FPT", cellsOf("board:vn30", { last: 777_777 }));
  server.tick();
  for (const client of healthy) await client.next((m) => m.k === "d" && m.d.includes(777_777));

  loop.stop();
  for (const client of healthy) assert.equal((await client.closed).code, CLOSE.restart);
  assert.deepEqual(await Promise.all(heard), rude.map(() => CLOSE.restart));
  for (const client of [...stalled, ...slow, ...rude]) client[Symbol.dispose]();
  await Promise.allSettled(sipping);
  await server.empty();
});
