import assert from "node:assert/strict";
import { CLIENT_MESSAGE_BYTES_MAX } from "../../../core/wire/client_schema.ts";
import {
  BAD_MESSAGES_MAX,
  FIRST_OPERATION_MS,
  INBOUND_BURST,
  SUBSCRIPTIONS_MAX,
} from "../../../core/hub/limits.ts";
import { ROWS, World } from "./world.ts";

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

Deno.test("An operation that names only unknown channels is an error which does not close the socket", () => {
  const world = World.started();
  const link = world.join();
  link.take();
  const c = ["nothing:x", "stock:", "stock:vnm", "stock:ABCDEFGHIJKLMNOPQRSTU", "stock:XYZ"];
  for (let id = 0; id < 5; id++) world.send(link, { op: "sub", id, c });
  const replies = link.frames().map((f) => f.k === "err" ? [f.code, f.id, f.c] : f);
  assert.deepEqual(replies, [0, 1, 2, 3, 4].map((id) => ["BAD_CHANNEL", id, c]));
  assert.equal(link.closeCode(), null);
});

Deno.test("Unknown channels are named in the reply, the others of the operation are subscribed (F-147)", () => {
  const world = World.started();
  const link = world.join();
  link.take();
  world.send(link, { op: "sub", id: 4, c: ["index", "secret:x", "stock:FPT", "stock:XYZ"] });
  const [reply, ...rest] = link.frames();
  assert.ok(reply?.k === "err" && reply.id === 4 && reply.code === "BAD_CHANNEL");
  assert.deepEqual(reply.c, ["secret:x", "stock:XYZ"]);
  assert.deepEqual(rest.map((frame) => "c" in frame ? frame.c : frame.k), [
    "st",
    "index",
    "stock:FPT",
  ]);
});

Deno.test("A socket may have so many channels and no more; one that it has already counts once (F-148)", () => {
  const tickers = Array.from({ length: SUBSCRIPTIONS_MAX + 1 }, (_, i) => `T${i}`);
  const world = new World();
  world.startEpoch({ ...ROWS, "board:extra": tickers }, "e1");
  world.tick();
  const link = world.join();
  const sub = (id: number, from: number, to: number) => {
    link.take();
    const c = tickers.slice(from, to).map((ticker) => `stock:${ticker}`);
    world.send(link, { op: "sub", id, c });
    return link.frames()[0];
  };
  assert.equal(sub(1, 0, 64)?.k, "ok");
  assert.equal(sub(2, 64, SUBSCRIPTIONS_MAX)?.k, "ok");
  assert.equal(sub(3, 0, 64)?.k, "ok");
  const refused = sub(4, SUBSCRIPTIONS_MAX, SUBSCRIPTIONS_MAX + 1);
  assert.ok(refused?.k === "err" && refused.code === "TOO_MANY_SUBS" && refused.id === 4);
  assert.equal(link.closeCode(), null);
});

Deno.test("Broken messages are refused each, and the last of too many closes the socket (F-155)", () => {
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

Deno.test("A client may send a burst and then five a second; more closes the socket (F-149)", () => {
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
