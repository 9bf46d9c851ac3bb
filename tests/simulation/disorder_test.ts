import assert from "node:assert/strict";
import { sumSides } from "../../core/analytics/volume.ts";
import { createIngest, type Ingest, ingestFrame } from "../../core/engine/ingest.ts";
import { disorderly, type DisorderOptions } from "../../core/exchange/disorder.ts";
import type { SimMessage } from "../../core/exchange/types.ts";
import { encodeBroadcast, initFrame, messageFrame } from "../../core/sim/frames.ts";
import { play, smallDayOf } from "../core/exchange/play.ts";

/** From before the first message of the day, so that nothing is a baseline with a past. */
const messages: SimMessage[] = [];
const day = smallDayOf();
play(
  day,
  "09:30:00",
  (channel) => channel !== "X" && channel !== "B",
  (message) => messages.push(message),
);

function heard(options: Omit<DisorderOptions, "seed">): Ingest {
  const ingest = createIngest({ classifier: "feed", symbolsMax: 8_192 });
  ingestFrame(ingest, initFrame());
  for (const message of disorderly(messages, { seed: 17, ...options })) {
    ingestFrame(ingest, messageFrame(1, [encodeBroadcast(message)]));
  }
  return ingest;
}

/** Volume, counted volume and missing volume by symbol. */
function totals(ingest: Ingest): Record<string, readonly number[]> {
  return Object.fromEntries(
    [...ingest.engine.market.instruments.values()].map((
      { symbol, totalVolume, volumes, tape },
    ) => [symbol, [totalVolume ?? 0, sumSides(volumes), tape.missing]]),
  );
}

const clean = heard({ duplicate: 0, reorderWindow: 0, drop: 0 });

Deno.test("Messages that come twice and out of order give the sums of those in order", () => {
  const muddled = heard({ duplicate: 0.2, reorderWindow: 50, drop: 0 });
  const { trades } = muddled.engine.counters;
  assert.ok(trades.duplicate > 1_000 && trades["filled-gap"] > 100, JSON.stringify(trades));
  const expected = totals(clean);
  const found = totals(muddled);
  const differing = Object.keys(expected).filter((symbol) =>
    JSON.stringify(expected[symbol]) !== JSON.stringify(found[symbol])
  );
  assert.deepEqual(differing.map((symbol) => [symbol, expected[symbol], found[symbol]]), []);
});

Deno.test("What a line loses is missing, and nothing is counted that did not come", () => {
  const lossy = heard({ duplicate: 0, reorderWindow: 0, drop: 0.05 });
  let missing = 0;
  for (const [symbol, [total, counted, gap]] of Object.entries(totals(lossy))) {
    assert.equal(counted! + gap!, total!, symbol);
    missing += gap!;
  }
  assert.ok(missing > 0);
  const volume = (ingest: Ingest) =>
    Object.values(totals(ingest)).reduce((sum, [total]) => sum + total!, 0);
  assert.ok(volume(lossy) > 0.99 * volume(clean) && volume(lossy) <= volume(clean));
});
