import assert from "node:assert/strict";
import type { Candle } from "../../../core/analytics/candle.ts";
import {
  addToCandle,
  candleAt,
  candleCount,
  type Candles,
  type CandleTrade,
  clearCandles,
  createCandles,
  forEachCandle,
} from "../../../core/analytics/candles.ts";
import { at } from "../../support/trade_events.ts";

const TEN = 10 * 60;

const trade = (changes: Partial<CandleTrade> = {}): CandleTrade => ({
  exchange: "HOSE",
  exchangeMs: at("10:00:00"),
  priceE2: 1_000_000,
  volume: 100,
  totalVolume: 100,
  side: "buy",
  ...changes,
});

function candlesOf(...trades: readonly Partial<CandleTrade>[]): Candles {
  const candles = createCandles();
  for (const each of trades) addToCandle(candles, trade(each));
  return candles;
}

function listed(candles: Candles, fromMinute?: number): Candle[] {
  const list: Candle[] = [];
  forEachCandle(candles, (candle) => list.push(candle), fromMinute);
  return list;
}

Deno.test("The first trade of a minute is its open, high, low and close", () => {
  assert.deepEqual(listed(candlesOf({})), [{
    minute: TEN,
    openE2: 1_000_000,
    highE2: 1_000_000,
    lowE2: 1_000_000,
    closeE2: 1_000_000,
    buy: 100,
    sell: 0,
    none: 0,
    valueVnd: 1_000_000,
    fromVolume: 0,
    toVolume: 100,
  }]);
});

Deno.test("A minute ends with its 59th second", () => {
  const candles = candlesOf({ exchangeMs: at("09:59:59") }, {}, { exchangeMs: at("10:00:59") }, {
    exchangeMs: at("10:01:00"),
  });
  assert.deepEqual(listed(candles).map(({ minute, buy }) => [minute, buy]), [
    [TEN - 1, 100],
    [TEN, 200],
    [TEN + 1, 100],
  ]);
});

Deno.test("Open and close go by cumulative volume, not by arrival", () => {
  const [candle] = listed(candlesOf(
    { totalVolume: 300, priceE2: 1_020_000 },
    { totalVolume: 400, priceE2: 1_010_000, side: "sell" },
    { totalVolume: 200, priceE2: 990_000, side: "none" },
  ));
  const { openE2, highE2, lowE2, closeE2, fromVolume, toVolume } = candle!;
  assert.deepEqual([openE2, highE2, lowE2, closeE2], [990_000, 1_020_000, 990_000, 1_010_000]);
  assert.deepEqual([fromVolume, toVolume], [100, 400]);
  assert.deepEqual([candle!.buy, candle!.sell, candle!.none], [100, 100, 100]);
});

Deno.test("A late trade of a minute without a candle gets one in its place", () => {
  const minutes = ["10:05:00", "10:01:00", "10:03:00", "10:00:00", "10:09:00"];
  const candles = candlesOf(...minutes.map((time) => ({ exchangeMs: at(time) })));
  assert.deepEqual(listed(candles).map(({ minute }) => minute - TEN), [0, 1, 3, 5, 9]);
});

Deno.test("The value of a futures candle carries the multiplier (B-02)", () => {
  const [candle] = listed(candlesOf({ exchange: "DERIVATIVES", priceE2: 193_450, volume: 2 }));
  assert.equal(candle!.valueVnd, 386_900_000);
});

Deno.test("Candles are read by position and from a minute on", () => {
  const times = ["10:00:00", "10:02:00", "10:04:00"];
  const candles = candlesOf(...times.map((time) => ({ exchangeMs: at(time) })));
  assert.equal(candleCount(candles), 3);
  assert.equal(candleAt(candles, 1)?.minute, TEN + 2);
  assert.equal(candleAt(candles, 3), null);
  assert.equal(candleAt(candles, -1), null);
  const from = (minute: number) => listed(candles, TEN + minute).map((one) => one.minute - TEN);
  assert.deepEqual([from(1), from(2), from(4), from(5)], [[2, 4], [2, 4], [4], []]);
  assert.deepEqual(listed(createCandles()), []);
});

Deno.test("A re-base takes the candles of the day with it", () => {
  const candles = candlesOf({});
  clearCandles(candles);
  assert.deepEqual(candles, createCandles());
});

Deno.test("A trade in every minute of a day makes 1,440 candles and no more", () => {
  const midnight = at("00:00:00");
  const candles = createCandles();
  for (let second = 0; second < 86_400; second += 20) {
    addToCandle(candles, trade({ exchangeMs: midnight + second * 1_000 }));
  }
  assert.equal(candleCount(candles), 1_440);
});
