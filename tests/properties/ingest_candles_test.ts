import assert from "node:assert/strict";
import fc from "fast-check";
import { type Candle, mergeCandles, resample } from "../../core/analytics/candle.ts";
import {
  addToCandle,
  candleAt,
  candleCount,
  type Candles,
  type CandleTrade,
  createCandles,
  forEachCandle,
} from "../../core/analytics/candles.ts";
import { sumSides } from "../../core/analytics/volume.ts";
import type { TradeEvent } from "../../core/market/event.ts";
import { createEngine } from "../../core/engine/state.ts";
import { step } from "../../core/engine/step.ts";
import { at, preOpenEvent } from "../support/trade_events.ts";
import { type DrawnTrade, drawnTrades, shuffled, tradesOfDay } from "./ingest_day.ts";

const RUNS = 1_000;

/** Trades of a day, slowed down so that they lie in many minutes. */
function slowTrades(drawn: readonly DrawnTrade[]): TradeEvent[] {
  const start = at("10:00:00");
  return tradesOfDay(drawn).map((trade) => ({
    ...trade,
    exchangeMs: start + (trade.exchangeMs - start) * 40,
  }));
}

const candleTrade = (event: TradeEvent): CandleTrade => ({
  exchange: event.exchange,
  exchangeMs: event.exchangeMs,
  priceE2: event.lastE2!,
  volume: event.lastVolume,
  totalVolume: event.totalVolume,
  side: event.side ?? "none",
});

function fold(trades: readonly TradeEvent[]): Candles {
  const candles = createCandles();
  for (const trade of trades) addToCandle(candles, candleTrade(trade));
  return candles;
}

function listed(candles: Candles): Candle[] {
  const list: Candle[] = [];
  forEachCandle(candles, (candle) => list.push(candle));
  return list;
}

/** Candles of `minutes` minutes straight from the trades in their true order, written plainly. */
function model(trades: readonly TradeEvent[], minutes: number): Candle[] {
  const groups = Map.groupBy(
    trades,
    ({ exchangeMs }) => Math.floor((exchangeMs - at("00:00:00")) / 60_000 / minutes) * minutes,
  );
  return [...groups].map(([minute, group]) => {
    const prices = group.map(({ lastE2 }) => lastE2!);
    const volumeOf = (side: TradeEvent["side"]) =>
      group.reduce((sum, trade) => sum + (trade.side === side ? trade.lastVolume : 0), 0);
    return {
      minute,
      openE2: prices[0]!,
      highE2: Math.max(...prices),
      lowE2: Math.min(...prices),
      closeE2: prices.at(-1)!,
      buy: volumeOf("buy"),
      sell: volumeOf("sell"),
      none: volumeOf(null),
      valueVnd: group.reduce((sum, trade) => sum + trade.lastE2! / 100 * trade.lastVolume, 0),
      fromVolume: group[0]!.totalVolume - group[0]!.lastVolume,
      toVolume: group.at(-1)!.totalVolume,
    };
  });
}

const days = drawnTrades(60).map(slowTrades);
const shuffledDays = days.chain((day) =>
  fc.record({ day: fc.constant(day), order: shuffled(day) })
);

Deno.test("Candles: trades in any order give the candles of the day in its order (P5)", () => {
  fc.assert(
    fc.property(shuffledDays, ({ day, order }) => {
      assert.deepEqual(listed(fold(order)), model(day, 1));
      assert.deepEqual(fold(order), fold(day));
    }),
    { numRuns: RUNS },
  );
});

Deno.test("Candles: 5 and 15 minutes are their minutes joined, in any order of these (P5)", () => {
  const cases = shuffledDays.chain(({ day }) =>
    fc.record({ day: fc.constant(day), minutes: shuffled(listed(fold(day))) })
  );
  fc.assert(
    fc.property(cases, fc.constantFrom(5, 15), ({ day, minutes }, length) => {
      assert.deepEqual(resample(minutes, length), model(day, length));
      assert.deepEqual(resample(resample(minutes, 5), 15), model(day, 15));
    }),
    { numRuns: RUNS },
  );
});

Deno.test("Candles: states of one candle written in any order and again leave its last state (P5)", () => {
  const cases = shuffledDays.chain(({ order }) => {
    const minute = Math.floor(order[0]!.exchangeMs / 60_000);
    const ofMinute = order.filter(({ exchangeMs }) => Math.floor(exchangeMs / 60_000) === minute);
    const states = ofMinute.map((_, i) => candleAt(fold(ofMinute.slice(0, i + 1)), 0)!);
    return fc.array(fc.constantFrom(...states), { maxLength: 20 }).chain((again) =>
      fc.record({ last: fc.constant(states.at(-1)!), written: shuffled([...states, ...again]) })
    );
  });
  fc.assert(
    fc.property(cases, ({ last, written }) => {
      assert.deepEqual(written.reduce(mergeCandles), last);
      assert.deepEqual(written.reduceRight(mergeCandles), last);
    }),
    { numRuns: RUNS },
  );
});

Deno.test("Engine: whatever is lost, the candles hold what the tape counted, inside high and low (P5)", () => {
  const cases = days.chain((day) => fc.shuffledSubarray(day, { minLength: 1 }));
  fc.assert(
    fc.property(cases, fc.nat(), (delivered, connectAt) => {
      const engine = createEngine({ classifier: "feed", symbolsMax: 1 });
      step(engine, preOpenEvent());
      delivered.forEach((trade, i) => {
        if (i === connectAt % 80) step(engine, { kind: "connected" });
        step(engine, trade);
      });
      const { candles, volumes, tape } = engine.market.instruments.get("AAA")!;
      const list = listed(candles);
      assert.equal(list.reduce((sum, candle) => sum + sumSides(candle), 0), tape.counted);
      for (const side of ["buy", "sell", "none"] as const) {
        assert.equal(list.reduce((sum, candle) => sum + candle[side], 0), volumes[side]);
      }
      const valueVnd = list.reduce((sum, candle) => sum + candle.valueVnd, 0);
      assert.equal(valueVnd, volumes.buyVnd + volumes.sellVnd + volumes.noneVnd);
      assert.equal(list.length, candleCount(candles));
      list.forEach(
        ({ minute, openE2, highE2, lowE2, closeE2, fromVolume, toVolume, ...sides }, i) => {
          assert.ok(lowE2 <= openE2 && openE2 <= highE2 && lowE2 <= closeE2 && closeE2 <= highE2);
          assert.ok(sumSides(sides) <= toVolume - fromVolume);
          assert.ok(i === 0 || list[i - 1]!.minute < minute);
        },
      );
    }),
    { numRuns: RUNS },
  );
});
