import assert from "node:assert/strict";
import { MarketSnapshotSchema } from "../../../core/wire/snapshot_schema.ts";
import { LAG_MS_MAX } from "../../../core/hub/limits.ts";
import { type FakeLink, liveStatus, World } from "./world.ts";

interface Message {
  readonly type?: string;
  readonly connected?: boolean;
  readonly prices: Readonly<Record<string, { last: number | null }>>;
}

function messages(link: FakeLink): Message[] {
  return link.sent.splice(0).map((text) => JSON.parse(text));
}

function last(link: FakeLink): (number | null | undefined)[] {
  return messages(link).map((message) => message.prices.FPT?.last);
}

function change(world: World, price: number): void {
  world.put("board:vn30", "FPT", { last: price });
  world.tick();
}

/** A client of the plain channel after its welcome, in a quiet moment. */
function listener(world: World): FakeLink {
  const link = world.join("market");
  world.wait(1_000);
  link.sent.length = 0;
  return link;
}

Deno.test("A new client gets the status and the whole market at once (F-104)", () => {
  const world = World.started();
  const [status, market] = messages(world.join("market"));
  assert.deepEqual([status?.type, status?.connected], ["status", true]);
  assert.ok(MarketSnapshotSchema.safeParse(market).success);
});

Deno.test("The first change goes out at once, later ones 500 ms apart, and the last is always sent (F-134, F-161, C-03)", () => {
  const world = World.started(500);
  const link = listener(world);
  change(world, 1);
  assert.deepEqual(last(link), [1]);
  for (let price = 2; price <= 5; price++) {
    world.wait(100);
    change(world, price);
  }
  assert.deepEqual(last(link), []);
  world.wait(50);
  assert.deepEqual(last(link), []);
  world.wait(50);
  assert.deepEqual(last(link), [5]);
  world.wait(5_000);
  assert.deepEqual(last(link), []);
});

Deno.test("The throttle is configurable (F-134)", () => {
  const world = World.started(200);
  const link = listener(world);
  change(world, 1);
  change(world, 2);
  world.wait(200);
  assert.deepEqual(last(link), [1, 2]);
});

Deno.test("One broadcast is one serialisation however many clients, and none without clients (F-033, F-120, F-126, F-139)", () => {
  const world = World.started();
  const built = () => world.hub.metrics().hub_frames_built_total!;
  change(world, 1);
  world.wait(2_000);
  assert.equal(built(), 0);
  const links = Array.from({ length: 9 }, () => listener(world));
  const before = built();
  change(world, 2);
  assert.equal(built() - before, 1);
  assert.equal(new Set(links.map((link) => link.sent[0])).size, 1);
});

Deno.test("A change of foreign flow, of an index or of a basis sends the market too (C-39, B-11)", () => {
  const world = World.started();
  const link = listener(world);
  world.put("board:vn30", "ACB", { fBuy: 500 });
  world.tick();
  assert.equal(messages(link).length, 1);
  world.wait(1_000);
  world.put("index", "VNINDEX", { value: 1_700.12 });
  world.tick();
  assert.equal(messages(link).length, 1);
  world.wait(1_000);
  world.put("board:der", "41I1G8000", { basis: -1.5 });
  world.tick();
  assert.equal(messages(link).length, 1);
});

Deno.test("A feed that is lost and comes back is told by status messages, unthrottled (F-022, F-161, B-21)", () => {
  const world = World.started();
  const link = listener(world);
  change(world, 1);
  world.hub.markStale("worker died", world.nowMs);
  world.hub.apply({ k: "status", epoch: "e1", status: liveStatus() }, world.nowMs);
  const statuses = messages(link).filter(({ type }) => type === "status");
  assert.deepEqual(statuses.map(({ connected }) => connected), [false, true]);
});

Deno.test("A stalled client is skipped and gets the latest value when it reads again (F-117, F-118, F-119, B-41)", () => {
  const world = World.started();
  const [slow, fast] = [listener(world), listener(world)];
  slow.stall();
  const writes = world.hub.metrics().hub_writes_market_total!;
  for (let price = 1; price <= 8; price++) {
    change(world, price);
    world.wait(500);
  }
  assert.equal(slow.sent.length, 0);
  // What was not sent is not counted as sent (B-41).
  assert.equal(world.hub.metrics().hub_writes_market_total! - writes, 8);
  assert.ok(world.hub.metrics().hub_conflated_total! >= 8);
  assert.deepEqual(last(fast), [1, 2, 3, 4, 5, 6, 7, 8]);
  slow.drain();
  world.wait(50);
  assert.deepEqual(last(slow), [8]);
});

Deno.test("A client that stays stalled is closed", () => {
  const world = World.started();
  const link = listener(world);
  link.stall();
  change(world, 1);
  world.wait(LAG_MS_MAX + 100);
  assert.equal(link.closeCode(), 4108);
  assert.equal(world.hub.links, 0);
});

Deno.test("What a client says is not executed; too much of it closes the socket (F-155, F-149)", () => {
  const world = World.started();
  const link = listener(world);
  const say = (text: string) => world.hub.receive(link, "market", text, world.nowMs);
  for (let i = 0; i < 10; i++) say(i % 2 ? "pong" : '{"op":"sub","id":1,"c":["index"]}');
  assert.deepEqual([link.sent.length, link.closeCode()], [0, null]);
  say("ping");
  assert.equal(link.closeCode(), 1008);
});

Deno.test("A client that waits from before the first data gets it when it comes", () => {
  const world = new World();
  const link = world.join("market");
  assert.deepEqual(messages(link).map(({ type, connected }) => [type, connected]), [
    ["status", false],
  ]);
  world.publisher.setRows({ "board:vn30": ["FPT"] }, "e1");
  world.tick();
  assert.deepEqual(messages(link).map(({ type }) => type), ["status", undefined]);
});

Deno.test("At the end every client is closed as going away (F-131)", () => {
  const world = World.started();
  const link = listener(world);
  world.hub.closeAll(() => 0);
  assert.equal(link.closeCode(), 1001);
  assert.equal(world.hub.links, 0);
});
