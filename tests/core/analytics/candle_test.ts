import assert from "node:assert/strict";
import { type Candle, mergeCandles, resample } from "../../../core/analytics/candle.ts";

const candle = (changes: Partial<Candle> = {}): Candle => ({
  minute: 600,
  openE2: 10,
  highE2: 12,
  lowE2: 9,
  closeE2: 11,
  buy: 100,
  sell: 50,
  none: 0,
  valueVnd: 1_600,
  fromVolume: 0,
  toVolume: 150,
  ...changes,
});

Deno.test("Merging with an earlier state of the same candle gives the later one", () => {
  const later = candle({ closeE2: 8, lowE2: 8, sell: 150, valueVnd: 2_400, toVolume: 250 });
  assert.deepEqual(mergeCandles(candle(), later), later);
  assert.deepEqual(mergeCandles(later, candle()), later);
  assert.deepEqual(mergeCandles(later, later), later);
});

Deno.test("Merging takes the open of the earlier volume and the close of the later one", () => {
  const before = candle({ fromVolume: 0, toVolume: 100 });
  const after = candle({ openE2: 20, closeE2: 21, highE2: 22, fromVolume: 100, toVolume: 200 });
  for (const merged of [mergeCandles(before, after), mergeCandles(after, before)]) {
    const { openE2, closeE2, highE2, lowE2, fromVolume, toVolume } = merged;
    assert.deepEqual([openE2, closeE2, highE2, lowE2], [10, 21, 22, 9]);
    assert.deepEqual([fromVolume, toVolume], [0, 200]);
  }
});

Deno.test("Candles of different minutes do not merge", () => {
  assert.throws(() => mergeCandles(candle(), candle({ minute: 601 })), /minutes 600 and 601/);
});

Deno.test("Longer candles begin at whole multiples since midnight and sum their minutes", () => {
  const minutes = [598, 600, 604, 605].map((minute, i) =>
    candle({ minute, openE2: i, closeE2: i, fromVolume: i * 150, toVolume: i * 150 + 150 })
  );
  const fives = resample(minutes.toReversed(), 5);
  assert.deepEqual(fives.map(({ minute, openE2, closeE2 }) => [minute, openE2, closeE2]), [
    [595, 0, 0],
    [600, 1, 2],
    [605, 3, 3],
  ]);
  assert.deepEqual(
    [fives[1]!.buy, fives[1]!.sell, fives[1]!.valueVnd, fives[1]!.toVolume],
    [200, 100, 3_200, 450],
  );
});

Deno.test("One minute stays as it is, and no minutes are none", () => {
  assert.deepEqual(resample([candle()], 1), [candle()]);
  assert.deepEqual(resample([], 5), []);
  for (const minutes of [0, -5, 1.5, NaN]) {
    assert.throws(() => resample([candle()], minutes), RangeError);
  }
});
