import assert from "node:assert/strict";
import fc from "fast-check";
import type { ChannelName } from "../../core/wire/channel.ts";
import { ROWS, World } from "../core/hub/world.ts";
import { WireView } from "../support/wire_view.ts";

const CHANNELS: readonly ChannelName[] = ["board:vn30", "index", "stock:NEW", "alerts"];
const SYMBOLS = ["ACB", "FPT", "VNM", "NEW", "ANEW"] as const;

const action = fc.oneof(
  {
    weight: 12,
    arbitrary: fc.tuple(fc.constant("put" as const), fc.nat(4), fc.nat(40), fc.nat(5)),
  },
  {
    weight: 3,
    arbitrary: fc.tuple(fc.constant("index" as const), fc.nat(1), fc.nat(5), fc.nat(9)),
  },
  { weight: 2, arbitrary: fc.tuple(fc.constant("alert" as const), fc.nat(3)) },
  { weight: 4, arbitrary: fc.tuple(fc.constant("wait" as const), fc.nat(3)) },
  { weight: 2, arbitrary: fc.tuple(fc.constant("snapshot" as const)) },
  { weight: 1, arbitrary: fc.tuple(fc.constant("epoch" as const), fc.boolean()) },
);

Deno.test("From any position of the past a client comes to what the server has, or is told what is gone (P10, I6)", () => {
  let [deltas, wholes] = [0, 0];
  fc.assert(
    fc.property(fc.array(action, { maxLength: 40 }), fc.boolean(), (actions, isFiltered) => {
      const world = World.started();
      world.put("stock", "NEW", {});
      world.tick();
      const syms = isFiltered ? { syms: ["VNM", "NEW", "FPT", "VN30"] } : {};
      const link = world.join();
      world.send(link, { op: "sub", id: 1, c: CHANNELS, ...syms });
      const view = new WireView();
      const past: WireView[] = [new WireView()];
      let epochs = 1;
      let alerts = 0;
      for (const act of actions) {
        if (act[0] === "put") world.put("stock", SYMBOLS[act[1]]!, { [field(act[2])]: act[3] });
        if (act[0] === "index") {
          world.put("index", ROWS.index![act[1]]!, { [field(act[2])]: act[3] });
        }
        if (act[0] === "alert") world.raise(alerts += act[1]);
        if (act[0] === "epoch") {
          alerts = 0;
          world.startEpoch(ROWS, `e${++epochs}`, act[1] ? "2026-08-04" : "2026-08-03");
          world.put("stock", "NEW", {});
        }
        // A bus that lost a message brings everything again.
        if (act[0] === "snapshot") world.hub.apply(world.publisher.snapshot(), world.nowMs);
        if (act[0] === "wait") world.wait(50 * act[1]);
        else world.tick();
        view.take(link.frames());
        past.push(WireView.copy(view));
      }
      world.wait(200);
      view.take(link.frames());
      const fresh = resumed(world, new WireView(), syms);
      assert.deepEqual([...view.rows].sort(), [...fresh.rows].sort());
      for (const old of past) {
        const before = structuredClone(old.logs.get("alerts"));
        const back = resumed(world, old, syms);
        for (const [c, { e, y, rows }] of fresh.rows) {
          const held = back.rows.get(c)!;
          assert.deepEqual([held.e, held.y, held.rows], [e, y, rows], c);
        }
        back.applied > 0 && before?.e === back.logs.get("alerts")!.e ? deltas++ : wholes++;
        checkLog(back, fresh, before);
      }
    }),
    { numRuns: 300 },
  );
  assert.ok(deltas > 100 && wholes > 100, `${deltas} resumed, ${wholes} from the start`);
});

/** What a client gets that subscribes with the positions of a view. */
function resumed(world: World, view: WireView, syms: object): WireView {
  const link = world.join();
  link.take();
  world.send(link, { op: "sub", id: 1, c: CHANNELS, from: view.from, ...syms });
  view.take(link.frames());
  return view;
}

/** Either the log is whole from where the client stood, or it was told that something is gone. */
function checkLog(back: WireView, fresh: WireView, before: { e: string } | undefined): void {
  const [held, kept] = [back.logs.get("alerts")!, fresh.logs.get("alerts")!];
  assert.deepEqual([held.e, held.s], [kept.e, kept.s]);
  assert.deepEqual(held.entries.slice(-kept.entries.length || held.entries.length), kept.entries);
  if (before !== undefined && before.e === held.e) {
    assert.equal(held.s - held.first, held.entries.length);
  }
}

function field(at: number): string {
  const names = ["last", "vol", "b1p", "b1v", "session", "high", "cVnindex", "time"];
  return names[at % names.length]!;
}
