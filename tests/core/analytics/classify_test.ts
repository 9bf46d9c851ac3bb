import assert from "node:assert/strict";
import { classify, type Evidence, tickRule, topOfBook } from "../../../core/analytics/classify.ts";
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

Deno.test("The exchange's flag comes first, and the quote rule when asked for", () => {
  const evidence: Evidence = { ...NOTHING, feedSide: "buy", book: book(1_000_000, 1_005_000) };
  assert.deepEqual(classify(evidence, "feed"), { side: "buy", method: "feed", quoteSide: "sell" });
  assert.deepEqual(classify(evidence, "quote"), {
    side: "sell",
    method: "quote",
    quoteSide: "sell",
  });
  assert.equal(classify({ ...evidence, book: null }, "quote").method, "feed");
});

Deno.test("At the ask somebody bought, at the bid somebody sold", () => {
  const side = (bidE2: number | null, askE2: number | null) =>
    classify({ ...NOTHING, book: book(bidE2, askE2) }, "feed");
  assert.equal(side(995_000, 1_000_000).side, "buy");
  assert.equal(side(990_000, 995_000).side, "buy");
  assert.equal(side(1_000_000, 1_005_000).side, "sell");
  assert.equal(side(1_005_000, 1_010_000).side, "sell");
  assert.equal(side(null, 1_000_000).side, "buy");
  assert.equal(side(1_000_000, null).side, "sell");
  assert.equal(side(995_000, 1_005_000).method, "none");
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
  assert.equal(classify({ ...evidence, previousBook: null }, "feed").side, "none");
});

Deno.test("With neither flag nor book the direction of the price decides, else nothing", () => {
  assert.deepEqual(classify({ ...NOTHING, tickSide: "sell" }, "feed"), {
    side: "sell",
    method: "tick",
    quoteSide: null,
  });
  assert.equal(classify(NOTHING, "quote").method, "none");
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
