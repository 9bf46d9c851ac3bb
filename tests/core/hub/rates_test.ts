import assert from "node:assert/strict";
import type { DeltaFrame } from "../../../core/wire/frames.ts";
import { RATES_MS } from "../../../core/wire/client_schema.ts";
import { type FakeLink, World } from "./world.ts";

/** A subscriber of VN30 at a rate, and the reply to its subscription. */
function subscriber(world: World, rate: number): { link: FakeLink; reply: unknown } {
  const link = world.join();
  link.take();
  world.send(link, { op: "sub", id: 1, c: ["board:vn30"], rate });
  return { link, reply: link.frames()[0] };
}

function trade(world: World, last: number): void {
  world.put("board:vn30", "FPT", { last });
  world.tick();
}

const lasts = (link: FakeLink) => (link.frames() as DeltaFrame[]).map(({ d }) => d[2]);

Deno.test("A rate between two classes is served by the slower one, and the reply says so (N-27)", () => {
  const world = World.started();
  const served = [100, 101, 250, 251, 999, 1_000, 1_001, 2_000].map((rate) => {
    const { reply } = subscriber(world, rate);
    return (reply as { rate: number }).rate;
  });
  assert.deepEqual(served, [100, 250, 250, 500, 1_000, 1_000, 2_000, 2_000]);
});

for (const rate of RATES_MS) {
  Deno.test(`At ${rate} ms the first change after quiet leaves at once, later ones that far apart with the last value (F-134, F-135)`, () => {
    const world = World.started();
    const { link } = subscriber(world, rate);
    world.wait(rate);
    trade(world, 1);
    assert.deepEqual(lasts(link), [1]);
    const writes: (readonly [ms: number, last: unknown])[] = [];
    const startMs = world.nowMs;
    let price = 1;
    while (world.nowMs < startMs + 3 * rate) {
      trade(world, ++price);
      writes.push(...lasts(link).map((last) => [world.nowMs - startMs, last] as const));
      world.wait(50);
      writes.push(...lasts(link).map((last) => [world.nowMs - startMs, last] as const));
    }
    assert.deepEqual(writes.map(([ms]) => ms), [rate, 2 * rate, 3 * rate]);
    assert.equal(writes.at(-1)![1], price);
  });
}

Deno.test("A slow rate holds nobody else back, and a new rate holds for all channels of the socket", () => {
  const world = World.started();
  const { link: slow } = subscriber(world, 2_000);
  const { link: fast } = subscriber(world, 100);
  world.wait(2_000);
  for (let price = 1; price <= 10; price++) {
    trade(world, price);
    world.wait(100);
  }
  assert.deepEqual(lasts(fast), [1, 2, 3, 4, 5, 6, 7, 8, 9, 10]);
  assert.deepEqual(lasts(slow), [1]);
  world.send(slow, { op: "sub", id: 2, c: ["index"], rate: 100 });
  assert.deepEqual(slow.frames().map((frame) => "c" in frame ? frame.c : frame.k), [
    "ok",
    "st",
    "board:vn30",
    "index",
  ]);
});

Deno.test("A rate outside 100 to 2,000 ms is refused in words that name the wanted form", () => {
  const world = World.started();
  const link = world.join();
  link.take();
  for (const rate of [0, 99, 2_001, 100.5, "250"]) {
    world.nowMs += 1_000;
    world.send(link, { op: "sub", id: 1, c: ["index"], rate });
    const [error] = link.frames();
    assert.ok(error?.k === "err" && error.code === "BAD_MESSAGE", String(rate));
    assert.match(error.msg, /rate: 100 to 2000 ms/);
    if (link.closed !== null) return;
  }
  assert.fail("broken messages close the socket in the end");
});
