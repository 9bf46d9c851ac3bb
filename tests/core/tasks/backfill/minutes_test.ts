import assert from "node:assert/strict";
import type { MinuteBar } from "../../../../core/feed/history_rows.ts";
import { vnInstantMs } from "../../../../core/market/time.ts";
import { candlesOf, indexCandlesOf } from "../../../../core/tasks/backfill/minutes.ts";

function bar(time: number, volume: number, rest: Partial<MinuteBar> = {}): MinuteBar {
  return {
    symbol: "FPT",
    tradingDate: "2026-11-19",
    lastSecond: time,
    openE2: 100_00,
    highE2: 103_00,
    lowE2: 99_00,
    closeE2: 101_00,
    volume,
    ...rest,
  };
}

Deno.test("backfill - cumulative volume is that of each day, whatever the order of the bars", () => {
  const bars = [
    bar(14 * 3600 + 45 * 60 + 4, 300),
    bar(9 * 3600 + 15 * 60 + 59, 100),
    bar(9 * 3600 + 16 * 60 + 1, 0),
    bar(13 * 3600, 200),
    bar(10 * 3600, 50, { tradingDate: "2026-11-18" }),
  ];
  const volumes = candlesOf(bars, false).map((candle) => [
    candle.tradingDate,
    candle.minute,
    candle.fromVolume,
    candle.toVolume,
    candle.none,
  ]);
  assert.deepEqual(volumes, [
    ["2026-11-19", 555, 0, 100, 100],
    ["2026-11-19", 780, 100, 300, 200],
    ["2026-11-19", 885, 300, 600, 300],
    ["2026-11-18", 600, 0, 50, 50],
  ]);
});

Deno.test("backfill - two bars of one minute are one candle", () => {
  const [candle, ...rest] = candlesOf([
    bar(36_030, 10, { openE2: 100_50, highE2: 105_00 }),
    bar(36_010, 5, { openE2: 99_50, lowE2: 98_00, closeE2: 100_50 }),
  ], false);
  assert.equal(rest.length, 0);
  const { openE2, highE2, lowE2, closeE2, none } = candle!;
  assert.deepEqual([openE2, highE2, lowE2, closeE2, none], [99_50, 105_00, 98_00, 101_00, 15]);
});

Deno.test("backfill - the value of a minute is its volume at the mean price, with the multiplier", () => {
  assert.equal(candlesOf([bar(36_000, 200)], false)[0]!.valueVnd, 101 * 200);
  assert.equal(candlesOf([bar(36_000, 2)], true)[0]!.valueVnd, 101 * 2 * 100_000);
});

Deno.test("backfill - an index's minute lasts from its start to its last value", () => {
  const [first, second] = indexCandlesOf([
    bar(36_030, 500, { symbol: "VN30" }),
    bar(36_090, 0, { symbol: "VN30" }),
  ]);
  const at = (second: number) => vnInstantMs("2026-11-19", second);
  assert.deepEqual(
    [first!.code, first!.minuteMs, first!.openMs, first!.closeMs],
    ["VN30", at(36_000), at(36_000), at(36_030)],
  );
  assert.deepEqual([first!.openVolume, first!.closeVolume], [0, 500]);
  assert.deepEqual([second!.openVolume, second!.closeVolume], [500, 500]);
});
