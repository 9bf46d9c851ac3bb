import assert from "node:assert/strict";
import fc from "fast-check";
import {
  createSpeedTrack,
  netVndAt,
  restartTrack,
  speedAt,
  type SpeedTrack,
  trackFlow,
} from "../../../core/analytics/speed.ts";

const MINUTE = 60_000;

/** A track with one sample per pair of [minute, shares bought since the one before]. */
function trackOf(...steps: readonly (readonly [minute: number, bought: number])[]): SpeedTrack {
  const track = createSpeedTrack();
  for (const [minute, bought] of steps) {
    trackFlow(track, minute * MINUTE, { bought, sold: 0, netVnd: bought });
  }
  return track;
}

Deno.test("A track that saw nothing has no speed and no past", () => {
  assert.equal(speedAt(createSpeedTrack(), 0), null);
  assert.equal(netVndAt(createSpeedTrack(), 0), null);
});

Deno.test("Speed is the volume of the last five minutes in shares a minute (F-048)", () => {
  const track = trackOf([0, 0], [1, 500], [4, 1_000], [6, 500], [7, 100]);
  // Of (2, 7]: 1,000 + 500 + 100.
  assert.equal(speedAt(track, 7 * MINUTE)?.buy, 320);
});

Deno.test("The sample at the edge of the window is outside of it (F-076)", () => {
  const track = trackOf([0, 0], [1, 1_000], [6, 0]);
  assert.equal(speedAt(track, 6 * MINUTE)?.buy, 0);
  assert.equal(speedAt(track, 6 * MINUTE - 1)?.buy, 200);
});

Deno.test("In its first minutes a speed is taken over what was seen, a minute at least", () => {
  const track = trackOf([0, 0], [2, 600]);
  assert.equal(speedAt(track, 2 * MINUTE)?.buy, 300);
  const young = createSpeedTrack();
  trackFlow(young, 0, { bought: 0, sold: 0, netVnd: 0 });
  trackFlow(young, 5_000, { bought: 600, sold: 0, netVnd: 0 });
  assert.equal(speedAt(young, 5_000)?.buy, 600, "five seconds are no twelfth of a minute");
});

Deno.test("A speed falls while nothing happens", () => {
  const track = trackOf([0, 0], [1, 1_000]);
  assert.equal(speedAt(track, 5 * MINUTE)?.buy, 200);
  assert.equal(speedAt(track, 6 * MINUTE)?.buy, 0);
});

Deno.test("Acceleration is the change of the speed within a minute, not between messages (B-12)", () => {
  const slow = trackOf([0, 0], [5, 1_000], [6, 500]);
  // 200 a minute at 5:00, (500 + 1,000) / 5 at 6:00.
  assert.equal(speedAt(slow, 6 * MINUTE)?.buyAcceleration, 100);
  const chatty = trackOf([0, 0], [5, 1_000]);
  for (let i = 1; i <= 10; i++) {
    trackFlow(chatty, 5 * MINUTE + i * 6_000, { bought: 50, sold: 0, netVnd: 0 });
  }
  assert.equal(
    speedAt(chatty, 6 * MINUTE)?.buyAcceleration,
    100,
    "the number of messages is no matter",
  );
});

Deno.test("Acceleration is unknown until a minute has been seen", () => {
  const track = trackOf([0, 0], [0.5, 100]);
  assert.equal(speedAt(track, MINUTE - 1)?.buyAcceleration, null);
  assert.equal(typeof speedAt(track, MINUTE)?.buyAcceleration, "number");
});

Deno.test("A restarted track makes no speed of what came before", () => {
  const track = trackOf([0, 0], [1, 9_000]);
  restartTrack(track);
  trackFlow(track, 2 * MINUTE, { bought: 0, sold: 0, netVnd: 0 });
  trackFlow(track, 3 * MINUTE, { bought: 100, sold: 0, netVnd: 0 });
  assert.equal(speedAt(track, 3 * MINUTE)?.buy, 100);
});

Deno.test("A track keeps a bounded number of samples however long and busy the day is (F-050, F-076)", () => {
  const track = createSpeedTrack();
  let most = 0;
  for (let second = 0; second < 20_000; second++) {
    trackFlow(track, second * 1_000, { bought: 1, sold: 2, netVnd: second });
    trackFlow(track, second * 1_000, { bought: 1, sold: 2, netVnd: second });
    most = Math.max(most, track.samples.length / 4);
  }
  assert.ok(most <= 620, `${most} samples`);
  assert.deepEqual(speedAt(track, 19_999_000), {
    buy: 120,
    sell: 240,
    buyAcceleration: 0,
    sellAcceleration: 0,
  });
  assert.equal(netVndAt(track, 19_999_000 - 300_000), 19_699);
});

Deno.test("Speed equals a plain sum over the window for any flow (F-048)", () => {
  const steps = fc.array(
    fc.record({ gapMs: fc.integer({ min: 0, max: 90 }), bought: fc.nat(10_000) }),
    { minLength: 1, maxLength: 80 },
  );
  fc.assert(fc.property(steps, (drawn) => {
    const track = createSpeedTrack();
    trackFlow(track, 0, { bought: 0, sold: 0, netVnd: 0 });
    const flows: [number, number][] = [];
    let atMs = 0;
    for (const { gapMs, bought } of drawn) {
      atMs += gapMs * 1_000;
      flows.push([atMs, bought]);
      trackFlow(track, atMs, { bought, sold: 0, netVnd: 0 });
      const fromMs = Math.max(0, atMs - 300_000);
      const sum = flows.reduce((all, [ms, volume]) => ms > fromMs ? all + volume : all, 0);
      // What shares the second of the first sample belongs to the baseline.
      const minutes = Math.max(atMs - fromMs, 60_000) / 60_000;
      assert.equal(speedAt(track, atMs)?.buy, Math.round(sum / minutes * 10) / 10);
    }
  }));
});
