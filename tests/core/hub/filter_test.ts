import assert from "node:assert/strict";
import type { DeltaFrame, SnapshotFrame } from "../../../core/wire/frames.ts";
import { MESSAGE_CHARS_MAX } from "../../../core/hub/limits.ts";
import { FakeLink, ROWS, World } from "./world.ts";

function subscribe(world: World, operation: object): FakeLink {
  const link = world.join();
  link.take();
  world.send(link, { op: "sub", id: 1, ...operation });
  return link;
}

Deno.test("A subscription that names symbols gets their rows only, in the channel's order (F-147)", () => {
  const world = World.started();
  const link = subscribe(world, { c: ["board:vn30"], syms: ["VNM", "ACB", "NONE"] });
  const snapshot = link.frames()[2] as SnapshotFrame;
  assert.deepEqual(snapshot.y, ["ACB", "VNM"]);
  world.wait(100);
  world.put("board:vn30", "FPT", { last: 1 });
  world.tick();
  assert.deepEqual(link.sent, []);
  world.wait(100);
  world.put("board:vn30", "VNM", { last: 2 });
  world.tick();
  assert.deepEqual((link.frames()[0] as DeltaFrame).d, [1, 16, 2]);
});

Deno.test("The same symbols in another order are the same subscription: one frame is built for all", () => {
  const world = World.started();
  const one = subscribe(world, { c: ["board:vn30"], syms: ["VNM", "ACB"] });
  const other = subscribe(world, { c: ["board:vn30"], syms: ["ACB", "VNM", "ACB"] });
  assert.equal(world.hub.metrics().hub_cohorts, 1);
  const before = world.hub.metrics().hub_frames_built_total!;
  world.wait(100);
  world.put("board:vn30", "VNM", { last: 2 });
  world.tick();
  assert.equal(world.hub.metrics().hub_frames_built_total! - before, 1);
  assert.equal(one.sent.at(-1), other.sent.at(-1));
});

Deno.test("A position of a filtered subscription is resumed with the same symbols", () => {
  const world = World.started();
  world.put("board:vn30", "VNM", { last: 1 });
  world.tick();
  world.put("board:vn30", "FPT", { last: 2 });
  world.tick();
  const from = { "board:vn30": { e: "e1", s: 1 } };
  const link = subscribe(world, { c: ["board:vn30"], syms: ["VNM", "FPT"], from });
  const [, , delta] = link.frames();
  assert.ok(delta?.k === "d");
  assert.deepEqual(delta.d, [0, 16, 2]);
});

Deno.test("A large snapshot comes in parts that together are the channel, none over the limit of a message", () => {
  const world = new World();
  const symbols = Array.from({ length: 2_000 }, (_, i) => `S${i}`);
  world.startEpoch({ ...ROWS, "board:extra": symbols }, "e1");
  for (const symbol of symbols) {
    world.put("stock", symbol, Object.fromEntries([..."abcdefgh"].map((f) => [f, 1])));
    world.put("stock", symbol, { last: 123_456_789, vol: 987_654_321, session: "x".repeat(100) });
  }
  world.tick();
  const link = subscribe(world, { c: ["board:extra"] });
  const texts = link.sent.slice();
  assert.ok(texts.length > 1 && texts.every((text) => text.length <= 1.05 * MESSAGE_CHARS_MAX));
  const parts = link.frames().filter((frame): frame is SnapshotFrame => frame.k === "s");
  assert.deepEqual(parts.map(({ i, n }) => [i, n]), parts.map((_, i) => [i, parts.length]));
  assert.equal(new Set(parts.map(({ s, e }) => `${e} ${s}`)).size, 1);
  assert.deepEqual(parts.flatMap(({ y }) => y), symbols);
  assert.deepEqual(parts.flatMap(({ v }) => v[4]!), symbols.map(() => 123_456_789));
});

Deno.test("A position that was held with other symbols is not gone on from", () => {
  const world = World.started();
  const link = subscribe(world, { c: ["board:vn30"], syms: ["ACB"] });
  link.take();
  world.put("board:vn30", "VNM", { last: 1 });
  world.tick();
  const from = { "board:vn30": { e: "e1", s: 0 } };
  world.send(link, { op: "sub", id: 2, c: ["board:vn30"], syms: ["VNM"], from });
  const [, , snapshot] = link.frames();
  assert.ok(snapshot?.k === "s");
  assert.deepEqual(snapshot.y, ["VNM"]);
});
