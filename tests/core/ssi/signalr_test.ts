import assert from "node:assert/strict";
import { CHANNELS, DATA, INIT, Machine, transient } from "./support/machine.ts";

Deno.test("signalr - asks for token, negotiation, socket and start, then subscribes once (F-015)", () => {
  const machine = Machine.connected();
  assert.deepEqual(machine.types(), [
    "fetchToken",
    "report",
    "negotiate",
    "connect",
    "start",
    "send",
    "report",
    "report",
  ]);
  const sent = machine.effects.find((effect) => effect.type === "send")!;
  assert.deepEqual(JSON.parse(sent.text).A, [CHANNELS]);
  assert.deepEqual(machine.state.view, { state: "live", reason: null });
});

Deno.test("signalr - is live in a trading phase only with data", () => {
  const machine = new Machine();
  machine.trading = true;
  machine.send({ type: "start" });
  machine.connect();
  assert.deepEqual(machine.state.view, {
    state: "connecting",
    reason: "waiting for the first data",
  });
  machine.frame(DATA);
  assert.equal(machine.state.view.state, "live");
});

Deno.test("signalr - makes a whole new attempt after a loss and subscribes again (F-020, F-021)", () => {
  const machine = Machine.connected();
  const from = machine.effects.length;
  machine.send({ type: "closed", attempt: 1, loss: transient });
  assert.equal(machine.state.view.state, "connecting");
  assert.equal(machine.state.view.reason, "gone");
  machine.pass(2_000);
  machine.connect();
  const types = machine.types(from).filter((type) => type !== "report");
  assert.deepEqual(types, [
    "closeSocket",
    "lost",
    "fetchToken",
    "negotiate",
    "connect",
    "start",
    "send",
  ]);
  assert.equal(machine.state.attempt, 2);
});

Deno.test("signalr - what an old attempt still says changes nothing", () => {
  const machine = Machine.connected();
  machine.send({ type: "closed", attempt: 1, loss: transient });
  machine.pass(2_000);
  const { state } = machine;
  const from = machine.effects.length;
  machine.send({ type: "closed", attempt: 1, loss: transient });
  machine.send({ type: "tokenReady", attempt: 1 });
  machine.send({ type: "negotiated", attempt: 1, keepAliveMs: 1 });
  machine.send({ type: "started", attempt: 1, failure: null });
  assert.deepEqual(machine.state, state);
  assert.deepEqual(machine.types(from), []);
});

Deno.test("signalr - a stage that gets no answer ends in its time", () => {
  const machine = new Machine();
  const stages = [["token", 15_000], ["negotiating", 15_000], ["connecting", 10_000]] as const;
  machine.send({ type: "start" });
  for (const [stage, limitMs] of stages) {
    if (stage !== "token") machine.send({ type: "tokenReady", attempt: machine.state.attempt });
    if (stage === "connecting") {
      machine.send({ type: "negotiated", attempt: machine.state.attempt, keepAliveMs: null });
    }
    assert.equal(machine.state.stage, stage);
    machine.pass(limitMs);
    assert.equal(machine.state.stage, "waiting");
    assert.match(machine.state.lostReason ?? "", /^no answer while /);
    machine.pass(machine.pauseMs());
  }
});

Deno.test("signalr - a start that fails is forgiven when data follow", () => {
  for (const dataFollow of [true, false]) {
    const machine = new Machine();
    machine.send({ type: "start" });
    machine.send({ type: "tokenReady", attempt: 1 });
    machine.send({ type: "negotiated", attempt: 1, keepAliveMs: 20_000 });
    machine.frame(INIT);
    machine.send({ type: "started", attempt: 1, failure: { kind: "auth", reason: "start 401" } });
    machine.frame('{"I":"1"}');
    if (dataFollow) machine.frame(DATA);
    machine.pass(10_000);
    assert.equal(machine.state.stage, dataFollow ? "running" : "waiting");
    assert.equal(machine.state.renewToken, !dataFollow);
  }
});

Deno.test("signalr - reconnects when SSI asks for it or does not answer SwitchChannels", () => {
  const asked = Machine.connected();
  asked.frame('{"C":"d-1,6|A,1","T":1,"M":[]}');
  assert.equal(asked.state.lostReason, "SSI asked for a new connection");
  const ignored = new Machine();
  ignored.send({ type: "start" });
  ignored.send({ type: "tokenReady", attempt: 1 });
  ignored.send({ type: "negotiated", attempt: 1, keepAliveMs: null });
  ignored.frame(INIT);
  ignored.send({ type: "started", attempt: 1, failure: null });
  ignored.pass(15_000);
  assert.equal(ignored.state.lostReason, "no answer to SwitchChannels");
});

Deno.test("signalr - one refused token is replaced, a second one means the key", () => {
  const machine = new Machine();
  machine.send({ type: "start" });
  const auth = { kind: "auth", reason: "negotiate failed: SSI answered 401" } as const;
  machine.send({ type: "tokenReady", attempt: 1 });
  machine.send({ type: "failed", attempt: 1, loss: auth });
  assert.equal(machine.state.view.state, "connecting");
  machine.pass(machine.pauseMs());
  const fetched = machine.effects.findLast((effect) => effect.type === "fetchToken");
  assert.deepEqual(fetched, { type: "fetchToken", attempt: 2, renew: true });
  machine.send({ type: "tokenReady", attempt: 2 });
  machine.send({ type: "failed", attempt: 2, loss: auth });
  assert.equal(machine.state.view.state, "refused");
  assert.match(machine.state.view.reason ?? "", /does not accept the token of this key/);
  machine.pass(machine.pauseMs());
  machine.connect();
  assert.deepEqual(machine.state.view, { state: "live", reason: null });
  machine.send({ type: "closed", attempt: 3, loss: transient });
  assert.equal(machine.state.view.state, "connecting", "an old refusal explains no new loss");
});

Deno.test("signalr - a refused key is said in plain words and tried again when that is allowed", () => {
  const machine = new Machine();
  machine.send({ type: "start" });
  const loss = { kind: "refused", reason: "SSI answered 401: no such consumer" } as const;
  machine.send({ type: "tokenFailed", attempt: 1, loss, retryInMs: 30_000 });
  assert.deepEqual(machine.state.view, {
    state: "refused",
    reason: "SSI does not accept the key (SSI answered 401: no such consumer)",
  });
  machine.pass(29_999);
  assert.equal(machine.state.attempt, 1);
  machine.pass(1);
  assert.equal(machine.state.attempt, 2);
});

Deno.test("signalr - a quota text is waited out for a minute at least, however it is said", () => {
  const quota = "API calls quota exceeded";
  const ways: ((machine: Machine) => void)[] = [
    (machine) => machine.frame(`{"I":"1","E":"${quota}"}`),
    (machine) => machine.frame(`{"C":"d","M":[{"H":"h","M":"Error","A":["${quota}"]}]}`),
    (machine) =>
      machine.send({ type: "closed", attempt: 1, loss: { kind: "blocked", reason: quota } }),
  ];
  for (const say of ways) {
    const machine = Machine.connected();
    say(machine);
    assert.ok(machine.pauseMs() >= 60_000, `${machine.pauseMs()} ms`);
    assert.equal(machine.state.view.state, "refused");
    assert.match(machine.state.view.reason ?? "", /blocked this key for a while .*quota/);
  }
});

Deno.test("signalr - other errors that the hub tells are passed on and end nothing", () => {
  const machine = Machine.connected();
  const effects = machine.frame('{"C":"d","M":[{"H":"h","M":"Error","A":["no such channel"]}]}');
  assert.deepEqual(effects, [{ type: "hubMessage", text: "no such channel" }]);
  assert.equal(machine.state.stage, "running");
});

Deno.test("signalr - backs off while attempts fail and starts over after a healthy minute", () => {
  const machine = new Machine();
  machine.send({ type: "start" });
  const pauses: number[] = [];
  for (let n = 0; n < 7; n++) {
    machine.send({ type: "failed", attempt: machine.state.attempt, loss: transient });
    pauses.push(machine.pauseMs());
    machine.pass(machine.pauseMs());
  }
  assert.deepEqual(pauses, [1_000, 2_000, 4_000, 8_000, 15_000, 15_000, 15_000]);
  machine.connect();
  machine.pass(59_999, () => machine.frame("{}"));
  assert.equal(machine.state.failures, 7);
  machine.pass(2_000, () => machine.frame("{}"));
  assert.equal(machine.state.failures, 0);
});

Deno.test("signalr - a connection that carried data for a while drops without a longer pause", () => {
  const machine = Machine.connected();
  for (let n = 0; n < 20; n++) {
    machine.pass(30_000, () => machine.frame(DATA));
    machine.send({ type: "closed", attempt: machine.state.attempt, loss: transient });
    assert.ok(machine.pauseMs() <= 2_000, `drop ${n}: ${machine.pauseMs()} ms`);
    machine.pass(machine.pauseMs());
    machine.connect();
  }
});

Deno.test("signalr - one that drops at once is not tried again and again without pause", () => {
  const machine = Machine.connected();
  for (let n = 0; n < 6; n++) {
    machine.frame(DATA);
    machine.send({ type: "closed", attempt: machine.state.attempt, loss: transient });
    machine.pass(machine.pauseMs());
    machine.connect();
  }
  machine.send({ type: "closed", attempt: machine.state.attempt, loss: transient });
  assert.equal(machine.pauseMs(), 15_000);
});

Deno.test("signalr - renews the connection outside trading only", () => {
  const machine = Machine.connected();
  machine.trading = true;
  machine.frame(DATA);
  machine.send({ type: "renew" });
  assert.equal(machine.state.attempt, 1);
  machine.trading = false;
  machine.send({ type: "renew" });
  assert.deepEqual(machine.effects.findLast((effect) => effect.type === "fetchToken"), {
    type: "fetchToken",
    attempt: 2,
    renew: true,
  });
});

Deno.test("signalr - stop says goodbye to the hub and nothing wakes it again", () => {
  const machine = Machine.connected();
  const effects = machine.send({ type: "stop" });
  assert.deepEqual(effects, [{ type: "closeSocket", abort: true }]);
  assert.equal(machine.wakeAtMs, null);
  for (const type of ["start", "tick", "renew"] as const) {
    assert.deepEqual(machine.send({ type }), []);
  }
});
