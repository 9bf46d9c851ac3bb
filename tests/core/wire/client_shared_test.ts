import assert from "node:assert/strict";
import fc from "fast-check";
import type { ClientFrame, SnapshotFrame } from "../../../core/wire/frames.ts";
import { TOKEN } from "../hub/world.ts";
import { ClientNet, Page } from "./client_net.ts";

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

Deno.test("A subscription ends when its last subscriber leaves, and not before (F-244)", () => {
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
  net.wait(100);
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
    token: "old-token",
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

Deno.test("Who stays when another leaves gets no cell of other rows, although fewer are asked for", () => {
  const net = new ClientNet("empty", { tables: ["index"] });
  const [one, other] = [new Page(), new Page()];
  net.client.subscribe("board:vn30", one, { syms: ["FPT"] });
  const end = net.client.subscribe("board:vn30", other, { syms: ["ACB"] });
  net.wait(150);
  end();
  net.socket.drop(1006);
  change(net, 5);
  net.wait(1_500);
  const { y, rows } = one.tables.get("board:vn30")!;
  assert.equal(rows[y.indexOf("FPT")]![4], 5);
});

Deno.test("Two parts of a page that show the same HTML need no snapshot", () => {
  const net = new ClientNet("page");
  const { e, s } = net.page.tables.get("board:vn30")!;
  const other = new Heard();
  net.client.subscribe("board:vn30", other, { from: { e, s } });
  net.wait(50);
  change(net, 5);
  assert.deepEqual([net.page.snapshots, other.snapshots.length, other.deltas], [0, 0, 1]);
});

Deno.test("Subscribers in any number are asked for within the limits of the server", () => {
  const tickers = Array.from({ length: 120 }, (_, n) => `stock:T${n}` as const);
  const net = new ClientNet("empty", { tables: tickers });
  net.wait(50);
  assert.equal(net.page.snapshots, tickers.length);
  const heard = new Heard();
  const ends = ["market", "index", "foreign", "volume", "flow"].map((name) => {
    net.wait(50);
    return net.client.subscribe(name as "market", heard);
  });
  for (const end of ends) end();
  for (const ticker of tickers) net.client.subscribe(ticker, heard);
  net.wait(3_000);
  assert.equal(heard.snapshots.filter(({ c }) => c.startsWith("stock:")).length, tickers.length);
  assert.deepEqual([net.sockets.length, net.page.sockets.length], [1, 1]);
});

Deno.test("A client that nobody subscribed to yet stays open", () => {
  const net = new ClientNet("empty", { tables: [] });
  net.wait(10_000);
  assert.deepEqual([net.sockets.length, net.page.sockets.at(-1)?.state], [1, "open"]);
});

Deno.test("Where the server wants a token first, it comes first; without one the client gives up", () => {
  for (const ticket of [TOKEN, "wrong", undefined]) {
    const net = new ClientNet("empty", { token: ticket, isOpenToAll: false });
    net.wait(100);
    const { op } = JSON.parse(net.socket.said[0]!) as ClientFrame;
    assert.equal(op, ticket === undefined ? "sub" : "auth");
    const isIn = ticket === TOKEN;
    assert.equal(net.page.sockets.at(-1)?.state, isIn ? "open" : "failed");
    assert.equal(net.page.snapshots, isIn ? 2 : 0);
    net.wait(60_000);
    assert.equal(net.sockets.length, 1);
  }
});

Deno.test("A token that cannot be renewed is asked for with growing waits", async () => {
  let asked = 0;
  const net = new ClientNet("empty", {
    freshToken: () => Promise.reject(new Error(`no token ${++asked}`)),
  });
  net.wait(50);
  net.socket.drop(4201);
  for (let at = 0; at < 200; at++) {
    net.wait(50);
    await Promise.resolve();
    await Promise.resolve();
  }
  assert.ok(asked >= 3 && asked <= 5, `asked ${asked} times in 10 s`);
  net.client.close();
});

const SYMBOLS = ["ACB", "FPT", "VNM"];
const step = fc.oneof(
  fc.record({ do: fc.constant("join" as const), syms: fc.subarray(SYMBOLS) }),
  fc.record({ do: fc.constant("leave" as const), at: fc.nat(9) }),
  fc.record({ do: fc.constant("change" as const), at: fc.nat(2) }),
  fc.record({
    do: fc.constantFrom("drop" as const, "wait" as const, "drop" as const, "epoch" as const),
  }),
);

Deno.test("Whoever joins and leaves a channel, each subscriber ends with what the server has of its rows (P11)", () => {
  const fired = new Set<string>();
  fc.assert(
    fc.property(fc.array(step, { maxLength: 40, size: "max" }), (steps) => {
      const net = new ClientNet("empty", { tables: ["index"] });
      net.wait(50);
      let [price, epochs] = [0, 1];
      const there: { page: Page; syms: string[]; end: () => void }[] = [];
      for (const act of steps) {
        fired.add(act.do);
        net.wait(100);
        if (act.do === "join") {
          const page = new Page();
          const syms = act.syms.length === 0 ? undefined : act.syms;
          const end = net.client.subscribe("board:vn30", page, { syms });
          there.push({ page, syms: syms ?? SYMBOLS, end });
        } else if (act.do === "leave") {
          there.splice(act.at % Math.max(1, there.length), 1)[0]?.end();
        } else if (act.do === "change") {
          net.world.put("board:vn30", SYMBOLS[act.at]!, { last: ++price });
          net.tick();
        } else if (act.do === "drop") net.socket.drop(1006);
        else if (act.do === "wait") net.wait(1_500);
        else {
          net.world.startEpoch({ "board:vn30": SYMBOLS }, `e${++epochs}`);
          net.tick();
        }
      }
      net.wait(60_000);
      const { e, v, y } = net.frame("board:vn30");
      for (const { page, syms } of there) {
        const shown = page.tables.get("board:vn30")!;
        assert.equal(shown.e, e);
        for (const symbol of syms) {
          const cells = v.map((column) => column[y.indexOf(symbol)]!);
          assert.deepEqual(shown.rows[shown.y.indexOf(symbol)], cells);
        }
      }
      for (const { end } of there) end();
      net.client.close();
      assert.deepEqual([net.timers, net.hub.links], [0, 0]);
    }),
    { numRuns: 300 },
  );
  assert.deepEqual([...fired].sort(), ["change", "drop", "epoch", "join", "leave", "wait"]);
});
