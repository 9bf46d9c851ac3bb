import assert from "node:assert/strict";
import type { Alert } from "../../../core/wire/alert.ts";
import type { ErrorFrame, LogFrame, ServerFrame } from "../../../core/wire/frames.ts";
import { LOG_MAX } from "../../../core/wire/log.ts";
import { LAG_MS_MAX } from "../../../core/hub/limits.ts";
import { type FakeLink, ROWS, World } from "./world.ts";

const MAX = LOG_MAX.alerts;

function logs(frames: readonly ServerFrame[]): LogFrame[] {
  return frames.filter((frame): frame is LogFrame => frame.k === "a");
}

function raise(world: World, untilN: number): void {
  world.raise(untilN);
  world.tick();
  world.wait(100);
}

function sub(world: World, link: FakeLink, from?: { e: string; s: number }): ServerFrame[] {
  link.take();
  const position = from === undefined ? {} : { from: { alerts: from } };
  world.send(link, { op: "sub", id: 1, c: ["alerts"], ...position });
  return link.frames();
}

const numbers = ({ list }: LogFrame) => (list as Alert[]).map(({ n }) => n);

Deno.test("A subscription to alerts brings what is kept of the day, then each new one, in order (F-107, F-080)", () => {
  const world = World.started();
  raise(world, 2);
  const link = world.join();
  const [first] = logs(sub(world, link));
  assert.deepEqual([first!.e, first!.p, first!.s, numbers(first!)], ["e1", 0, 2, [1, 2]]);
  raise(world, 3);
  raise(world, 5);
  const later = logs(link.frames());
  assert.deepEqual(later.map(({ p, s }) => [p, s]), [[2, 3], [3, 5]]);
  assert.deepEqual(later.flatMap(numbers), [3, 4, 5]);
});

Deno.test("A log without entries is told too, so that its position is known", () => {
  const world = World.started();
  const [empty] = logs(sub(world, world.join()));
  assert.deepEqual([empty!.p, empty!.s, empty!.list], [0, 0, []]);
});

Deno.test("A client that cannot read for a while gets every alert since its own position, none conflated (F-119)", () => {
  const world = World.started();
  const link = world.join();
  sub(world, link);
  link.stall();
  for (let n = 1; n <= 20; n++) raise(world, n);
  assert.deepEqual(link.sent, []);
  link.drain();
  world.wait(100);
  const [all] = logs(link.frames());
  assert.deepEqual([all!.p, all!.s, numbers(all!).length], [0, 20, 20]);
});

Deno.test("A client resumes the log from its position and gets only what it lacks (B-29)", () => {
  const world = World.started();
  raise(world, 4);
  const [resumed] = logs(sub(world, world.join(), { e: "e1", s: 3 }));
  assert.deepEqual([resumed!.p, numbers(resumed!)], [3, [4]]);
  assert.deepEqual(logs(sub(world, world.join(), { e: "e1", s: 4 })), []);
  // Another node has heard more of the bus than this one yet.
  assert.deepEqual(logs(sub(world, world.join(), { e: "e1", s: 99 })), []);
});

Deno.test("Entries that are no longer kept are refused by name, and the log starts afresh behind it", () => {
  const world = World.started();
  const link = world.join();
  sub(world, link);
  link.stall();
  raise(world, MAX + 1);
  link.drain();
  world.wait(100);
  const [gap, fresh] = link.frames() as [ErrorFrame, LogFrame];
  assert.deepEqual([gap.k, gap.code, gap.id, gap.c], ["err", "GAP", null, ["alerts"]]);
  assert.match(gap.msg, /before 2 .*\/api\/market\/alerts/);
  assert.deepEqual([fresh.p, fresh.s, numbers(fresh)[0]], [1, MAX + 1, 2]);
  assert.equal(world.hub.metrics().hub_log_gaps_total, 1);
});

Deno.test("As many alerts as are kept are no gap", () => {
  const world = World.started();
  const link = world.join();
  sub(world, link);
  link.stall();
  raise(world, MAX);
  link.drain();
  world.wait(100);
  const frames = link.frames();
  assert.deepEqual(frames.map(({ k }) => k), ["a"]);
  assert.equal(numbers(frames[0] as LogFrame).length, MAX);
});

Deno.test("A first subscription to a log that has lost its beginning is no gap; a position of another epoch is", () => {
  const world = World.started();
  raise(world, MAX + 5);
  assert.deepEqual(sub(world, world.join()).map(({ k }) => k), ["ok", "st", "a"]);
  const resumed = sub(world, world.join(), { e: "e0", s: 3 });
  assert.deepEqual(resumed.map(({ k }) => k), ["ok", "st", "err", "a"]);
});

Deno.test("Before a new epoch a client gets the end of the old one; the new one begins with its first alert", () => {
  const world = World.started();
  const link = world.join();
  sub(world, link);
  raise(world, 1);
  link.take();
  // Within the gap between two writes, so that nothing of it has left yet.
  world.raise(2);
  world.tick();
  world.raise(3);
  world.tick();
  world.startEpoch(ROWS, "e2", "2026-08-04");
  world.tick();
  world.wait(100);
  const frames = logs(link.frames());
  assert.deepEqual(frames.filter(({ e }) => e === "e1").flatMap(numbers), [2, 3]);
  assert.deepEqual(frames.at(-1), { k: "a", c: "alerts", e: "e2", p: 0, s: 0, list: [] });
});

Deno.test("A client that was stuck when an epoch ended is told that it may lack the end of it", () => {
  const world = World.started();
  const link = world.join();
  sub(world, link);
  link.stall();
  raise(world, 2);
  world.startEpoch(ROWS, "e2", "2026-08-04");
  world.tick();
  link.drain();
  world.wait(100);
  assert.deepEqual(link.frames().map(({ k }) => k), ["err", "a"]);
});

Deno.test("A heartbeat tells the number of the last alert", () => {
  const world = World.started();
  const link = world.join();
  sub(world, link);
  raise(world, 7);
  link.take();
  world.wait(15_000);
  const [beat] = link.frames();
  assert.ok(beat?.k === "h");
  assert.deepEqual(beat.m, { alerts: 7 });
});

Deno.test("An alert frame is built once for all clients, and not at all without any (F-120, F-126)", () => {
  const world = World.started();
  const built = () => world.hub.metrics().hub_frames_built_total!;
  raise(world, 1);
  assert.equal(built(), 0);
  const links = Array.from({ length: 9 }, () => world.join());
  for (const link of links) sub(world, link);
  const before = built();
  raise(world, 2);
  assert.equal(built() - before, 1);
  assert.ok(links.every((link) => link.sent.length === 1));
});

function plain(world: World): { link: FakeLink; alerts: () => number[] } {
  const link = world.join("alerts");
  const alerts = () =>
    link.sent.splice(0).map((text) => JSON.parse(text)).filter(({ type }) => type === "alert")
      .map(({ n }) => n);
  return { link, alerts };
}

Deno.test("The plain channel sends each new alert as one message with its data, at once and without a throttle (F-107)", () => {
  const world = World.started();
  raise(world, 2);
  const { link } = plain(world);
  assert.deepEqual(link.sent.splice(0).map((text) => JSON.parse(text).type), ["status"]);
  world.raise(3);
  world.tick();
  const [message] = link.sent.splice(0).map((text) => JSON.parse(text));
  assert.deepEqual(
    [message.type, message.id, message.alert_type, message.symbol, message.timestamp],
    ["alert", "2026-08-03-3", "price_breakout", "FPT", "2026-08-03T09:30:00.000+07:00"],
  );
  assert.deepEqual(
    [message.as_of, message.seq, message.data_status],
    ["2026-08-03T09:30:00.100+07:00", 2, "live"],
  );
  for (let n = 4; n <= 9; n++) {
    world.raise(n);
    world.tick();
  }
  assert.deepEqual(link.sent.map((text) => JSON.parse(text).n), [4, 5, 6, 7, 8, 9]);
});

Deno.test("A plain client that could not read gets every alert it missed, in order (F-119)", () => {
  const world = World.started();
  const [slow, fast] = [plain(world), plain(world)];
  slow.link.stall();
  for (let n = 1; n <= 5; n++) raise(world, n);
  assert.deepEqual(slow.link.sent.length, 1);
  assert.deepEqual(fast.alerts(), [1, 2, 3, 4, 5]);
  slow.link.drain();
  world.wait(100);
  assert.deepEqual(slow.alerts(), [1, 2, 3, 4, 5]);
});

Deno.test("A plain client that is too slow for what is kept is closed, never sent a hole (F-118)", () => {
  const world = World.started();
  const { link, alerts } = plain(world);
  link.stall();
  raise(world, MAX + 1);
  link.drain();
  world.wait(100);
  assert.deepEqual(alerts(), []);
  assert.equal(link.closeCode(), 4108);
  const stuck = plain(world).link;
  stuck.stall();
  raise(world, MAX + 2);
  world.wait(LAG_MS_MAX + 100);
  assert.equal(stuck.closeCode(), 4108);
  assert.equal(world.hub.metrics().hub_closed_slow_total, 2);
});

Deno.test("A plain client gets no alert twice in a new epoch of the day, and all of them on a new day", () => {
  const world = World.started();
  world.startEpoch(ROWS, "e2", "2026-08-03");
  world.tick();
  const { alerts } = plain(world);
  raise(world, 2);
  assert.deepEqual(alerts(), [1, 2]);
  world.startEpoch(ROWS, "e3", "2026-08-03");
  world.raise(3);
  world.tick();
  assert.deepEqual(alerts(), [3]);
  world.startEpoch(ROWS, "e4", "2026-08-04");
  world.raise(1);
  world.tick();
  assert.deepEqual(alerts(), [1]);
});

Deno.test("What the day brought before there was any data here is not new to a plain client", () => {
  const world = new World();
  const { alerts } = plain(world);
  world.startEpoch(ROWS, "e1");
  world.raise(3);
  world.tick();
  assert.deepEqual(alerts(), []);
  raise(world, 4);
  assert.deepEqual(alerts(), [4]);
});
