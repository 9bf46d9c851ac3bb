import assert from "node:assert/strict";
import { waitMs } from "../../../core/wire/client_shell.ts";
import fc from "fast-check";
import { LOG_MAX } from "../../../core/wire/log.ts";
import { liveStatus } from "../hub/world.ts";
import { ClientNet } from "./client_net.ts";

function change(net: ClientNet, price: number): void {
  net.world.put("board:vn30", "FPT", { last: price });
  net.tick();
}

Deno.test("The client asks for its protocol, subscribes to its tables and reports that it is open (F-238, F-242)", () => {
  const net = new ClientNet();
  net.wait(50);
  assert.equal(net.socket.url, "ws://board.test/ws");
  assert.deepEqual(net.socket.protocols, ["vnstock.v1.json"]);
  assert.deepEqual(net.page.sockets, [{ state: "open", attempts: 0, reconnects: 0 }]);
  assert.equal(net.page.snapshots, 2);
  assert.equal(net.page.feeds[0]?.state, "live");
  assert.equal(net.page.latencies.length, 1);
});

Deno.test("A client that continues from the HTML gets no snapshot, only what changed since", () => {
  const net = new ClientNet("page");
  change(net, 5);
  net.wait(50);
  assert.deepEqual([net.page.snapshots, net.page.deltas], [0, 1]);
  assert.equal(net.page.tables.get("board:vn30")!.rows[1]![4], 5);
});

Deno.test("A client that comes back resumes from its own seq", () => {
  const net = new ClientNet();
  net.wait(50);
  net.socket.drop(1006);
  assert.deepEqual(net.page.sockets.at(-1), { state: "reconnecting", attempts: 1, reconnects: 0 });
  change(net, 6);
  net.wait(1_500);
  assert.deepEqual(net.page.sockets.at(-1), { state: "open", attempts: 0, reconnects: 1 });
  assert.deepEqual([net.page.snapshots, net.page.deltas], [2, 1]);
});

Deno.test("The waits grow while the server is away, and its returns are counted (F-150, F-239, F-243)", () => {
  const net = new ClientNet();
  net.wait(50);
  net.isDown = true;
  const startMs = net.world.nowMs;
  net.socket.drop(1006);
  const triesAtMs: number[] = [];
  for (let tries = 1; tries < 7; tries++) {
    while (net.sockets.length <= tries) net.wait(50);
    triesAtMs.push(net.world.nowMs - startMs);
    net.socket.drop(1006);
  }
  const waits = triesAtMs.map((atMs, at) => atMs - (triesAtMs[at - 1] ?? 0));
  assert.deepEqual(waits, [750, 1_250, 2_250, 4_250, 8_250, 10_250]);
  assert.equal(net.page.sockets.at(-1)?.attempts, 7);
  net.isDown = false;
  net.wait(25_000);
  const { state, attempts, reconnects } = net.page.sockets.at(-1)!;
  assert.deepEqual([state, attempts, reconnects], ["open", 0, 1]);
});

Deno.test("Waits lie between half a second and 20 s for any random source and number of tries", () => {
  const random = fc.double({ min: 0, max: 1, maxExcluded: true, noNaN: true });
  fc.assert(fc.property(random, fc.nat(10_000), (value, tries) => {
    const ms = waitMs({ code: 1006, afterMs: null }, tries, () => value);
    assert.ok(ms >= 500 && ms <= 20_000);
    const restartMs = waitMs({ code: 1012, afterMs: null }, tries, () => value);
    assert.ok(restartMs >= 0 && restartMs <= 5_000);
    const movedMs = waitMs({ code: 4200, afterMs: null }, tries, () => value);
    // At once, but who is sent away again and again waits longer.
    assert.ok(tries === 0 ? movedMs <= 500 : movedMs === ms);
  }));
});

Deno.test("A planned restart is waited for as long as the server said", () => {
  const net = new ClientNet();
  net.wait(50);
  net.hub.closeAll(() => 3_000);
  assert.equal(net.page.sockets.at(-1)?.state, "reconnecting");
  net.wait(2_900);
  assert.equal(net.sockets.length, 1);
  net.wait(100);
  assert.equal(net.sockets.length, 2);
});

Deno.test("A close code that forbids it is not answered by another try", () => {
  for (const code of [4001, 4003, 4004, 4005]) {
    const net = new ClientNet();
    net.wait(50);
    net.socket.drop(code);
    assert.equal(net.page.sockets.at(-1)?.state, "failed");
    net.wait(60_000);
    assert.equal(net.sockets.length, 1);
    assert.equal(net.timers, 0);
  }
});

Deno.test("Silence of two heartbeats makes the client open another socket (F-240)", () => {
  const net = new ClientNet();
  net.wait(50);
  net.hub.leave(net.socket, "v1");
  net.wait(36_000);
  assert.equal(net.sockets.length, 2);
  assert.equal(net.page.sockets.at(-1)?.state, "open");
});

Deno.test("A heartbeat shows a loss on a quiet table, and the client asks again from its seq", () => {
  const net = new ClientNet();
  net.wait(50);
  change(net, 1);
  const table = net.page.tables.get("board:vn30")!;
  const beat = { k: "h", t: 0, e: table.e, m: { "board:vn30": 9 } };
  const said: string[] = [];
  const { send } = net.socket;
  net.socket.send = (text) => void said.push(String(text));
  net.socket.onmessage!({ data: JSON.stringify(beat) });
  net.wait(50);
  net.socket.send = send;
  const [ping, sub] = said.map((text) => JSON.parse(text));
  assert.deepEqual([sub.op, sub.c, sub.from["board:vn30"].s], ["sub", ["board:vn30"], 1]);
  assert.equal(ping.op, "ping");
});

Deno.test("A delta that begins after what the client has is not applied but asked for again", () => {
  const net = new ClientNet();
  net.wait(50);
  const gap = { k: "d", c: "board:vn30", e: "e1", p: 3, s: 4, t: null, d: [0, 16, 99] };
  net.socket.onmessage!({ data: JSON.stringify(gap) });
  assert.equal(net.page.deltas, 0);
  assert.equal(net.page.tables.get("board:vn30")!.rows[0]![4], null);
});

Deno.test("An old delta is ignored, an unknown kind of frame too", () => {
  const net = new ClientNet();
  net.wait(50);
  const old = { k: "d", c: "board:vn30", e: "e1", p: 0, s: 0, t: null, d: [0, 16, 99] };
  net.socket.onmessage!({ data: JSON.stringify([old, { k: "new", x: 1 }]) });
  assert.deepEqual([net.page.deltas, net.page.sockets.length], [0, 1]);
});

Deno.test("A refused subscription is tried again with growing waits, not in a loop", () => {
  const net = new ClientNet();
  net.wait(50);
  net.socket.onmessage!({ data: '{"k":"err","id":1,"code":"BAD_CHANNEL","msg":"no"}' });
  assert.equal(net.page.sockets.at(-1)?.state, "reconnecting");
  assert.equal(net.hub.links, 0);
});

Deno.test("A channel that does not exist costs nothing but itself", () => {
  const net = new ClientNet("empty", { tables: ["nope" as "index", "index"] });
  net.wait(50);
  assert.equal(net.page.sockets.at(-1)?.state, "open");
  assert.deepEqual([...net.page.tables.keys()], ["index"]);
});

Deno.test("A channel that comes to be later is found, and until then asked for ever less often", () => {
  const net = new ClientNet();
  const end = net.client.subscribe("stock:NEW", net.page);
  net.wait(300_000);
  const asked = () => net.socket.said.filter((text) => text.includes("stock:NEW")).length;
  assert.ok(asked() > 4 && asked() < 12, `${asked()} times`);
  net.world.put("stock", "NEW", { last: 7 });
  net.tick();
  net.wait(61_000);
  assert.deepEqual(net.page.tables.get("stock:NEW")?.y, ["NEW"]);
  const before = asked();
  net.wait(130_000);
  assert.equal(asked(), before);
  end();
  net.client.close();
  assert.equal(net.timers, 0);
});

Deno.test("Alerts reach the page one after another, and a resumed log brings only new ones (B-29)", () => {
  const net = new ClientNet("empty", { logs: ["alerts"] });
  net.world.raise(2);
  net.tick();
  net.wait(50);
  net.world.raise(3);
  net.tick();
  net.wait(50);
  assert.deepEqual(net.page.alerts.map(({ n }) => n), [1, 2, 3]);
  net.socket.drop(1006);
  net.world.raise(5);
  net.tick();
  net.wait(1_500);
  assert.deepEqual(net.page.alerts.map(({ n }) => n), [1, 2, 3, 4, 5]);
  assert.deepEqual([net.page.gaps, net.page.holes], [0, 0]);
});

Deno.test("A page that was away for longer than the log is kept is told of the gap and starts afresh", () => {
  const net = new ClientNet("empty", { logs: ["alerts"] });
  net.world.raise(2);
  net.tick();
  net.wait(50);
  net.socket.drop(1006);
  net.world.raise(LOG_MAX.alerts + 3);
  net.tick();
  net.wait(1_500);
  assert.deepEqual([net.page.gaps, net.page.holes], [1, 0]);
  assert.deepEqual(
    [net.page.alerts[0]?.n, net.page.alerts.at(-1)?.n],
    [4, LOG_MAX.alerts + 3],
  );
});

Deno.test("A change of the feed's state reaches the page", () => {
  const net = new ClientNet();
  net.wait(50);
  net.hub.markStale("gone", net.world.nowMs);
  net.hub.apply({ k: "status", epoch: "e1", status: liveStatus() }, net.world.nowMs);
  assert.deepEqual(net.page.feeds.map(({ state }) => state), ["live", "stale", "live"]);
});

Deno.test("A ticket travels as a subprotocol", () => {
  const net = new ClientNet("empty", { token: "tick/et+~" });
  const [first, bearer] = net.socket.protocols;
  assert.equal(first, "vnstock.v1.json");
  assert.equal(bearer, "base64url.bearer.vnstock.dGljay9ldCt-");
});

Deno.test("A closed client leaves no timer and no socket, in whatever state it was", () => {
  for (const prepare of [(_: ClientNet) => {}, open, lost]) {
    const net = new ClientNet();
    prepare(net);
    net.client.close();
    assert.equal(net.timers, 0);
    assert.equal(net.hub.links, 0);
    const { length } = net.sockets;
    net.wait(60_000);
    assert.equal(net.sockets.length, length);
  }
});

function open(net: ClientNet): void {
  net.wait(50);
}

function lost(net: ClientNet): void {
  open(net);
  net.socket.drop(1006);
}
