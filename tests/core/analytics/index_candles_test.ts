import assert from "node:assert/strict";
import fc from "fast-check";
import { addIndexTick, createIndexCandles } from "../../../core/analytics/index_candles.ts";
import { at } from "../../support/trade_events.ts";

type Tick = readonly [atMs: number, valueE2: number, volume: number];

function fold(ticks: readonly Tick[]) {
  const candles = createIndexCandles();
  for (const tick of ticks) addIndexTick(candles, ...tick);
  return candles;
}

const shapes = (ticks: readonly Tick[]) =>
  fold(ticks).map(({ minuteMs, openE2, highE2, lowE2, closeE2 }) => [
    minuteMs,
    openE2,
    highE2,
    lowE2,
    closeE2,
  ]);

Deno.test("A minute of an index has the first, highest, lowest and last value of its seconds", () => {
  const ticks: Tick[] = [
    [at("10:00:00"), 100, 1],
    [at("10:00:30"), 120, 2],
    [at("10:00:59"), 90, 3],
    [at("10:01:00"), 95, 4],
  ];
  assert.deepEqual(shapes(ticks), [
    [at("10:00:00"), 100, 120, 90, 90],
    [at("10:01:00"), 95, 95, 95, 95],
  ]);
});

Deno.test("A minute without a value has no candle, and a late value makes or mends its own", () => {
  const ticks: Tick[] = [
    [at("10:05:00"), 100, 5],
    [at("10:02:10"), 80, 2],
    [at("10:02:05"), 85, 1],
  ];
  assert.deepEqual(shapes(ticks), [
    [at("10:02:00"), 85, 85, 80, 80],
    [at("10:05:00"), 100, 100, 100, 100],
  ]);
});

Deno.test("Within a second the cumulative volume says which value was the first and the last", () => {
  const second = at("10:00:07");
  const ticks: Tick[] = [[second, 100, 20], [second, 110, 30], [second, 90, 10]];
  assert.deepEqual(shapes(ticks), [[at("10:00:00"), 90, 110, 90, 110]]);
});

Deno.test("Of values that are equal in second and volume the last to come is the close", () => {
  const second = at("10:00:07");
  assert.deepEqual(shapes([[second, 100, 5], [second, 101, 5]]), [
    [at("10:00:00"), 100, 101, 100, 101],
  ]);
});

Deno.test("Index candles are the same in any order of arrival", () => {
  const ticks = fc.uniqueArray(
    fc.record({ second: fc.nat(600), volume: fc.nat(3), value: fc.nat(50) }),
    // Equal time and volume tell nothing about the order.
    { selector: ({ second, volume }) => second * 10 + volume, maxLength: 60 },
  ).map((drawn) =>
    drawn.map(({ second, volume, value }): Tick => [at("10:00:00") + second * 1000, value, volume])
  );
  const orders = ticks.chain((list) =>
    fc.tuple(
      fc.constant(list),
      fc.shuffledSubarray(list, { minLength: list.length, maxLength: list.length }),
    )
  );
  fc.assert(fc.property(orders, ([list, order]) => assert.deepEqual(fold(order), fold(list))));
});
