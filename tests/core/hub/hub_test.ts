import assert from "node:assert/strict";
import fc from "fast-check";
import { type Contract, Hub } from "../../../core/hub/hub.ts";
import { connectingStatus } from "../../../core/hub/replica.ts";
import type { BusMessage } from "../../../core/wire/bus_message.ts";
import { cellsOf, FakeLink, hubStart, NINE_THIRTY_MS, World } from "./world.ts";

Deno.test("Before the first snapshot the hub is not ready and says that it is connecting", () => {
  const hub = new Hub(hubStart(connectingStatus("sim", NINE_THIRTY_MS)));
  const view = hub.view();
  assert.equal(hub.ready(), false);
  assert.deepEqual([view.epoch, view.status.state, view.rows("board:vn30")], [
    "",
    "connecting",
    [],
  ]);
  assert.equal(view.status.phases.HOSE, "continuous");
});

Deno.test("The view gives rows as objects, and keeps those that did not change", () => {
  const world = World.started();
  world.put("board:vn30", "FPT", { last: 100_000, exchange: "HOSE" });
  world.tick();
  const before = world.hub.view();
  assert.deepEqual([before.epoch, before.seq, before.asOfMs], ["e1", 1, world.nowMs]);
  const old = before.rows("board:vn30");
  assert.equal(old[1]!.symbol, "FPT");
  assert.equal(old[1]!.last, 100_000);
  assert.equal(world.hub.view().rows("board:vn30"), old);
  world.put("board:vn30", "VNM", { last: 60_000 });
  world.tick();
  const rows = world.hub.view().rows("board:vn30");
  assert.equal(rows[1], old[1]);
  assert.equal(rows[2]!.last, 60_000);
  assert.equal(old[2]!.last, null);
  assert.equal(world.hub.view().tableSeq("board:vn30"), 2);
  assert.equal(world.hub.view().tableSeq("index"), 0);
});

Deno.test("A lost delta is seen; the hub waits for a snapshot and is right again", () => {
  const world = World.started();
  const link = world.subscriber(["board:vn30"]);
  world.put("board:vn30", "FPT", { last: 1 });
  world.publisher.tick(world.nowMs);
  world.put("board:vn30", "ACB", { last: 2 });
  const second = world.publisher.tick(world.nowMs)!;
  assert.equal(world.hub.apply(second, world.nowMs), "gap");
  assert.equal(world.hub.apply(second, world.nowMs), "ignored");
  assert.equal(world.hub.apply(world.publisher.snapshot(), world.nowMs), "applied");
  world.wait(50);
  const rows = world.hub.view().rows("board:vn30");
  assert.deepEqual(rows.map(({ last }) => last), [2, 1, null]);
  assert.equal(link.frames().length, 1);
  assert.equal(world.hub.metrics().hub_bus_gaps_total, 1);
});

Deno.test("A delta of another epoch is a gap, an old one is ignored", () => {
  const world = World.started();
  const delta = (epoch: string, seq: number): BusMessage => ({
    k: "delta",
    epoch,
    seq,
    asOfMs: 1,
    tables: [{ name: "stock", d: [0, 16, 1] }],
    logs: [],
    trades: [],
  });
  assert.equal(world.hub.apply(delta("e1", 0), 1), "ignored");
  assert.equal(world.hub.apply(delta("e9", 1), 1), "gap");
});

Deno.test("Data is served while the engine side is away, marked stale, and live again after it", () => {
  const world = World.started();
  world.put("board:vn30", "FPT", { last: 5 });
  world.tick();
  world.hub.markStale("worker died", world.nowMs);
  assert.equal(world.hub.view().status.state, "stale");
  assert.equal(world.hub.view().status.sinceMs, world.nowMs);
  assert.equal(world.hub.view().rows("board:vn30")[1]!.last, 5);
  assert.equal(world.hub.ready(), true);
  world.hub.apply(world.publisher.snapshot(), world.nowMs);
  assert.equal(world.hub.view().status.state, "live");
});

Deno.test("A snapshot taken in the middle of a tick loses no cell for a client that resumes", () => {
  const world = World.started();
  world.put("board:vn30", "FPT", { last: 1 });
  world.tick();
  const link = world.subscriber(["board:vn30"]);
  world.put("board:vn30", "FPT", { last: 2 });
  // The hub starts over with a snapshot that holds half of the tick that is still open.
  world.hub.apply(world.publisher.snapshot(), world.nowMs);
  world.wait(100);
  world.put("board:vn30", "ACB", { last: 3 });
  world.tick();
  const cells = link.frames().flatMap((frame) => frame.k === "d" ? frame.d : []);
  assert.deepEqual(cells, [0, 16, 3, 1, 16, 2]);
});

Deno.test("Figures of the engine side are kept as it told them", () => {
  const world = World.started();
  world.hub.apply({ k: "metrics", metrics: { journal_frames_total: 9 } }, world.nowMs);
  assert.deepEqual(world.hub.engineMetrics(), { journal_frames_total: 9 });
});

Deno.test("After everybody left nothing is held, and nobody is sent to after leaving (P9, F-115, F-124)", () => {
  const action = fc.record({
    link: fc.nat(5),
    what: fc.constantFrom("join", "leave", "sub", "change", "stall", "drain", "bad", "wait"),
    contract: fc.constantFrom(
      "v1" as const,
      "market" as const,
      "alerts" as const,
      "stocks/FPT" as const,
    ),
  });
  fc.assert(
    fc.property(fc.array(action, { maxLength: 60 }), (actions) => {
      const world = World.started();
      const places: ({ link: FakeLink; contract: Contract } | null)[] = [];
      const left: FakeLink[] = [];
      let price = 0;
      for (const { link: at, what, contract } of actions) {
        const place = places[at];
        if (what === "change") {
          world.publisher.put("board:vn30", "FPT", cellsOf("board:vn30", { last: ++price }));
          world.raise(price);
          world.tick();
        } else if (what === "wait") world.wait(3_000);
        else if (what === "join" && !place) places[at] = { link: world.join(contract), contract };
        else if (!place) continue;
        else if (what === "leave") {
          world.hub.leave(place.link, place.contract);
          place.link.sent.length = 0;
          left.push(place.link);
          places[at] = null;
        } else if (what === "stall") place.link.stall();
        else if (what === "drain") place.link.drain();
        else {
          const text = what === "sub"
            ? '{"op":"sub","id":1,"c":["board:vn30","alerts","stock:FPT"]}'
            : "{";
          // A closed link may still deliver what was on its way.
          world.hub.receive(place.link, place.contract, text, world.nowMs);
        }
      }
      assert.ok(left.every((link) => link.sent.length === 0));
      const open = places.filter((place) => place && place.link.closed === null).length;
      assert.equal(world.hub.links, open);
      for (const place of places) if (place) world.hub.leave(place.link, place.contract);
      assert.equal(world.hub.links, 0);
    }),
    { numRuns: 300 },
  );
});

Deno.test("Leaving twice changes nothing (F-122)", () => {
  const world = World.started();
  const link = world.join();
  world.hub.leave(link, "v1");
  world.hub.leave(link, "v1");
  assert.equal(world.hub.links, 0);
});
