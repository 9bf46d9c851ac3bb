import assert from "node:assert/strict";
import type { Candle } from "../../core/analytics/candle.ts";
import { forEachCandle } from "../../core/analytics/candles.ts";
import { sumSides } from "../../core/analytics/volume.ts";
import { createIngest, type Ingest, ingestFrame } from "../../core/engine/ingest.ts";
import { volumeRow } from "../../core/engine/volume_view.ts";
import type { TruthTrade } from "../../core/exchange/types.ts";
import { valueVnd } from "../../core/market/units.ts";
import { VOLUME_FIELDS } from "../../core/wire/analytics.ts";
import { boardOnly, frames } from "./market_frames.ts";

interface Played {
  readonly ingest: Ingest;
  /** What really happened after the connection, by symbol. */
  readonly truth: Map<string, TruthTrade[]>;
}

/** Plays the opening and half an hour; of every `lossEvery` frames one is lost. */
function play(lossEvery: number): Played {
  const ingest = createIngest({ classifier: "feed", symbolsMax: 8_192 });
  const truth = new Map<string, TruthTrade[]>();
  const stretch = frames({
    seed: 29,
    from: "09:10:00",
    until: "09:40:00",
    wants: boardOnly,
    onTrade: (trade) => {
      const held = truth.get(trade.symbol);
      if (held === undefined) truth.set(trade.symbol, [trade]);
      else held.push(trade);
    },
  });
  let number = 0;
  for (const frame of stretch) {
    // The first two begin the connection.
    if (++number <= 2 || number % lossEvery !== 0) ingestFrame(ingest, frame);
  }
  return { ingest, truth };
}

function candlesOfTruth(trades: readonly TruthTrade[], isFuture: boolean) {
  return [...Map.groupBy(trades, ({ secondOfDay }) => Math.floor(secondOfDay / 60))].map(
    ([minute, group]) => {
      const prices = group.map(({ priceE2 }) => priceE2);
      return {
        minute,
        openE2: prices[0]!,
        highE2: Math.max(...prices),
        lowE2: Math.min(...prices),
        closeE2: prices.at(-1)!,
        valueVnd: group.reduce(
          (sum, { priceE2, volume }) => sum + valueVnd(priceE2, volume, isFuture),
          0,
        ),
        fromVolume: group[0]!.totalVolume - group[0]!.volume,
        toVolume: group.at(-1)!.totalVolume,
      };
    },
  );
}

Deno.test("Without a loss the candles of every security are those of the trades that happened (P5)", () => {
  const { ingest, truth } = play(Infinity);
  let compared = 0;
  for (const { symbol, exchange, candles, tape } of ingest.engine.market.instruments.values()) {
    const held: Candle[] = [];
    forEachCandle(candles, (candle) => held.push(candle));
    // What traded before the connection is missing, and in no candle.
    const heard = truth.get(symbol)!.filter(({ totalVolume }) => totalVolume > tape.missing);
    const shown = held.map(({ buy: _b, sell: _s, none: _n, ...candle }) => candle);
    assert.deepEqual(shown, candlesOfTruth(heard, exchange === "DERIVATIVES"), symbol);
    assert.equal(held.reduce((sum, candle) => sum + sumSides(candle), 0), tape.counted);
    compared += held.length;
  }
  assert.ok(compared > 500, `${compared} candles`);
});

Deno.test("With one frame in seven lost, the range of active buying holds the truth (N-03)", () => {
  const { ingest, truth } = play(7);
  let held = 0;
  const widths: number[] = [];
  const outside: string[] = [];
  for (const { symbol, tape } of ingest.engine.market.instruments.values()) {
    const row = Object.fromEntries(
      volumeRow(ingest.engine, symbol).map((cell, i) => [VOLUME_FIELDS[i], cell]),
    ) as Record<string, number>;
    const sided = truth.get(symbol)!.filter(({ aggressor, totalVolume }) =>
      aggressor !== "auction" && totalVolume <= tape.head
    );
    const sum = (list: readonly TruthTrade[]) =>
      list.reduce((total, { volume }) => total + volume, 0);
    const bought = sum(sided.filter(({ aggressor }) => aggressor === "buy"));
    // In whole hundredths of a per cent: binary fractions must not decide on the edge.
    const [min, max] = [row.buyPctMin!, row.buyPctMax!].map((pct) => Math.round(pct * 100));
    const whole = sum(sided);
    if (min! * whole <= bought * 10_000 && bought * 10_000 <= max! * whole) held++;
    else outside.push(`${symbol} bought ${bought} of ${whole}, told ${min} to ${max}`);
    widths.push((max! - min!) / 100);
  }
  const mean = widths.reduce((sum, width) => sum + width, 0) / widths.length;
  console.log(`active buying: ${held} of ${widths.length} ranges, ${mean.toFixed(1)} points wide`);
  assert.deepEqual(outside, []);
  assert.ok(mean < 60, "and says something");
});
