import assert from "node:assert/strict";
import fc from "fast-check";
import type { DeltaFrame, ServerFrame, SnapshotFrame } from "../../../core/wire/frames.ts";
import { VersionedTable } from "../../../core/hub/table.ts";
import { RowView } from "../../../core/hub/channel_rows.ts";
import { ROWS, World } from "./world.ts";

const told = (frames: readonly ServerFrame[]) =>
  frames.map((frame) => "c" in frame ? [frame.k, frame.c] : [frame.k]);

Deno.test("A view numbers its rows from 0 in its own order, whatever their place in the table (F-152)", () => {
  const world = new World();
  world.startEpoch({ "board:vn30": ["ACB", "FPT"], "board:extra": ["FPT", "HUT", "ACB"] }, "e1");
  world.tick();
  const link = world.join();
  world.send(link, { op: "sub", id: 1, c: ["board:extra"] });
  const snapshot = link.frames().find((frame): frame is SnapshotFrame => frame.k === "s")!;
  assert.deepEqual(snapshot.y, ["FPT", "HUT", "ACB"]);
  world.put("stock", "ACB", { last: 3 });
  world.put("stock", "FPT", { last: 4 });
  world.tick();
  world.wait(50);
  const [delta] = link.frames() as DeltaFrame[];
  assert.deepEqual(delta!.d, [0, 16, 4, 2, 16, 3]);
});

Deno.test("A change of a row that is in no view of a client sends it nothing", () => {
  const world = World.started();
  world.put("stock", "HUT", { last: 1 });
  world.tick();
  const link = world.subscriber(["board:vn30", "index"]);
  world.wait(100);
  world.put("stock", "HUT", { last: 2 });
  world.tick();
  world.wait(1_000);
  assert.deepEqual(link.frames(), []);
});

Deno.test("A row that joins a table reaches whoever has the whole table as a snapshot of the same epoch, and views as nothing", () => {
  const world = World.started();
  const [whole, view] = [world.subscriber(["index"]), world.subscriber(["board:vn30"])];
  world.wait(100);
  world.put("index", "VNX50", { value: 1 });
  world.put("stock", "HUT", { last: 1 });
  world.put("stock", "FPT", { last: 5 });
  world.tick();
  const [snapshot] = whole.frames() as SnapshotFrame[];
  assert.deepEqual([snapshot!.k, snapshot!.e, snapshot!.s], ["s", "e1", 1]);
  assert.deepEqual(snapshot!.y, ["VN30", "VNINDEX", "VNX50"]);
  const [delta] = view.frames() as DeltaFrame[];
  assert.deepEqual([delta!.k, delta!.d], ["d", [1, 16, 5]]);
  world.wait(100);
  world.put("index", "VNX50", { value: 2 });
  world.tick();
  assert.deepEqual(told(whole.frames()), [["d", "index"]]);
});

Deno.test("A client that resumes from before a row joined gets a snapshot, from after it a delta", () => {
  const world = World.started();
  world.put("index", "VN30", { value: 1 });
  world.tick();
  world.put("index", "VNX50", { value: 1 });
  world.tick();
  world.put("index", "VN30", { value: 2 });
  world.tick();
  for (const [s, kind] of [[1, "s"], [2, "d"]] as const) {
    const link = world.join();
    link.take();
    world.send(link, { op: "sub", id: 1, c: ["index"], from: { index: { e: "e1", s } } });
    assert.deepEqual(told(link.frames()).at(-1), [kind, "index"]);
  }
});

Deno.test("A stock channel is the one row of its ticker, and waits for a ticker that comes later (F-108, F-147)", () => {
  const world = new World();
  const early = world.join();
  early.take();
  world.send(early, { op: "sub", id: 1, c: ["stock:HUT", "stock:FPT"] });
  assert.deepEqual(told(early.frames()), [["ok"], ["st"]]);
  world.startEpoch(ROWS, "e1");
  world.tick();
  const first = early.frames().filter((frame): frame is SnapshotFrame => frame.k === "s");
  assert.deepEqual(first.map(({ c, y }) => [c, y]), [["stock:FPT", ["FPT"]], ["stock:HUT", []]]);
  world.wait(100);
  world.put("stock", "HUT", { last: 7 });
  world.tick();
  const [hut] = early.frames() as SnapshotFrame[];
  assert.deepEqual([hut!.k, hut!.c, hut!.y, hut!.v[4]], ["s", "stock:HUT", ["HUT"], [7]]);
  world.wait(100);
  world.put("stock", "HUT", { last: 8 });
  world.tick();
  const [delta] = early.frames() as DeltaFrame[];
  assert.deepEqual([delta!.c, delta!.d], ["stock:HUT", [0, 16, 8]]);
});

Deno.test("Foreign flow and volume are views over the board's symbols, flow and derivatives whole tables", () => {
  const world = new World();
  world.startEpoch({
    ...ROWS,
    foreign: ["FPT", "ACB"],
    volume: ["FPT", "ACB", "41I1G8000"],
    flow: ["VN30", "ALL"],
    derivatives: ["41I1G8000"],
  }, "e1");
  world.put("foreign", "HUT", { buyVol: 5 });
  world.tick();
  const link = world.join();
  link.take();
  const c = ["foreign", "volume", "flow", "derivatives"];
  world.send(link, { op: "sub", id: 1, c });
  const snapshots = link.frames().filter((frame): frame is SnapshotFrame => frame.k === "s");
  assert.deepEqual(snapshots.map(({ c, y }) => [c, y]), [
    ["derivatives", ["41I1G8000"]],
    ["flow", ["VN30", "ALL"]],
    ["foreign", ["FPT", "ACB"]],
    ["volume", ["FPT", "ACB", "41I1G8000"]],
  ]);
  assert.equal(world.hub.view().all("foreign").length, 3);
  assert.equal(world.hub.view().one("foreign", "HUT")?.buyVol, 5);
  assert.equal(world.hub.view().one("foreign", "XXX"), null);
});

Deno.test("A heartbeat tells how often a client was passed over since the last one (F-143, N-25)", () => {
  const world = World.started();
  const link = world.subscriber(["board:vn30"]);
  link.stall();
  for (let price = 1; price <= 3; price++) {
    world.wait(100);
    world.put("stock", "FPT", { last: price });
    world.tick();
  }
  link.drain();
  world.wait(15_000);
  const beats = link.frames().filter((frame) => frame.k === "h");
  assert.ok(beats[0]!.lag! >= 3);
  world.wait(15_000);
  const [quiet] = link.frames();
  assert.ok(quiet?.k === "h" && quiet.lag === undefined);
});

/** Counts the rows that are looked at. */
class CountedTable extends VersionedTable {
  looks = 0;
  override rowSeq(row: number): number {
    this.looks++;
    return super.rowSeq(row);
  }
}

Deno.test("What a view costs depends on its rows, not on those of the table, and only after a change", () => {
  const symbols = Array.from({ length: 8_000 }, (_, i) => `S${i}`);
  const table = new CountedTable({ symbols, width: 3, seq: 0 });
  const view = new RowView(table, ["S7999", "S5"]);
  table.put(5, [1, null, null], 1);
  for (let client = 0; client < 100; client++) assert.equal(view.seq, 1);
  assert.equal(table.looks, 2);
  assert.deepEqual(table.deltaSince(0, view.rows), [1, 1, 1]);
});

const step = fc.oneof(
  fc.record({ do: fc.constant("put" as const), at: fc.nat(5), to: fc.nat(3) }),
  fc.record({ do: fc.constant("join" as const) }),
);

Deno.test("Snapshot at any seq plus the view's delta since it is the view at the end, while the table grows (P10)", () => {
  fc.assert(fc.property(fc.array(step, { maxLength: 40 }), (steps) => {
    const table = new VersionedTable({ symbols: ["A", "B", "C", "D"], width: 2, seq: 0 });
    const view = new RowView(table, ["D", "A"]);
    const copies: VersionedTable[] = [];
    const copy = (seq: number) => {
      const held = new VersionedTable({ symbols: view.symbols, width: 2, seq });
      view.rows.forEach((row, at) => held.put(at, table.row(row), seq));
      copies.push(held);
    };
    copy(0);
    steps.forEach((one, at) => {
      const seq = at + 1;
      if (one.do === "join") table.add(`N${seq}`, seq);
      else table.put(one.at % table.symbols.length, [one.to, one.at], seq);
      copy(seq);
    });
    for (const [seq, held] of copies.entries()) {
      held.apply(table.deltaSince(seq, view.rows), steps.length);
      assert.deepEqual(held.rows(), view.rows.map((row) => table.row(row)));
    }
  }));
});
