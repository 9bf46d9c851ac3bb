/**
 * Work per event does not grow with the day: what a late event touches is counted, and its time is
 * printed beside the acceptance table's figure, never asserted, since it depends on the machine.
 * `tests/bench/engine_bench.ts` says how fast the whole is.
 */
import assert from "node:assert/strict";
import type { TradeEvent } from "../../../core/market/event.ts";
import { candleCount } from "../../../core/analytics/candles.ts";
import { classify } from "../../../core/analytics/classify.ts";
import { createAuctions, placeTrade } from "../../../core/analytics/auction.ts";
import { addVolume, createVolumes } from "../../../core/analytics/volume.ts";
import { boardRow } from "../../../core/engine/views.ts";
import { step } from "../../../core/engine/step.ts";
import { volumeRow } from "../../../core/engine/volume_view.ts";
import { GAPS_MAX } from "../../../core/tape/gaps.ts";
import { at, quoteEvent, tradeEvent } from "../../support/trade_events.ts";
import { engine } from "./trading_engine.ts";

const TRADES = 20_000;

/** Runs something many times and prints the mean time of one beside the figure that was asked for. */
function printMean(what: string, wantedMs: number, run: (i: number) => void): void {
  const startMs = performance.now();
  for (let i = 0; i < TRADES; i++) run(i);
  const ms = (performance.now() - startMs) / TRADES;
  console.log(`${what}: ${ms.toFixed(5)} ms on average, ${wantedMs} ms wanted`);
}

/** A symbol late in a bad day: as many holes as are kept, and a candle for every minute of it. */
function lateInTheDay() {
  const started = engine();
  const { send, aaa } = started;
  let totalVolume = 0;
  for (let minute = 0; minute < 330; minute++) {
    totalVolume += 10_000;
    const exchangeMs = at("09:15:00") + minute * 60_000;
    send(tradeEvent({ totalVolume, exchangeMs, side: "buy" }));
  }
  assert.equal(aaa().tape.gaps.length, 2 * GAPS_MAX);
  assert.equal(candleCount(aaa().candles), 330);
  return { ...started, totalVolume, exchangeMs: at("14:44:00") };
}

Deno.test("Judging a trade with both rules asked, its time printed beside the millisecond wanted (F-038)", () => {
  const book = { exchangeMs: 0, bidE2: 995_000, askE2: 1_005_000 };
  const evidence = { exchangeMs: 1, feedSide: null, tickSide: "buy", previousBook: book } as const;
  let bought = 0;
  printMean("judging a trade", 1, (i) => {
    const verdict = classify({ ...evidence, book, priceE2: 990_000 + i % 20 * 1_000 }, "quote");
    if (verdict.side === "buy") bought++;
  });
  assert.ok(bought > TRADES / 2);
});

Deno.test("Finding the part of the day and summing, its time printed beside the tenth wanted (F-046)", () => {
  const volumes = createVolumes();
  const auctions = createAuctions();
  printMean("placing and summing a trade", 0.1, (i) => {
    const secondOfDay = 33_300 + i % 16_000;
    const { bucket } = placeTrade(auctions, { phase: "continuous", exchange: "HOSE", secondOfDay });
    addVolume(volumes, {
      ...{ exchange: "HOSE", priceE2: 1_000_000, volume: 100, side: "buy", method: "feed" },
      phase: bucket,
    });
  });
  assert.equal(volumes.buckets.continuous.buy, TRADES * 100);
});

Deno.test("A trade late in a bad day touches one candle and no hole, with its rows built (F-057)", () => {
  const { state, send, aaa, totalVolume, exchangeMs } = lateInTheDay();
  send(quoteEvent(995_000, 1_000_000, { exchangeMs }));
  let trades = 0;
  const [holes, candles] = [aaa().tape.gaps.length, candleCount(aaa().candles)];
  printMean("a trade late in a bad day", 5, (i) => {
    const event: TradeEvent = tradeEvent({ totalVolume: totalVolume + 100 * (i + 1), exchangeMs });
    for (const change of step(state, event)) if (change.kind === "trade") trades++;
    boardRow(state, "AAA");
    volumeRow(state, "AAA");
  });
  assert.equal(trades, TRADES);
  assert.equal(aaa().tape.head, totalVolume + 100 * TRADES);
  assert.deepEqual([aaa().tape.gaps.length, candleCount(aaa().candles)], [holes, candles]);
});

Deno.test("A late trade into one of many holes and an old minute finds its place in both (F-057)", () => {
  const { state, aaa } = lateInTheDay();
  const { gaps } = aaa().tape;
  let filled = 0;
  printMean("a late trade into one of many holes", 5, (i) => {
    // Holes from the middle of the day on, one lot at a time from the left of each.
    const start = gaps[GAPS_MAX + i % 50 * 2]!;
    const exchangeMs = at("11:00:00") + i % 50 * 1_000;
    const event = tradeEvent({ totalVolume: start + 10, lastVolume: 10, exchangeMs });
    for (const change of step(state, event)) if (change.kind === "trade") filled++;
  });
  assert.equal(filled, TRADES);
});
