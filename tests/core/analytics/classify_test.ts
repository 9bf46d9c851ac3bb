import assert from "node:assert/strict";
import {
  classify,
  type Evidence,
  tickRule,
  topOfBook,
  type Verdict,
} from "../../../core/analytics/classify.ts";
import { at, quoteEvent } from "../../support/trade_events.ts";

const NOTHING: Evidence = {
  priceE2: 1_000_000,
  exchangeMs: at("10:00:00"),
  feedSide: null,
  book: null,
  previousBook: null,
  tickSide: null,
};
const book = (bidE2: number | null, askE2: number | null, time = "09:59:59") => ({
  exchangeMs: at(time),
  bidE2,
  askE2,
});

/** Flag, bid, ask, direction of the price; then side, method and reason with the flag first. */
type Rule = [
  feed: Evidence["feedSide"],
  bidE2: number | null,
  askE2: number | null,
  tick: Evidence["tickSide"],
  side: Verdict["side"],
  method: Verdict["method"],
  reason: Verdict["reason"],
];
/** The trade is at 10,000. */
const RULES: readonly Rule[] = [
  ["buy", null, null, null, "buy", "feed", "flag"],
  ["sell", null, null, null, "sell", "feed", "flag"],
  ["sell", 995_000, 1_000_000, "buy", "sell", "feed", "flag"],
  [null, 995_000, 1_000_000, "sell", "buy", "quote", "above-ask"],
  [null, 990_000, 995_000, null, "buy", "quote", "above-ask"],
  [null, null, 1_000_000, null, "buy", "quote", "above-ask"],
  [null, 1_000_000, 1_005_000, "buy", "sell", "quote", "below-bid"],
  [null, 1_005_000, 1_010_000, null, "sell", "quote", "below-bid"],
  [null, 1_000_000, null, null, "sell", "quote", "below-bid"],
  [null, 995_000, 1_005_000, "buy", "buy", "tick", "tick-up"],
  [null, 995_000, 1_005_000, "sell", "sell", "tick", "tick-down"],
  [null, null, null, "sell", "sell", "tick", "tick-down"],
  [null, 999_999, 1_000_001, null, "none", "none", "inside-spread"],
  [null, 995_000, null, null, "none", "none", "inside-spread"],
  [null, null, null, null, "none", "none", "no-book"],
];

Deno.test("Flag, quote rule, direction of the price, nothing: the first that speaks decides, and says why (F-035)", () => {
  for (const [feedSide, bidE2, askE2, tickSide, side, method, reason] of RULES) {
    const evidence = { ...NOTHING, feedSide, tickSide, book: book(bidE2, askE2) };
    const verdict = classify(evidence, "feed");
    assert.deepEqual([verdict.side, verdict.method, verdict.reason], [side, method, reason]);
  }
});

Deno.test("With the quote rule first, the flag speaks only where no book does (F-035)", () => {
  const evidence: Evidence = { ...NOTHING, feedSide: "buy", book: book(1_000_000, 1_005_000) };
  assert.deepEqual(classify(evidence, "quote"), {
    side: "sell",
    method: "quote",
    reason: "below-bid",
    quoteSide: "sell",
  });
  assert.equal(classify(evidence, "feed").quoteSide, "sell");
  const inside = { ...evidence, book: book(995_000, 1_005_000) };
  assert.equal(classify(inside, "quote").reason, "flag");
  assert.equal(classify({ ...evidence, book: null }, "quote").reason, "flag");
});

Deno.test("A price inside the newest book is judged by the book before it", () => {
  const evidence = {
    ...NOTHING,
    book: book(995_000, 1_005_000, "10:00:00"),
    previousBook: book(995_000, 1_000_000),
  };
  assert.deepEqual(classify(evidence, "feed").side, "buy");
});

Deno.test("A book later than the trade is the one that the trade left, and is not used", () => {
  const evidence = {
    ...NOTHING,
    book: book(1_000_000, 1_005_000, "10:00:01"),
    previousBook: book(995_000, 1_000_000),
  };
  assert.equal(classify(evidence, "feed").side, "buy");
  const alone = classify({ ...evidence, previousBook: null }, "feed");
  assert.deepEqual([alone.side, alone.reason], ["none", "no-book"]);
});

Deno.test("The tick rule goes by the last different price", () => {
  assert.equal(tickRule(null, 100, null), null);
  assert.equal(tickRule(100, 101, "sell"), "buy");
  assert.equal(tickRule(100, 99, "buy"), "sell");
  assert.equal(tickRule(100, 100, "buy"), "buy");
});

Deno.test("The best limit price lies behind a market-order row; a crossed book is none", () => {
  const quote = quoteEvent(null, 1_005_000);
  const bids = [{ priceE2: null, volume: 50_000 }, { priceE2: 1_000_000, volume: 100 }];
  assert.deepEqual(topOfBook({ ...quote, bids }), book(1_000_000, 1_005_000));
  assert.deepEqual(topOfBook({ ...quote, bids: [] }), book(null, 1_005_000));
  assert.equal(topOfBook(quoteEvent(1_005_000, 1_005_000)), null);
});
