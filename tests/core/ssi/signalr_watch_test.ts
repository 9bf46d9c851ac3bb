import assert from "node:assert/strict";
import { DATA, Machine, transient } from "./support/machine.ts";

/** A connection in a trading phase that has carried data. */
function trading(): Machine {
  const machine = Machine.connected();
  machine.trading = true;
  machine.frame(DATA);
  return machine;
}

const keepAlive = (machine: Machine) => () => void machine.frame("{}");

Deno.test("watchdog - a transport without any frame is lost after the keep-alive time", () => {
  for (
    const [promisedMs, limitMs] of [[20_000, 20_000], [5_000, 20_000], [45_000, 45_000]] as const
  ) {
    const machine = Machine.connected(promisedMs);
    machine.pass(limitMs - 1);
    assert.equal(machine.state.stage, "running");
    machine.pass(1);
    assert.equal(machine.state.stage, "waiting");
    assert.equal(machine.state.lostReason, `no frame for ${limitMs / 1000} s`);
  }
});

Deno.test("watchdog - a server that promises no keep-alive is not missed outside trading", () => {
  const machine = Machine.connected(null);
  machine.pass(3_600_000);
  assert.equal(machine.state.stage, "running");
  assert.equal(machine.state.view.state, "live");
});

Deno.test("watchdog - silence in a trading phase is stale after ten seconds exactly", () => {
  const machine = trading();
  machine.pass(9_999, keepAlive(machine));
  assert.equal(machine.state.view.state, "live");
  machine.pass(1, keepAlive(machine));
  assert.deepEqual(machine.state.view, {
    state: "stale",
    reason: "no market data for over 10 s while trading",
  });
});

Deno.test("watchdog - silence is answered by one new subscription, then by a new connection", () => {
  const machine = trading();
  const sends = () => machine.types().filter((type) => type === "send").length;
  assert.equal(sends(), 1);
  machine.pass(29_999, keepAlive(machine));
  assert.equal(sends(), 2);
  assert.equal(machine.state.stage, "running");
  machine.pass(1, keepAlive(machine));
  assert.equal(machine.state.stage, "waiting");
  assert.equal(machine.state.view.state, "stale");
});

Deno.test("watchdog - the hub's cache after a new subscription does not end a stall", () => {
  const machine = trading();
  machine.pass(10_000, keepAlive(machine));
  machine.frame(DATA);
  assert.equal(machine.state.view.state, "stale");
  machine.pass(20_000, keepAlive(machine));
  assert.equal(machine.state.stage, "waiting");
  machine.pass(machine.pauseMs());
  machine.connect();
  machine.frame(DATA);
  assert.equal(machine.state.view.state, "stale", "the cache again, on the new connection");
  machine.pass(3_000, keepAlive(machine));
  machine.frame(DATA);
  assert.equal(machine.state.view.state, "live", "these are new");
});

Deno.test("watchdog - a new connection has its own time before it is given up", () => {
  const machine = trading();
  machine.send({ type: "closed", attempt: 1, loss: transient });
  for (let n = 0; n < 10; n++) {
    machine.pass(machine.pauseMs());
    machine.send({ type: "failed", attempt: machine.state.attempt, loss: transient });
  }
  machine.pass(machine.pauseMs());
  machine.connect();
  assert.equal(machine.state.view.state, "stale");
  machine.pass(29_999, () => machine.frame(`{"I":"${machine.state.invocation}"}`));
  assert.equal(machine.state.stage, "running", machine.state.lostReason ?? "");
});

Deno.test("watchdog - a lost connection turns the shown data stale within ten seconds of trading", () => {
  const machine = trading();
  machine.send({ type: "closed", attempt: 1, loss: transient });
  assert.equal(machine.state.view.state, "connecting");
  machine.pass(10_000);
  assert.deepEqual(machine.state.view, { state: "stale", reason: "gone" });
});

Deno.test("watchdog - nothing is ever stale outside trading", () => {
  const machine = Machine.connected();
  machine.frame(DATA);
  machine.pass(600_000, keepAlive(machine));
  assert.equal(machine.state.view.state, "live");
  assert.equal(machine.types().filter((type) => type === "send").length, 1);
  machine.send({ type: "closed", attempt: 1, loss: transient });
  machine.pass(600_000);
  assert.equal(machine.state.view.state, "connecting");
});

Deno.test("watchdog - the lunch break is not held against the afternoon", () => {
  const machine = trading();
  machine.trading = false;
  machine.pass(5_400_000, keepAlive(machine));
  machine.trading = true;
  machine.pass(9_999, keepAlive(machine));
  assert.equal(machine.state.view.state, "live");
  machine.pass(2_000, keepAlive(machine));
  assert.equal(machine.state.view.state, "stale");
  machine.trading = false;
  machine.pass(1_000, keepAlive(machine));
  assert.equal(machine.state.view.state, "live", "a stall that lasts into the break");
});

Deno.test("watchdog - a connection that never carried data in a trading phase is not live", () => {
  const machine = new Machine();
  machine.trading = true;
  machine.send({ type: "start" });
  machine.connect();
  machine.pass(10_000, keepAlive(machine));
  assert.equal(machine.state.view.state, "stale");
});
