import assert from "node:assert/strict";
import fc from "fast-check";
import { Pacer } from "../../../core/tasks/pacer.ts";
import { VirtualTimers } from "./virtual_timers.ts";

function rig() {
  const timers = new VirtualTimers();
  const runsMs: number[] = [];
  const pacer = new Pacer(3, () => runsMs.push(timers.nowMs()), timers);
  return { timers, runsMs, pacer };
}

Deno.test("After quiet a run comes at the end of the turn, however often it was asked for (F-134)", () => {
  const { timers, runsMs, pacer } = rig();
  pacer.ask();
  pacer.ask();
  assert.deepEqual([runsMs, timers.waiting], [[], 1]);
  timers.pass(0);
  assert.deepEqual(runsMs, [0]);
});

Deno.test("Within the gap the next run waits for its end, and exactly one timer waits (F-135)", () => {
  const { timers, runsMs, pacer } = rig();
  pacer.ask();
  timers.pass(1);
  for (let i = 0; i < 5; i++) pacer.ask();
  assert.equal(timers.waiting, 1);
  timers.pass(10);
  assert.deepEqual(runsMs, [0, 3]);
  pacer.ask();
  timers.pass(0);
  assert.deepEqual(runsMs, [0, 3, 11]);
});

Deno.test("A timer that comes late holds nothing up: who asks after the gap gets the end of the turn", () => {
  const { timers, runsMs, pacer } = rig();
  pacer.ask();
  timers.pass(1);
  pacer.ask();
  const late: (() => void)[] = [];
  // The event loop takes immediates, and its timers only much later.
  const { later } = timers;
  timers.later = (act, ms) => {
    if (ms === 0) late.push(act);
    return ms === 0 ? () => {} : later(act, ms);
  };
  timers.lose(2.5);
  pacer.ask();
  pacer.ask();
  assert.deepEqual([late.length, timers.waiting], [1, 0]);
  late[0]!();
  assert.deepEqual(runsMs, [0, 3.5]);
});

Deno.test("Nobody asks, nothing runs; a stopped pacer leaves no timer (F-133, F-137)", () => {
  const { timers, runsMs, pacer } = rig();
  timers.pass(1_000);
  assert.deepEqual(runsMs, []);
  pacer.ask();
  pacer.stop();
  assert.equal(timers.waiting, 0);
  timers.pass(10);
  assert.deepEqual(runsMs, []);
});

Deno.test("A run at once takes the place of the one that waits", () => {
  const { timers, runsMs, pacer } = rig();
  pacer.ask();
  pacer.run();
  assert.deepEqual([runsMs, timers.waiting], [[0], 0]);
});

Deno.test("Runs are a gap apart, and every request is followed by one within a gap (F-134)", () => {
  fc.assert(fc.property(fc.array(fc.nat(50), { maxLength: 60 }), (tenths) => {
    const { timers, runsMs, pacer } = rig();
    const asksMs: number[] = [];
    for (const wait of tenths) {
      timers.pass(wait / 10);
      pacer.ask();
      asksMs.push(timers.nowMs());
    }
    timers.pass(10);
    runsMs.forEach((atMs, at) => assert.ok(at === 0 || atMs - runsMs[at - 1]! >= 3 - 1e-9));
    for (const askMs of asksMs) {
      assert.ok(runsMs.some((atMs) => atMs >= askMs && atMs <= askMs + 3.1), `${askMs}`);
    }
  }));
});
