import assert from "node:assert/strict";
import type { Classifier, Method } from "../../core/analytics/classify.ts";
import { createIngest, ingestFrame } from "../../core/engine/ingest.ts";
import type { TruthTrade } from "../../core/exchange/types.ts";
import { boardOnly, frames } from "./market_frames.ts";

interface Score {
  trades: number;
  right: number;
  volume: number;
  rightVolume: number;
}

/** Classified trades of a stretch of the day against what really happened, by method. */
function score(classifier: Classifier): { byMethod: Map<Method, Score>; unmatched: number } {
  const truth = new Map<string, TruthTrade["aggressor"]>();
  const ingest = createIngest({ classifier, symbolsMax: 8_192 });
  const byMethod = new Map<Method, Score>();
  let unmatched = 0;
  const stretch = frames({
    seed: 23,
    from: "09:10:00",
    until: "09:45:00",
    wants: boardOnly,
    onTrade: (trade) => truth.set(`${trade.symbol}@${trade.totalVolume}`, trade.aggressor),
  });
  for (const frame of stretch) {
    for (const change of ingestFrame(ingest, frame)) {
      if (change.kind !== "trade") continue;
      const aggressor = truth.get(`${change.symbol}@${change.totalVolume}`);
      if (aggressor === undefined) {
        unmatched++;
        continue;
      }
      const held = byMethod.get(change.method) ??
        { trades: 0, right: 0, volume: 0, rightVolume: 0 };
      const isRight = change.side === (aggressor === "auction" ? "none" : aggressor);
      held.trades++;
      held.volume += change.volume;
      if (isRight) held.right++;
      if (isRight) held.rightVolume += change.volume;
      byMethod.set(change.method, held);
    }
  }
  return { byMethod, unmatched };
}

function share(part: number, whole: number): number {
  return whole === 0 ? 1 : part / whole;
}

function print(classifier: Classifier, byMethod: Map<Method, Score>): void {
  const total = [...byMethod.values()].reduce((sum, { volume }) => sum + volume, 0);
  for (const [method, { trades, right, volume, rightVolume }] of byMethod) {
    console.log(
      `CLASSIFIER=${classifier} ${method.padEnd(8)} ${String(trades).padStart(6)} trades, ` +
        `${(100 * share(volume, total)).toFixed(1)} % of volume, right ` +
        `${(100 * share(right, trades)).toFixed(2)} % of trades, ` +
        `${(100 * share(rightVolume, volume)).toFixed(2)} % of volume`,
    );
  }
}

Deno.test("Sides agree with the simulator's truth, by method, with the feed's flag first", () => {
  const { byMethod, unmatched } = score("feed");
  print("feed", byMethod);
  assert.equal(unmatched, 0, "every counted trade is one that happened");
  assert.ok(byMethod.get("auction")!.trades >= 30, "the opening auction prints every member");
  for (const method of ["feed", "auction"] as const) {
    const { trades, right } = byMethod.get(method)!;
    assert.equal(right, trades, `${method} is never wrong on a feed that flags truly`);
  }
  const quote = byMethod.get("quote")!;
  assert.ok(quote.trades > 0, "unflagged trades fall to the quote rule");
  assert.ok(share(quote.right, quote.trades) > 0.95, "the quote rule is right on 95 % at least");
});

Deno.test("Sides agree with the simulator's truth, by method, with the quote rule first", () => {
  const { byMethod, unmatched } = score("quote");
  print("quote", byMethod);
  assert.equal(unmatched, 0);
  const quote = byMethod.get("quote")!;
  assert.ok(share(quote.right, quote.trades) > 0.95, "the quote rule is right on 95 % at least");
});
