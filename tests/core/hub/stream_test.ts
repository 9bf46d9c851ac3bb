import assert from "node:assert/strict";
import { VOLUME_FIELDS } from "../../../core/wire/analytics.ts";
import { ROW_SET_NAMES } from "../../../core/wire/channel.ts";
import type { DeltaFrame, SnapshotFrame } from "../../../core/wire/frames.ts";
import { HEARTBEAT_MS, LAG_MS_MAX } from "../../../core/hub/limits.ts";
import { RATES_MS } from "../../../core/wire/client_schema.ts";
import { cellsOf, type FakeLink, liveStatus, ROWS, World } from "./world.ts";

const kinds = (frames: readonly { readonly k: string }[]) => frames.map(({ k }) => k);

Deno.test("A client is greeted with the protocol, its id, the limits and the fields of each table (B-29, F-146)", () => {
  const world = World.started();
  const [hello] = world.join("v1", "abc").frames();
  assert.ok(hello?.k === "hello");
  assert.deepEqual([hello.v, hello.sid, hello.hb, hello.tick], [1, "abc", 15_000, RATES_MS[0]]);
  assert.equal(hello.data_status, "live");
  assert.equal(hello.limits.messageBytes, 4_096);
  assert.equal(hello.schema["board:vn30"].f[0], "exchange");
  assert.deepEqual(
    Object.keys(hello.schema).sort(),
    [...ROW_SET_NAMES, "stock", "book", "trades"].sort(),
  );
  assert.deepEqual(hello.schema.volume.f, VOLUME_FIELDS);
  assert.deepEqual(hello.logs, ["alerts", "trades"]);
});

Deno.test("A subscription is answered by ok, status and snapshots in one write", () => {
  const world = World.started();
  const link = world.join();
  link.take();
  world.send(link, { op: "sub", id: 7, c: ["board:vn30", "index"] });
  const writes = link.take();
  assert.equal(writes.length, 1);
  assert.deepEqual(kinds(writes[0]!), ["ok", "st", "s", "s"]);
  const [ok, , board] = writes[0]!;
  assert.deepEqual(ok, { k: "ok", id: 7 });
  assert.deepEqual((board as SnapshotFrame).y, ["ACB", "FPT", "VNM"]);
});

Deno.test("A subscription from a known position gets the delta since it, or nothing when current (B-29)", () => {
  const world = World.started();
  world.put("board:vn30", "FPT", { last: 1 });
  world.tick();
  world.put("board:vn30", "ACB", { last: 2 });
  world.tick();
  const link = world.join();
  const sub = (s: number, e = "e1") => {
    link.take();
    world.send(link, { op: "sub", id: 1, c: ["board:vn30"], from: { "board:vn30": { e, s } } });
    return link.frames();
  };
  const frames = sub(1);
  assert.deepEqual(kinds(frames), ["ok", "st", "d"]);
  const { p, s, d } = frames[2] as DeltaFrame;
  assert.deepEqual([p, s, d], [1, 2, [0, 16, 2]]);
  assert.deepEqual(kinds(sub(2)), ["ok", "st"]);
  assert.deepEqual(kinds(sub(1, "other")), ["ok", "st", "s"]);
});

Deno.test("A client that another node has told more of the bus is sent nothing older, and goes on from there", () => {
  const world = World.started();
  world.put("board:vn30", "FPT", { last: 1 });
  world.tick();
  const link = world.join();
  link.take();
  const from = { "board:vn30": { e: "e1", s: 3 } };
  world.send(link, { op: "sub", id: 1, c: ["board:vn30"], from });
  assert.deepEqual(kinds(link.frames()), ["ok", "st"]);
  for (let s = 2; s <= 4; s++) {
    world.wait(100);
    world.put("board:vn30", "FPT", { last: s });
    world.tick();
  }
  const deltas = link.frames() as DeltaFrame[];
  assert.deepEqual(kinds(deltas), ["d", "d", "d"]);
  // The first two are known to it, and the last one leads on from what it has.
  assert.deepEqual(deltas.map(({ p, s }) => [p, s]), [[1, 2], [2, 3], [3, 4]]);
});

Deno.test("Who comes before there is any data goes on from where it stands, and with nothing older", () => {
  const world = new World();
  const joined = (e: string, s: number) => {
    const link = world.join();
    link.take();
    world.send(link, { op: "sub", id: 1, c: ["index"], from: { index: { e, s } } });
    link.take();
    return link;
  };
  const [behind, same, ahead] = [joined("e1", 1), joined("e1", 3), joined("e1", 9)];
  const other = joined("e0", 3);
  world.publisher.setRows(ROWS, "e1");
  for (let last = 1; last <= 3; last++) {
    world.publisher.put("index", "VNINDEX", cellsOf("index", { value: last }));
    world.publisher.tick(last);
  }
  world.hub.apply(world.publisher.snapshot(), world.nowMs);
  const told = (link: FakeLink) => link.frames().filter(({ k }) => k !== "st");
  // The hub does not know which cells changed before its first snapshot.
  assert.deepEqual(kinds(told(behind)), ["s"]);
  assert.deepEqual([...told(same), ...told(ahead)], []);
  assert.deepEqual(kinds(told(other)), ["s"]);
});

Deno.test("A change reaches subscribers of its table at once and nobody else", () => {
  const world = World.started();
  const board = world.subscriber(["board:vn30"]);
  const index = world.subscriber(["index"]);
  world.wait(100);
  world.put("board:vn30", "FPT", { last: 1 });
  world.tick();
  assert.deepEqual(kinds(board.frames()), ["d"]);
  assert.deepEqual(index.frames(), []);
});

Deno.test("Changes of several tables in a tick are one write", () => {
  const world = World.started();
  const link = world.subscriber();
  world.wait(100);
  world.put("board:vn30", "FPT", { last: 1 });
  world.put("index", "VN30", { value: 2 });
  world.tick();
  const writes = link.take();
  assert.equal(writes.length, 1);
  assert.deepEqual(kinds(writes[0]!), ["d", "d"]);
});

Deno.test("Frames are built once for all clients that stand at the same seq (F-120)", () => {
  const world = World.started();
  const links = Array.from({ length: 20 }, () => world.subscriber(["board:vn30", "index"]));
  const before = world.hub.metrics().hub_frames_built_total!;
  world.wait(100);
  world.put("board:vn30", "FPT", { last: 1 });
  world.tick();
  assert.equal(world.hub.metrics().hub_frames_built_total! - before, 1);
  assert.ok(links.every((link) => link.sent.length === 1));
  assert.equal(new Set(links.map((link) => link.sent[0])).size, 1);
});

Deno.test("Nothing is built while nobody listens (F-126)", () => {
  const world = World.started();
  const gone = world.subscriber();
  world.hub.leave(gone, "v1");
  const before = world.hub.metrics().hub_frames_built_total!;
  for (let i = 1; i < 50; i++) {
    world.put("board:vn30", "FPT", { last: i });
    world.tick();
    world.wait(100);
  }
  assert.equal(world.hub.metrics().hub_frames_built_total, before);
  assert.deepEqual(gone.sent, []);
});

Deno.test("A client with unsent bytes is skipped, and later gets one delta over all it missed (F-117, F-118, F-152, F-154)", () => {
  const world = World.started();
  const link = world.subscriber();
  link.stall();
  for (let i = 1; i <= 5; i++) {
    world.wait(100);
    world.put("board:vn30", "FPT", { last: i, vol: i });
    world.put("board:vn30", "ACB", { last: 7 });
    world.tick();
  }
  assert.deepEqual(link.sent, []);
  link.drain();
  world.wait(50);
  const frames = link.frames() as DeltaFrame[];
  assert.equal(frames.length, 1);
  assert.deepEqual([frames[0]!.p, frames[0]!.s], [0, 5]);
  assert.deepEqual(frames[0]!.d, [0, 16, 7, 1, 16 + 4096, 5, 5]);
  assert.ok(world.hub.metrics().hub_conflated_total! >= 5);
});

Deno.test("A client that lags longer than the limit is closed as a slow consumer", () => {
  const world = World.started();
  const link = world.subscriber();
  world.wait(50);
  link.stall();
  world.put("board:vn30", "FPT", { last: 1 });
  world.tick();
  world.wait(LAG_MS_MAX);
  assert.equal(link.closeCode(), null);
  world.wait(50);
  assert.equal(link.closeCode(), 4108);
  assert.equal(world.hub.links, 0);
});

Deno.test("A client that stops reading while nothing changes is found by the heartbeat", () => {
  const world = World.started();
  const link = world.subscriber();
  link.stall();
  world.wait(HEARTBEAT_MS + LAG_MS_MAX + 200);
  assert.equal(link.closeCode(), 4108);
});

Deno.test("A heartbeat tells the clock and the seq of each subscribed table's last change (F-127)", () => {
  const world = World.started();
  world.wait(50);
  world.put("index", "VN30", { value: 1 });
  world.tick();
  const link = world.subscriber(["board:vn30", "index"]);
  world.wait(HEARTBEAT_MS);
  const beats = link.frames();
  assert.deepEqual(kinds(beats), ["h"]);
  assert.deepEqual(beats[0], {
    k: "h",
    t: (beats[0] as { t: number }).t,
    e: "e1",
    m: { "board:vn30": 0, index: 1 },
  });
  world.wait(HEARTBEAT_MS);
  assert.deepEqual(kinds(link.frames()), ["h"]);
});

Deno.test("A clock that steps back does not stop heartbeats or data", () => {
  const world = World.started();
  const link = world.subscriber();
  world.wait(1_000);
  world.nowMs -= 3_600_000;
  world.put("index", "VN30", { value: 1 });
  world.tick();
  assert.deepEqual(kinds(link.frames()), ["d"]);
  world.wait(HEARTBEAT_MS + 100);
  assert.deepEqual(kinds(link.frames()), ["h"]);
});

Deno.test("A new epoch gives every subscriber snapshots, whatever it had", () => {
  const world = World.started();
  const link = world.subscriber(["board:vn30"]);
  world.publisher.setRows({ "board:vn30": ["HPG"] }, "e2");
  world.tick();
  world.wait(100);
  const frames = link.frames();
  assert.deepEqual(kinds(frames), ["s"]);
  const [snapshot] = frames as SnapshotFrame[];
  assert.deepEqual([snapshot!.e, snapshot!.y], ["e2", ["HPG"]]);
});

Deno.test("A status with news reaches subscribers at once; a moved clock alone is no news (F-022, B-21)", () => {
  const world = World.started();
  const link = world.subscriber();
  const silent = world.join();
  silent.take();
  world.hub.apply(
    { k: "status", epoch: "e1", status: { ...liveStatus(), asOfMs: 5 } },
    world.nowMs,
  );
  assert.deepEqual(link.frames(), []);
  world.hub.markStale("the engine is down", world.nowMs);
  const [frame] = link.frames();
  assert.ok(frame?.k === "st");
  assert.deepEqual([frame.st, frame.data_status, frame.feed.reason], [
    "stale",
    "stale",
    "the engine is down",
  ]);
  assert.deepEqual(silent.frames(), []);
});

Deno.test("A client may subscribe before the first data; the snapshot follows", () => {
  const world = new World();
  const link = world.join();
  link.take();
  world.send(link, { op: "sub", id: 1, c: ["board:vn30"] });
  assert.deepEqual(kinds(link.frames()), ["ok", "st"]);
  world.publisher.setRows({ "board:vn30": ["FPT"] }, "e1");
  world.tick();
  assert.deepEqual(kinds(link.frames()), ["st", "s"]);
});

Deno.test("At the end every client is told to come back, each after its own wait, and closed", () => {
  const world = World.started();
  const links = [world.subscriber(), world.subscriber()];
  let after = 0;
  world.hub.closeAll(() => after += 1_000);
  assert.deepEqual(links.map((link) => link.frames()), [
    [{ k: "bye", code: 1012, after: 1_000 }],
    [{ k: "bye", code: 1012, after: 2_000 }],
  ]);
  assert.deepEqual(links.map((link) => link.closeCode()), [1012, 1012]);
  assert.equal(world.hub.links, 0);
});
