import assert from "node:assert/strict";
import { setImmediate } from "node:timers";
import fc from "fast-check";
import { ClientNet } from "./client_net.ts";

/** Lets time pass with everything that waits for a promise, as the runtime would. */
async function pass(net: ClientNet, ms: number): Promise<void> {
  for (let at = 0; at < ms; at += 50) {
    net.wait(50);
    // An answer is read in some turns of the event loop.
    await new Promise<void>((resolve) => setImmediate(resolve));
  }
}

function change(net: ClientNet, price: number): void {
  net.world.put("board:vn30", "FPT", { last: price });
  net.tick();
}

const shown = (net: ClientNet) => net.page.tables.get("board:vn30")!.rows[1]![4];
const states = (net: ClientNet) => net.page.sockets.map(({ state }) => state);

/** A client whose socket is refused until its third try failed. */
async function cutOff(): Promise<ClientNet> {
  const net = new ClientNet("empty", { logs: ["alerts"] });
  net.wait(50);
  net.isDown = true;
  net.socket.drop(1006);
  for (let tries = 1; tries < 3; tries++) {
    while (net.sockets.length <= tries) net.wait(50);
    net.socket.drop(1006);
  }
  await pass(net, 100);
  return net;
}

Deno.test("After three failed tries REST is asked, nothing is told twice, and the socket takes over again (F-247, F-249, F-250)", async () => {
  const net = await cutOff();
  assert.equal(net.page.sockets.at(-1)?.state, "polling");
  const snapshots = net.page.snapshots;
  change(net, 5);
  net.world.raise(2);
  net.tick();
  await pass(net, 5_200);
  assert.equal(shown(net), 5);
  assert.deepEqual(net.page.alerts.map(({ n }) => n), [1, 2]);
  net.world.raise(3);
  net.tick();
  net.isDown = false;
  await pass(net, 21_000);
  assert.equal(net.page.sockets.at(-1)?.state, "open");
  assert.deepEqual(net.page.alerts.map(({ n }) => n), [1, 2, 3]);
  assert.equal(net.page.snapshots, snapshots);
  const { polls } = net;
  change(net, 6);
  await pass(net, 11_000);
  assert.deepEqual([net.polls, shown(net)], [polls, 6]);
  net.client.close();
  assert.equal(net.timers, 0);
});

Deno.test("While it polls the tries for a socket are quiet, and when REST is gone too it says so", async () => {
  const net = await cutOff();
  const told = states(net).length;
  for (let tries = 0; tries < 3; tries++) {
    const { length } = net.sockets;
    while (net.sockets.length === length) await pass(net, 50);
    net.socket.drop(1006);
  }
  assert.equal(states(net).length, told);
  net.isRestDown = true;
  const { length } = net.sockets;
  await pass(net, 5_200);
  while (net.sockets.length === length) await pass(net, 50);
  net.socket.drop(1006);
  assert.equal(states(net).at(-1), "reconnecting");
  assert.ok(net.client.counters.failedPolls > 0);
  net.client.close();
  assert.equal(net.timers, 0);
});

Deno.test("A server that does not want the client back is not asked by REST either", async () => {
  const net = await cutOff();
  const { length } = net.sockets;
  while (net.sockets.length === length) await pass(net, 50);
  net.isDown = false;
  net.wait(50);
  net.socket.drop(4001);
  const { polls } = net;
  await pass(net, 20_000);
  assert.deepEqual([states(net).at(-1), net.polls, net.timers], ["failed", polls, 0]);
});

const action = fc.constantFrom("change", "alert", "down", "up", "rest", "drop", "wait", "epoch");

Deno.test("However sockets and REST come and go, the client ends with what the server has (P11, F-249)", async () => {
  let polled = 0;
  await fc.assert(
    fc.asyncProperty(fc.array(action, { maxLength: 25, size: "max" }), async (actions) => {
      const net = await cutOff();
      let [price, alerts, epochs] = [0, 0, 1];
      for (const act of actions) {
        if (act === "change") change(net, ++price);
        if (act === "down") net.isDown = true;
        if (act === "up") net.isDown = false;
        if (act === "rest") net.isRestDown = !net.isRestDown;
        if (act === "drop") net.socket.drop(1006);
        if (act === "wait") await pass(net, 4_000);
        if (act === "alert") {
          net.world.raise(++alerts);
          net.tick();
        }
        if (act === "epoch") {
          alerts = 0;
          net.world.startEpoch({ "board:vn30": ["ACB", "FPT", "VNM"] }, `e${++epochs}`);
          net.tick();
        }
      }
      polled += net.client.counters.polls - net.client.counters.failedPolls;
      net.isDown = net.isRestDown = false;
      await pass(net, 46_000);
      for (const table of net.tables) {
        const { e, v, y } = net.frame(table);
        const held = net.page.tables.get(table)!;
        assert.deepEqual([held.e, held.y], [e, y]);
        assert.deepEqual(held.rows, y.map((_, row) => v.map((column) => column[row]!)));
      }
      const { entries } = net.world.publisher.snapshot().logs[0]!;
      assert.deepEqual([net.page.alerts, net.page.holes], [entries, 0]);
      assert.equal(net.page.sockets.at(-1)?.state, "open");
      net.client.close();
      assert.equal(net.timers, 0);
    }),
    { numRuns: 40 },
  );
  assert.ok(polled > 40, `${polled} polls were answered`);
});

Deno.test("A reader who wants no stream polls each minute, and both ways go on from where the other was (F-245, F-246, F-249, F-250)", async () => {
  const net = new ClientNet("empty", { logs: ["alerts"] });
  net.wait(50);
  change(net, 1);
  const { snapshots } = net.page;
  net.client.stream(false);
  assert.equal(net.socket.readyState, 3);
  await pass(net, 200);
  assert.equal(net.page.sockets.at(-1)?.state, "polling");
  const { polls } = net;
  change(net, 2);
  net.world.raise(2);
  net.tick();
  await pass(net, 50_000);
  assert.deepEqual([net.polls, shown(net)], [polls, 1]);
  await pass(net, 11_000);
  assert.deepEqual([net.polls, shown(net)], [polls + 1, 2]);
  net.client.stream(true);
  change(net, 3);
  await pass(net, 500);
  assert.equal(net.page.sockets.at(-1)?.state, "open");
  assert.equal(shown(net), 3);
  assert.deepEqual(net.page.alerts.map(({ n }) => n), [1, 2]);
  assert.equal(net.page.snapshots, snapshots);
  net.client.close();
  assert.equal(net.timers, 0);
});

Deno.test("An address with too many sockets is served by REST until one is free", async () => {
  const net = new ClientNet("empty");
  net.wait(50);
  net.isDown = true;
  net.socket.drop(4009);
  await pass(net, 200);
  assert.equal(net.page.sockets.at(-1)?.state, "polling");
  change(net, 5);
  await pass(net, 5_200);
  assert.equal(shown(net), 5);
  net.isDown = false;
  await pass(net, 41_000);
  assert.equal(net.page.sockets.at(-1)?.state, "open");
  net.client.close();
  assert.equal(net.timers, 0);
});
