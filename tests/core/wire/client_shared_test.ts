import assert from "node:assert/strict";
import type { SnapshotFrame } from "../../../core/wire/frames.ts";
import { ClientNet } from "./client_net.ts";

/** What one subscriber is told. */
class Heard {
  readonly snapshots: SnapshotFrame[] = [];
  deltas = 0;
  onSnapshot = (frame: SnapshotFrame) => void this.snapshots.push(frame);
  onDelta = () => void this.deltas++;
}

function change(net: ClientNet, price: number): void {
  net.world.put("board:vn30", "FPT", { last: price });
  net.tick();
  net.wait(150);
}

Deno.test("All subscribers of a client share one socket, and those of a channel one subscription (B-37)", () => {
  const net = new ClientNet();
  net.wait(50);
  const [one, other] = [new Heard(), new Heard()];
  net.client.subscribe("board:vn30", one);
  net.client.subscribe("foreign", other);
  net.wait(150);
  assert.deepEqual([net.sockets.length, net.hub.links], [1, 1]);
  assert.deepEqual([one.snapshots.length, other.snapshots.length], [1, 1]);
  change(net, 5);
  assert.deepEqual([one.deltas, net.page.deltas, other.deltas], [1, 1, 0]);
});

Deno.test("A subscription ends when its last subscriber leaves, and not before", () => {
  const net = new ClientNet("empty", { tables: ["index"] });
  net.wait(50);
  const [one, other] = [new Heard(), new Heard()];
  const ends = [one, other].map((heard) => net.client.subscribe("board:vn30", heard));
  net.wait(150);
  ends[0]!();
  change(net, 5);
  assert.deepEqual([one.deltas, other.deltas], [0, 1]);
  ends[1]!();
  ends[1]!();
  const before = net.client.counters.messages;
  change(net, 6);
  assert.equal(net.client.counters.messages, before);
  assert.equal(net.client.position("board:vn30"), null);
});

Deno.test("Subscribers that want some rows get at least those; one that wants all gets all", () => {
  const net = new ClientNet("empty", { tables: ["index"] });
  const one = new Heard();
  net.client.subscribe("board:vn30", one, { syms: ["FPT"] });
  net.wait(50);
  assert.deepEqual(one.snapshots.at(-1)?.y, ["FPT"]);
  net.client.subscribe("board:vn30", new Heard(), { syms: ["ACB"] });
  net.wait(150);
  assert.deepEqual(one.snapshots.at(-1)?.y, ["ACB", "FPT"]);
  net.client.subscribe("board:vn30", new Heard());
  net.wait(150);
  assert.deepEqual(one.snapshots.at(-1)?.y, ["ACB", "FPT", "VNM"]);
});

Deno.test("Parts of a snapshot are shown as one, and never half of them", () => {
  const net = new ClientNet();
  net.wait(50);
  const { e, s } = net.page.tables.get("board:vn30")!;
  const part = (i: number, y: string[]) => ({
    ...{ k: "s", c: "board:vn30", e, s, t: null, i, n: 3, y },
    v: net.frame("board:vn30").v.map(() => y.map(() => 7)),
  });
  const say = (frame: object) => net.socket.onmessage!({ data: JSON.stringify(frame) });
  const { snapshots } = net.page;
  say(part(0, ["A"]));
  say(part(1, ["B", "C"]));
  assert.equal(net.page.snapshots, snapshots);
  say(part(2, ["D"]));
  const held = net.page.tables.get("board:vn30")!;
  assert.deepEqual([held.y, held.rows.length], [["A", "B", "C", "D"], 4]);
  // The way is cut in the middle: what came does not count.
  say(part(0, ["X"]));
  net.socket.drop(1006);
  net.wait(1_500);
  assert.ok(!net.page.tables.get("board:vn30")!.y.includes("X"));
});

Deno.test("A token that is over is renewed before the next try", async () => {
  const net = new ClientNet("empty", {
    ticket: "old-token",
    freshToken: () => Promise.resolve("new"),
  });
  net.wait(50);
  net.socket.drop(4201);
  net.wait(500);
  assert.equal(net.sockets.length, 1);
  await Promise.resolve();
  await Promise.resolve();
  assert.deepEqual(net.socket.protocols.at(-1), "base64url.bearer.vnstock.bmV3");
  assert.equal(net.sockets.length, 2);
});
