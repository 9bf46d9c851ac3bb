import assert from "node:assert/strict";
import { forEachCandle } from "../../core/analytics/candles.ts";
import { createIngest, ingestFrame } from "../../core/engine/ingest.ts";
import { createDay } from "../../core/exchange/day.ts";
import type { TruthTrade } from "../../core/exchange/types.ts";
import { advance, DATE, listen } from "./market_frames.ts";

/** A candle as the engine and as the second computation know it. */
interface Candle {
  readonly minute: number;
  readonly openE2: number;
  readonly highE2: number;
  readonly lowE2: number;
  readonly closeE2: number;
  readonly volume: number;
}

/** Candles of a security out of what happened, with nothing of the engine's. */
function candlesOf(trades: readonly TruthTrade[]): Candle[] {
  const byMinute = Map.groupBy(trades, ({ secondOfDay }) => Math.floor(secondOfDay / 60));
  return [...byMinute].map(([minute, inMinute]) => {
    const prices = inMinute.map(({ priceE2 }) => priceE2);
    return {
      minute,
      openE2: prices[0]!,
      highE2: Math.max(...prices),
      lowE2: Math.min(...prices),
      closeE2: prices.at(-1)!,
      volume: inMinute.reduce((sum, { volume }) => sum + volume, 0),
    };
  });
}

Deno.test("One-minute candles of every security are those of a second computation from what happened", () => {
  const truth = new Map<string, TruthTrade[]>();
  let isListening = false;
  const onTrade = (trade: TruthTrade) => {
    if (!isListening) return;
    const held = truth.get(trade.symbol);
    if (held === undefined) truth.set(trade.symbol, [trade]);
    else held.push(trade);
  };
  const day = createDay({ seed: 31, scenario: "normal", date: DATE, onTrade });
  const ingest = createIngest({ classifier: "feed", symbolsMax: 8_192 });
  const hear = (until: string) => {
    isListening = true;
    for (
      const frame of listen(day, until, (channel) => channel === "X-TRADE" || channel === "F")
    ) {
      ingestFrame(ingest, frame);
    }
    isListening = false;
  };
  advance(day, "09:14:30");
  hear("09:35:00");
  advance(day, "14:25:30");
  hear("15:06:00");
  let compared = 0;
  for (const { symbol } of day.instruments) {
    const expected = candlesOf(truth.get(symbol) ?? []);
    const held: Candle[] = [];
    forEachCandle(ingest.engine.market.instruments.get(symbol)!.candles, (candle) => {
      const { minute, openE2, highE2, lowE2, closeE2, buy, sell, none } = candle;
      held.push({ minute, openE2, highE2, lowE2, closeE2, volume: buy + sell + none });
    });
    assert.deepEqual(held, expected, symbol);
    compared += expected.length;
  }
  assert.ok(compared > 10_000, `${compared} candles were compared`);
});
