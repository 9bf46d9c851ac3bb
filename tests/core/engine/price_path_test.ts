import assert from "node:assert/strict";
import { logFrom } from "../../../core/engine/logs.ts";
import { LOG_MAX } from "../../../core/wire/log.ts";
import { PRICE_STEP_MS } from "../../../core/wire/sparklines.ts";
import { at, DATE, preOpenEvent, tradeEvent } from "../../support/trade_events.ts";
import { timeOf } from "../../support/index_market.ts";
import { engine } from "./trading_engine.ts";

const NEXT = "2026-11-17";

/** An engine with two securities, of which each trade is told by time and price. */
function market() {
  const { state, send } = engine();
  send(preOpenEvent({ symbol: "BBB" }));
  const totals = new Map<string, number>();
  return {
    state,
    trade(symbol: string, time: string, lastE2: number) {
      const totalVolume = (totals.get(symbol) ?? 0) + 100;
      totals.set(symbol, totalVolume);
      send(tradeEvent({ symbol, lastE2, totalVolume, exchangeMs: at(time) }));
    },
    send,
    clock: (time: string, date = DATE) => send({ kind: "clock", exchangeMs: at(time, date) }),
    steps: () =>
      logFrom(state, "prices", 0).entries.map(([stepMs, symbols, pricesE2]) => [
        timeOf(stepMs),
        ...symbols.map((symbol, i) => [symbol, pricesE2[i]]),
      ]),
  };
}

Deno.test("A step of the day writes down each price that moved in it, once, when it is over (B-33)", () => {
  const { trade, clock, steps } = market();
  trade("AAA", "09:15:03", 1_000_000);
  trade("AAA", "09:19:59", 1_010_000);
  assert.deepEqual(steps(), []);
  clock("09:20:00");
  trade("BBB", "09:21:00", 990_000);
  trade("AAA", "09:22:00", 1_005_000);
  trade("AAA", "09:23:00", 1_010_000);
  clock("09:25:07");
  assert.deepEqual(steps(), [
    ["09:20:00", ["AAA", 1_010_000]],
    ["09:25:00", ["BBB", 990_000]],
  ]);
});

Deno.test("A step without a move, and a break, write nothing; a security before its first trade is in none", () => {
  const { trade, clock, steps } = market();
  clock("09:05:00");
  trade("AAA", "11:29:00", 1_000_000);
  for (const time of ["11:30:00", "11:35:00", "12:10:30", "13:00:00"]) clock(time);
  trade("AAA", "13:01:00", 1_010_000);
  clock("13:05:00");
  assert.deepEqual(steps(), [
    ["11:30:00", ["AAA", 1_000_000]],
    ["13:05:00", ["AAA", 1_010_000]],
  ]);
});

Deno.test("The paths start over with the trading day (B-33)", () => {
  const { trade, clock, send, steps } = market();
  trade("AAA", "14:40:00", 1_000_000);
  clock("15:06:00");
  assert.equal(steps().length, 1);
  const tomorrow = (time: string) => ({ tradingDate: NEXT, exchangeMs: at(time, NEXT) });
  send(preOpenEvent(tomorrow("08:00:07")));
  assert.deepEqual(steps(), []);
  send(tradeEvent({ ...tomorrow("09:16:00"), lastE2: 1_000_000 }));
  clock("09:20:00", NEXT);
  assert.deepEqual(steps(), [["09:20:00", ["AAA", 1_000_000]]]);
});

Deno.test("A whole day of steps fits, and of a longer one the newest are kept", () => {
  assert.ok((at("15:05:00") - at("08:45:00")) / PRICE_STEP_MS <= LOG_MAX.prices);
  const { state, trade, steps } = market();
  const [first, count] = [at("09:00:00"), Math.ceil(LOG_MAX.prices * 1.2)];
  for (let i = 0; i < count; i++) {
    const time = timeOf(first + i * PRICE_STEP_MS);
    trade("AAA", time, 1_000_000 + i % 2 * 10_000);
  }
  assert.ok(state.market.logs.prices.entries.length <= LOG_MAX.prices * 1.125);
  assert.equal(steps().length, LOG_MAX.prices);
  assert.equal(steps().at(-1)![0], timeOf(first + (count - 1) * PRICE_STEP_MS));
});
