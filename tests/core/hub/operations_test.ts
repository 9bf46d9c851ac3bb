import assert from "node:assert/strict";
import { CLIENT_MESSAGE_BYTES_MAX } from "../../../core/wire/client_schema.ts";
import { BAD_MESSAGES_MAX, FIRST_OPERATION_MS, INBOUND_BURST } from "../../../core/hub/limits.ts";
import { World } from "./world.ts";

Deno.test("An unsubscribed table is silent; a ping is answered", () => {
  const world = World.started();
  const link = world.subscriber();
  world.send(link, { op: "unsub", id: 2, c: ["board:vn30"] });
  world.send(link, { op: "ping", id: 3 });
  assert.deepEqual(link.frames(), [{ k: "ok", id: 2 }, { k: "ok", id: 3 }]);
  world.wait(100);
  world.put("board:vn30", "FPT", { last: 1 });
  world.tick();
  assert.deepEqual(link.frames(), []);
});

Deno.test("An unknown channel is an error that neither closes nor subscribes nor repeats the name", () => {
  const world = World.started();
  const link = world.join();
  link.take();
  for (let id = 0; id < 5; id++) world.send(link, { op: "sub", id, c: ["index", "secret:x"] });
  const frames = link.frames();
  assert.deepEqual(frames.map((f) => [f.k, "code" in f && f.code, "id" in f && f.id]), [
    ...[0, 1, 2, 3, 4].map((id) => ["err", "BAD_CHANNEL", id]),
  ]);
  assert.ok(!JSON.stringify(frames).includes("secret"));
  assert.equal(link.closeCode(), null);
});

Deno.test("Broken messages are refused each, and the last of too many closes the socket", () => {
  const broken = ["", "{", "[]", "null", "\u0000", '{"op":"sub"}', '{"op":"ping","id":1,"x":1}'];
  for (const text of broken) {
    const world = World.started();
    const link = world.join();
    link.take();
    for (let i = 1; i < BAD_MESSAGES_MAX; i++) world.send(link, text);
    assert.equal(link.closeCode(), null);
    world.send(link, text);
    assert.equal(link.closeCode(), 4005);
    const frames = link.frames();
    assert.equal(frames.length, BAD_MESSAGES_MAX);
    assert.ok(frames.every((frame) => frame.k === "err" && frame.code === "BAD_MESSAGE"));
  }
});

Deno.test("A message at the size limit is read, one byte more closes the socket", () => {
  const ping = (bytes: number) => {
    const text = '{"op":"ping","id":1}';
    return text + " ".repeat(bytes - text.length);
  };
  const world = World.started();
  const link = world.join();
  link.take();
  world.send(link, ping(CLIENT_MESSAGE_BYTES_MAX));
  assert.deepEqual(link.frames(), [{ k: "ok", id: 1 }]);
  const wide = world.join();
  world.send(wide, "ấ".repeat(CLIENT_MESSAGE_BYTES_MAX / 3 + 1));
  assert.equal(wide.closeCode(), 1009);
  world.send(link, ping(CLIENT_MESSAGE_BYTES_MAX + 1));
  assert.equal(link.closeCode(), 1009);
});

Deno.test("A client may send a burst and then five a second; more closes the socket", () => {
  const world = World.started();
  const link = world.join();
  const ping = () => world.send(link, { op: "ping", id: 1 });
  for (let i = 0; i < INBOUND_BURST; i++) ping();
  assert.equal(link.closeCode(), null);
  world.wait(1_000);
  for (let i = 0; i < 5; i++) ping();
  assert.equal(link.closeCode(), null);
  ping();
  assert.equal(link.closeCode(), 4129);
  const last = link.frames().at(-1);
  assert.ok(last?.k === "err" && last.code === "RATE_LIMITED");
});

Deno.test("A client that sends no valid operation in time is closed, one that did stays", () => {
  const world = World.started();
  const mute = world.join();
  const known = world.subscriber();
  world.send(mute, { op: "sub", id: 1, c: ["nothing"] });
  world.wait(FIRST_OPERATION_MS - 50);
  assert.equal(mute.closeCode(), null);
  world.wait(50);
  assert.equal(mute.closeCode(), 1008);
  assert.equal(known.closeCode(), null);
});
