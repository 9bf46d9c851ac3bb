import assert from "node:assert/strict";
import {
  createSpikeWindow,
  SPIKE_MINUTES,
  SPIKE_TRADES_MIN,
  type SpikeWindow,
  takeVolume,
} from "../../../core/analytics/volume_spike.ts";
import { at } from "../../support/trade_events.ts";

/** A window of so many trades of 100 at one time. */
function after(trades: number, time = "10:00:00"): SpikeWindow {
  const past = createSpikeWindow();
  for (let i = 0; i < trades; i++) takeVolume(past, at(time), 100);
  return past;
}

const isSpike = (past: SpikeWindow, time: string, volume: number) =>
  takeVolume(past, at(time), volume) !== null;

Deno.test("A trade of exactly three times the mean is no spike, one share more is (F-072)", () => {
  assert.equal(isSpike(after(10), "10:00:01", 300), false);
  assert.equal(isSpike(after(10), "10:00:01", 301), true);
});

Deno.test("The trade that is tested is not in its own mean (F-072, B-06)", () => {
  // With itself in the mean, ten trades of 100 let no trade of 400 stand out: 400 < 3 × 127.
  assert.deepEqual(takeVolume(after(10), at("10:00:01"), 400), {
    windowTrades: 10,
    windowVolume: 1_000,
  });
});

Deno.test("The trade that was tested is in the mean of the next one (B-06)", () => {
  for (const [volume, expected] of [[545, false], [546, true]] as const) {
    const past = after(10);
    assert.equal(isSpike(past, "10:00:01", 1_000), true);
    // The mean is (1,000 + 1,000) / 11 now, and three times that 545.45.
    assert.equal(isSpike(past, "10:00:02", volume), expected);
  }
});

Deno.test("With nine trades in the window nothing is a spike, with ten it may be (U-16)", () => {
  assert.equal(isSpike(after(SPIKE_TRADES_MIN - 1), "10:00:01", 1_000_000), false);
  assert.equal(isSpike(after(SPIKE_TRADES_MIN), "10:00:01", 1_000_000), true);
});

Deno.test("The window is 20 minutes of exchange time: what is older has left it (F-073, B-06)", () => {
  assert.equal(isSpike(after(10), "10:19:59", 1_000), true);
  assert.equal(isSpike(after(10), "10:20:00", 1_000), false);
});

Deno.test("Minutes leave the window one by one (F-073)", () => {
  const past = createSpikeWindow();
  for (let minute = 0; minute < SPIKE_MINUTES; minute++) {
    takeVolume(past, at(`10:${String(minute).padStart(2, "0")}:30`), 100 * (minute + 1));
  }
  assert.equal(past.trades, 20);
  takeVolume(past, at("10:20:00"), 100);
  // The minute of 10:00 with its one trade of 100 is gone.
  assert.deepEqual([past.trades, past.volume], [20, 21_000]);
  takeVolume(past, at("10:22:00"), 100);
  assert.deepEqual([past.trades, past.volume], [19, 21_000 - 200 - 300 + 100]);
});

Deno.test("The window holds 20 buckets however many trades pass (F-073, C-41)", () => {
  const past = createSpikeWindow();
  for (let i = 0; i < 5_000; i++) takeVolume(past, at("10:00:00") + i * 200, 100);
  assert.deepEqual([past.counts.length, past.volumes.length], [SPIKE_MINUTES, SPIKE_MINUTES]);
  // 5,000 trades in 16 minutes and 40 seconds are all in it: a time, not a number of trades.
  assert.equal(past.trades, 5_000);
});

Deno.test("After the lunch break the window starts empty", () => {
  const past = after(50, "11:29:59");
  assert.equal(isSpike(past, "13:00:00", 1_000_000), false);
  assert.equal(past.trades, 1);
});

Deno.test("A trade of some seconds before goes into its own minute", () => {
  const past = after(10, "10:05:00");
  takeVolume(past, at("10:04:59"), 100);
  assert.equal(past.trades, 11);
  takeVolume(past, at("10:24:30"), 100);
  assert.equal(past.trades, 11, "10:04 has left, 10:05 has not");
});

Deno.test("One trade from a clock far ahead costs one window and not the day's", () => {
  const past = after(10);
  takeVolume(past, at("23:59:59"), 100);
  for (let i = 0; i < 10; i++) takeVolume(past, at("10:01:00"), 100);
  assert.deepEqual([past.trades, past.volume], [10, 1_000]);
  assert.equal(isSpike(past, "10:01:01", 301), true);
});
