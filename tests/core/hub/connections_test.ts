import assert from "node:assert/strict";
import { FakeLink, KNOWN, World } from "./world.ts";

// The eleven unit tests and four broadcast tests that the first tracker had, by their names (C-06).

function fresh(): World {
  return World.started();
}

function change(world: World, price: number): void {
  world.put("stock", "FPT", { last: price });
  world.tick();
  world.wait(500);
}

const prices = (link: FakeLink) =>
  link.sent.splice(0).map((text) => JSON.parse(text)).filter(({ type }) => type === undefined)
    .map(({ prices }) => prices.FPT.last);

Deno.test("connect accepts a client and tracks it (F-158)", () => {
  const world = fresh();
  world.join("market");
  assert.equal(world.hub.links, 1);
});

Deno.test("connect tracks several clients (F-158)", () => {
  const world = fresh();
  for (let i = 0; i < 3; i++) world.join("market");
  assert.equal(world.hub.links, 3);
});

Deno.test("disconnect removes a client (F-158)", () => {
  const world = fresh();
  const [one] = [world.join("market"), world.join("market")];
  world.hub.leave(one, "market");
  assert.equal(world.hub.links, 1);
});

Deno.test("disconnect twice is the same as once (F-122, F-158)", () => {
  const world = fresh();
  const [one] = [world.join("market"), world.join("market")];
  world.hub.leave(one, "market");
  world.hub.leave(one, "market");
  assert.equal(world.hub.links, 1);
});

Deno.test("a client that is thrown out has its socket closed (F-158)", () => {
  const world = fresh();
  const link = world.join("market");
  world.hub.closeAll(() => 0);
  assert.equal(link.closeCode(), 1001);
});

Deno.test("a client that is gone already is neither closed nor written to again (F-123, F-158)", () => {
  const world = fresh();
  const link = world.join("market");
  world.hub.leave(link, "market");
  world.hub.closeAll(() => 0);
  change(world, 1);
  assert.equal(link.closeCode(), null);
});

Deno.test("data is handed to a client's own socket, in order (F-158)", () => {
  const world = fresh();
  const link = world.join("market");
  world.wait(500);
  prices(link);
  change(world, 1);
  change(world, 2);
  assert.deepEqual(prices(link), [1, 2]);
});

Deno.test("a broadcast reaches every client (F-158)", () => {
  const world = fresh();
  const links = [world.join("market"), world.join("market"), world.join("market")];
  world.wait(500);
  for (const link of links) prices(link);
  change(world, 1);
  assert.deepEqual(links.map(prices), [[1], [1], [1]]);
});

Deno.test("a broadcast to nobody does nothing (F-126, F-158)", () => {
  const world = fresh();
  change(world, 1);
  assert.equal(world.hub.metrics().hub_writes_total, 0);
});

Deno.test("a client that does not read loses the oldest value and keeps the newest (F-118, F-158)", () => {
  const world = fresh();
  const link = world.join("market");
  world.wait(500);
  prices(link);
  link.stall();
  for (let price = 1; price <= 60; price++) {
    world.put("stock", "FPT", { last: price });
    world.tick();
    world.wait(100);
  }
  link.drain();
  world.wait(50);
  assert.deepEqual(prices(link), [60]);
});

Deno.test("the end disconnects every client (F-131, F-158)", () => {
  const world = fresh();
  const links = [world.join("market"), world.join("index"), world.join("alerts"), world.join()];
  world.hub.closeAll(() => 0);
  assert.deepEqual(links.map((link) => link.closeCode()), [1001, 1001, 1001, 1012]);
  assert.equal(world.hub.links, 0);
});

Deno.test("the broadcast sends the snapshot (F-159)", () => {
  const world = fresh();
  const link = world.join("market");
  change(world, 5);
  assert.deepEqual(prices(link).at(-1), 5);
});

Deno.test("the broadcast is skipped without clients (F-139, F-159)", () => {
  const world = fresh();
  change(world, 5);
  assert.equal(world.hub.metrics().hub_frames_built_total, 0);
});

Deno.test("every broadcast is valid JSON (F-159)", () => {
  const world = fresh();
  const link = world.join("market");
  world.put("stock", "FPT", { last: 5, session: 'a"b\\c\u2028', ref: null });
  world.tick();
  world.wait(500);
  for (const text of link.sent) assert.doesNotThrow(() => JSON.parse(text));
  assert.ok(link.sent.length >= 2);
});

/** Milliseconds of the quickest of three rounds of joining and leaving. */
function roundMs(count: number): number {
  let quickest = Infinity;
  for (let round = 0; round < 3; round++) {
    const world = new World();
    const links = Array.from({ length: count }, () => new FakeLink());
    const startMs = performance.now();
    for (const link of links) world.hub.join(link, "alerts", world.nowMs, KNOWN);
    for (const link of links.reverse()) world.hub.leave(link, "alerts");
    quickest = Math.min(quickest, performance.now() - startMs);
    assert.equal(world.hub.links, 0);
  }
  return quickest;
}

Deno.test("Joining and leaving cost the same however many clients there are (F-121)", () => {
  roundMs(4_000);
  const ratio = roundMs(64_000) / roundMs(4_000);
  // 16 times the clients cost 16 times as much; with a scan of all of them it would be 256 times.
  assert.ok(ratio < 128, `${ratio}`);
});
