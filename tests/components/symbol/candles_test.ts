import assert from "node:assert/strict";
import * as fc from "fast-check";
import {
  type Bar,
  barsOfTrades,
  barStartMs,
  joinBars,
  minutesOfDay,
  sessionBreaks,
  vwapOf,
} from "../../../components/symbol/candles.ts";
import {
  isGapBehind,
  standingTrades,
  type Trade,
  tradesOn,
} from "../../../components/symbol/trade.ts";
import { vnInstantMs } from "../../../core/market/time.ts";
import type { TradeEntry } from "../../../core/wire/trade.ts";

const DATE = "2026-11-25";

function at(time: string, date = DATE): number {
  const [hour, minute, second = 0] = time.split(":").map(Number) as [number, number, number?];
  return vnInstantMs(date, hour * 3_600 + minute * 60 + second);
}

function trade(time: string, price: number, volume: number, total: number): Trade {
  return { timeMs: at(time), price, volume, total, side: "buy", method: "quote", isLate: false };
}

function bar(time: string, close: number, volume: number, date = DATE): Bar {
  const flat = { open: close, high: close, low: close, close };
  return { atMs: at(time, date), ...flat, volume, buy: volume, sell: 0, turnover: close * volume };
}

Deno.test("candles - a minute begins and ends by total volume, not by arrival", () => {
  const [first, ...more] = barsOfTrades([
    trade("10:00:05", 12, 100, 200),
    trade("10:00:40", 11, 300, 500),
    { ...trade("10:00:02", 10, 100, 100), side: "sell", isLate: true },
  ]);
  assert.deepEqual(more, []);
  assert.deepEqual(first, {
    ...{ atMs: at("10:00"), open: 10, high: 12, low: 10, close: 11 },
    ...{ volume: 500, buy: 400, sell: 100, turnover: 5_500 },
  });
});

Deno.test("candles - bars of any length begin at midnight in Viet Nam, whatever the zone", () => {
  assert.equal(barStartMs(at("10:44:59"), 15), at("10:30"));
  assert.equal(barStartMs(at("11:29:59"), 60), at("11:00"));
  assert.equal(barStartMs(at("14:45"), 1_440), at("0:00"));
});

Deno.test("candles - stored minutes and live trades join without a seam, and nothing counts twice (F-255, F-256)", () => {
  const stored = [bar("9:58", 9, 50), bar("9:59", 9, 70), bar("10:00", 10, 100)];
  const trades = [trade("9:59:30", 9, 20, 120), trade("10:00:01", 10, 100, 220)];
  const known = minutesOfDay(stored, trades, false);
  assert.deepEqual(known.map(({ volume }) => volume), [50, 70, 100]);
  const next = minutesOfDay(known, [...trades, trade("10:00:30", 12, 30, 250)], false);
  assert.deepEqual(next.map(({ volume, close }) => [volume, close]), [[50, 9], [70, 9], [130, 12]]);
  const older = minutesOfDay(next, [trade("10:05:00", 13, 10, 260)], false);
  assert.deepEqual(older.map(({ volume }) => volume), [50, 70, 130, 10]);
});

Deno.test("candles - of the minute in which the trades begin the newest price shows at once (F-256)", () => {
  const stored = [{ ...bar("10:00", 10, 400), open: 9 }];
  const [joined] = minutesOfDay(stored, [trade("10:00:50", 11, 100, 900)], false);
  assert.deepEqual([joined!.open, joined!.close, joined!.high, joined!.volume], [9, 11, 11, 400]);
});

Deno.test("candles - after volume was taken back only the trades behind it count", () => {
  const entries: TradeEntry[] = [
    [at("10:00:01"), 10, 100, "buy", "feed", 100, 0],
    [at("10:00:02"), null, 0, "none", "void", 50, 0],
    [at("10:00:03"), 11, 20, "sell", "feed", 70, 0],
  ];
  const { trades, areAll, isAfterVoid } = standingTrades(entries);
  assert.deepEqual([areAll, isAfterVoid, trades.length], [true, true, 1]);
  const bars = minutesOfDay([bar("9:30", 9, 500)], trades, areAll);
  assert.deepEqual(bars.map(({ volume }) => volume), [20]);
});

Deno.test("candles - live trades alone tell the whole day only from its first one on", () => {
  const first: TradeEntry = [at("9:15:01"), 10, 100, "buy", "feed", 100, 0];
  assert.ok(standingTrades([first]).areAll);
  assert.ok(!standingTrades([[at("9:15:01"), 10, 100, "buy", "feed", 900, 0]]).areAll);
  assert.ok(!standingTrades([]).areAll);
});

Deno.test("candles - trades that went by while nobody looked are noticed", () => {
  const entry = (total: number, late: 0 | 1 = 0): TradeEntry => [
    ...[at("10:00"), 10, 100, "buy", "feed", total, late] as const,
  ];
  assert.ok(!isGapBehind(900, standingTrades([entry(800), entry(1_000)])));
  assert.ok(!isGapBehind(900, standingTrades([entry(1_000)])));
  assert.ok(isGapBehind(900, standingTrades([entry(950, 1), entry(1_100)])));
  assert.ok(!isGapBehind(900, standingTrades([])));
});

Deno.test("candles - longer bars hold every share of the shorter ones and no other price", () => {
  const price = fc.integer({ min: 1, max: 50 });
  const minutes = fc.uniqueArray(fc.integer({ min: 0, max: 300 }), { maxLength: 60 })
    .map((list) => list.sort((a, b) => a - b));
  fc.assert(
    fc.property(minutes, fc.array(price), fc.constantFrom(3, 5, 15, 60), (list, some, n) => {
      const bars = list.map((minute, i) => ({
        ...bar("9:00", some[i] ?? 7, i + 1),
        atMs: at("9:00") + minute * 60_000,
      }));
      const joined = joinBars(bars, n);
      const sum = (held: readonly Bar[]) => held.reduce((all, { volume }) => all + volume, 0);
      assert.equal(sum(joined), sum(bars));
      for (const each of joined) {
        const held = bars.filter(({ atMs }) => barStartMs(atMs, n) === each.atMs);
        assert.equal(each.high, Math.max(...held.map(({ high }) => high)));
        assert.equal(each.close, held.at(-1)!.close);
      }
    }),
  );
});

Deno.test("candles - what a source does not tell of the sides is not told of the sum", () => {
  const [joined] = joinBars([bar("9:15", 9, 5), { ...bar("9:16", 9, 5), buy: null }], 5);
  assert.deepEqual([joined!.volume, joined!.buy, joined!.sell], [10, null, 0]);
});

Deno.test("candles - the average by volume is that of the newest day alone", () => {
  const bars = [bar("14:45", 50, 10, "2026-11-24"), bar("9:15", 10, 100), bar("9:16", 20, 100)];
  assert.deepEqual(vwapOf(bars).map(({ value }) => value), [10, 15]);
  assert.deepEqual(vwapOf([]), []);
});

Deno.test("candles - a new day and the afternoon are breaks; an hour without a trade is none", () => {
  const bars = [
    ...[bar("14:45", 9, 1, "2026-11-24"), bar("9:15", 9, 1), bar("11:29", 9, 1)],
    ...[bar("13:00", 9, 1), bar("14:20", 9, 1)],
  ];
  assert.deepEqual(sessionBreaks(bars), [
    { atMs: at("9:15"), isDay: true },
    { atMs: at("13:00"), isDay: false },
  ]);
});

Deno.test("candles - trades of the day before, which is among the stored bars, draw none of it again (F-256)", () => {
  const past = [bar("14:29", 10, 100), bar("14:45", 11, 200)];
  const held = { trades: [trade("14:45:05", 11, 200, 300)], isAfterVoid: false, areAll: true };
  const drawnOn = (date: string) => {
    const { trades, areAll } = tradesOn(date, held);
    return [...past, ...minutesOfDay([], trades, areAll)].map(({ atMs }) => atMs);
  };
  assert.deepEqual(drawnOn("2026-11-26"), past.map(({ atMs }) => atMs));
  assert.equal(tradesOn(DATE, held), held);
});
