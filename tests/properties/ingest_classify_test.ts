import assert from "node:assert/strict";
import fc from "fast-check";
import { classify, type Evidence, type TopOfBook } from "../../core/analytics/classify.ts";
import type { FeedSide } from "../../core/market/event.ts";
import type { Reason } from "../../core/wire/trade_label.ts";

const RUNS = 1_000;

const priceE2 = fc.integer({ min: 90, max: 110 });
const time = fc.integer({ min: 0, max: 3 });
const side = fc.constantFrom<FeedSide | null>("buy", "sell", null);
const book: fc.Arbitrary<TopOfBook | null> = fc.option(
  fc.record({ exchangeMs: time, bidE2: fc.option(priceE2), askE2: fc.option(priceE2) })
    .filter(({ bidE2, askE2 }) => bidE2 === null || askE2 === null || bidE2 < askE2),
);
const evidence: fc.Arbitrary<Evidence> = fc.record({
  priceE2,
  exchangeMs: time,
  feedSide: side,
  book,
  previousBook: book,
  tickSide: side,
});
const classifier = fc.constantFrom("feed", "quote");

const other = { buy: "sell", sell: "buy", none: "none" } as const;
const mirror = (value: FeedSide | null) => value === null ? null : other[value];

const mirrorOf: Readonly<Partial<Record<Reason, Reason>>> = {
  "above-ask": "below-bid",
  "below-bid": "above-ask",
  "tick-up": "tick-down",
  "tick-down": "tick-up",
};

function mapPrices(input: Evidence, map: (price: number) => number, swap: boolean): Evidence {
  const mapBook = (held: TopOfBook | null): TopOfBook | null => {
    if (held === null) return null;
    const bidE2 = held.bidE2 === null ? null : map(held.bidE2);
    const askE2 = held.askE2 === null ? null : map(held.askE2);
    return { ...held, bidE2: swap ? askE2 : bidE2, askE2: swap ? bidE2 : askE2 };
  };
  return {
    ...input,
    priceE2: map(input.priceE2),
    book: mapBook(input.book),
    previousBook: mapBook(input.previousBook),
  };
}

Deno.test("Classification: moving price and books by the same amount changes nothing (P6)", () => {
  fc.assert(
    fc.property(evidence, classifier, fc.integer({ min: 0, max: 1_000 }), (input, first, by) => {
      const moved = mapPrices(input, (price) => price + by, false);
      assert.deepEqual(classify(moved, first), classify(input, first));
    }),
    { numRuns: RUNS },
  );
});

Deno.test("Classification: mirroring prices, books and flags mirrors the verdict (P6)", () => {
  fc.assert(
    fc.property(evidence, classifier, (input, first) => {
      const verdict = classify(input, first);
      const mirrored = classify({
        ...mapPrices(input, (price) => 200 - price, true),
        feedSide: mirror(input.feedSide),
        tickSide: mirror(input.tickSide),
      }, first);
      assert.equal(mirrored.side, other[verdict.side]);
      assert.equal(mirrored.method, verdict.method);
      assert.equal(mirrored.reason, mirrorOf[verdict.reason] ?? verdict.reason);
    }),
    { numRuns: RUNS },
  );
});

Deno.test("Classification: the first method that speaks is the one that counts (F-035)", () => {
  fc.assert(
    fc.property(evidence, (input) => {
      const verdict = classify(input, "feed");
      if (input.feedSide !== null) assert.equal(verdict.method, "feed");
      const byQuote = classify(input, "quote");
      if (byQuote.quoteSide !== null) assert.equal(byQuote.method, "quote");
      assert.equal(verdict.side === "none", verdict.method === "none");
    }),
    { numRuns: RUNS },
  );
});
