import assert from "node:assert/strict";
import type { LogFrame, ServerFrame } from "../../../core/wire/frames.ts";
import { type TradeEntry, TRADES_KEPT } from "../../../core/wire/trade.ts";
import { type FakeLink, World } from "./world.ts";

const entryOf = (total: number): TradeEntry => [1_000, 10.5, 100, "buy", "feed", total, 0];

function trade(world: World, from: number, to: number): void {
  for (let n = from; n < to; n++) world.publisher.trade("FPT", entryOf(n));
  world.tick();
}

/** Positions of the trades that came, and what stood before them. */
function told(link: FakeLink): [p: number, s: number, totals: number[]][] {
  return link.frames().filter((frame): frame is LogFrame => frame.k === "a").map(
    ({ p, s, list }) => [p, s, (list as readonly TradeEntry[]).map((entry) => entry[5])],
  );
}

const kinds = (frames: readonly ServerFrame[]) => frames.map(({ k }) => k);

Deno.test("A subscriber of trades gets each one once, from the first or from where it was", () => {
  const world = World.started();
  const link = world.subscriber(["trades:FPT"]);
  trade(world, 0, 2);
  world.wait(100);
  trade(world, 2, 3);
  world.wait(100);
  assert.deepEqual(told(link), [[0, 2, [0, 1]], [2, 3, [2]]]);
  const again = world.join();
  const from = { "trades:FPT": { e: "e1", s: 1 } };
  world.send(again, { op: "sub", id: 1, c: ["trades:FPT"], from });
  assert.deepEqual(told(again), [[1, 3, [1, 2]]]);
});

Deno.test("A position before the trades that are kept is refused, with the address that has them", () => {
  const world = World.started();
  trade(world, 0, TRADES_KEPT + 10);
  const link = world.join();
  link.take();
  const from = { "trades:FPT": { e: "e1", s: 9 } };
  world.send(link, { op: "sub", id: 1, c: ["trades:FPT"], from });
  const frames = link.frames();
  assert.deepEqual(kinds(frames), ["ok", "st", "err", "a"]);
  const [, , gap, fresh] = frames;
  assert.ok(gap?.k === "err" && gap.code === "GAP" && fresh?.k === "a");
  assert.deepEqual(gap.c, ["trades:FPT"]);
  assert.match(gap.msg, /before 11 .* \/api\/history\/FPT\/ticks$/);
  assert.deepEqual([fresh.p, fresh.s, fresh.list.length], [10, TRADES_KEPT + 10, TRADES_KEPT]);
  const next = world.join();
  next.take();
  world.send(next, {
    op: "sub",
    id: 1,
    c: ["trades:FPT"],
    from: { "trades:FPT": { e: "e1", s: 10 } },
  });
  assert.deepEqual(kinds(next.frames()), ["ok", "st", "a"]);
});

Deno.test("Trades of a ticker that is not known are refused, the feed's state alone can be asked for", () => {
  const world = World.started();
  const link = world.join();
  link.take();
  world.send(link, { op: "sub", id: 1, c: ["trades:NONE", "book:NONE", "status"] });
  const [error, status, ...more] = link.frames();
  assert.ok(error?.k === "err" && error.code === "BAD_CHANNEL");
  assert.deepEqual(error.c, ["trades:NONE", "book:NONE"]);
  assert.deepEqual([status?.k, more], ["st", []]);
});
