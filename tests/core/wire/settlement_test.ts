import assert from "node:assert/strict";
import {
  type IndexMark,
  neededMeanE2,
  settlementMeter,
  settlementWindow,
} from "../../../core/wire/settlement.ts";

const EXPIRY = "2026-12-17";
const WINDOW = settlementWindow(EXPIRY);
const { startS, auctionS, endS } = WINDOW;

Deno.test("The settlement window is the last 15 minutes of matching and the closing auction (N-10)", () => {
  const clock = (second: number) => `${Math.floor(second / 3600)}:${second % 3600 / 60}`;
  assert.deepEqual([startS, auctionS, endS].map(clock), ["14:15", "14:30", "14:45"]);
});

Deno.test("A whole window is the trimmed mean, worked by hand (N-10)", () => {
  // 894 seconds at 2000.00, three at 2900.00, three at 1100.00, then an auction at 2010.00.
  const marks: IndexMark[] = [
    [startS - 60, 200_000],
    [startS + 100, 290_000],
    [startS + 103, 200_000],
    [startS + 200, 110_000],
    [startS + 203, 200_000],
    [auctionS, 201_000],
  ];
  const meter = settlementMeter(marks, WINDOW, endS + 30);
  assert.equal(meter.kept, 1800 - 6);
  assert.equal(meter.meanE2, (894 * 200_000 + 900 * 201_000) / 1794);
  assert.deepEqual([meter.counted, meter.missing, meter.ahead], [1800, 0, 0]);
  assert.equal(neededMeanE2(meter, 200_000), null);
});

Deno.test("Values of the auction are not trimmed (N-10)", () => {
  const marks: IndexMark[] = [[startS, 200_000], [auctionS, 100_000]];
  const meter = settlementMeter(marks, WINDOW, auctionS);
  assert.equal(meter.sumE2, 894 * 200_000 + 100_000);
});

Deno.test("What the index must average makes the settlement asked for, at any second (N-10)", () => {
  const marks: IndexMark[] = Array.from(
    { length: 1_800 },
    (_, i) => [startS + i, 200_000 + i % 7 * 10],
  );
  for (const nowS of [startS + 400, auctionS, auctionS + 600, endS - 2]) {
    const soFar = marks.filter(([second]) => second <= nowS);
    const needed = neededMeanE2(settlementMeter(soFar, WINDOW, nowS), 200_500)!;
    // From now on exactly that, except in the part that is still trimmed.
    const rest: IndexMark[] = [[nowS + 1, needed]];
    const end = settlementMeter([...soFar, ...rest], WINDOW, endS);
    const tolerance = nowS < auctionS ? 1 : 1e-6;
    assert.ok(Math.abs(end.meanE2! - 200_500) < tolerance, `${nowS}: ${end.meanE2}`);
  }
});

Deno.test("Before the window nothing counts and all of it is ahead (N-10)", () => {
  const meter = settlementMeter([[startS - 900, 200_000]], WINDOW, startS - 1);
  assert.deepEqual([meter.meanE2, meter.counted, meter.missing], [null, 0, 0]);
  assert.equal(meter.ahead, 1794);
  assert.equal(neededMeanE2(meter, 199_950), 199_950);
});

Deno.test("Seconds before the first known value are missing, never made up (N-10)", () => {
  const meter = settlementMeter([[startS + 300, 200_000]], WINDOW, startS + 599);
  assert.deepEqual([meter.counted, meter.missing], [300, 300]);
  assert.equal(meter.meanE2, 200_000);
});
