import assert from "node:assert/strict";
import fc from "fast-check";
import { Book } from "../../../core/exchange/book.ts";

const LEVELS = 10;
const change = fc.record({
  isBuy: fc.boolean(),
  level: fc.nat(LEVELS - 1),
  lots: fc.integer({ min: 1, max: 5 }),
  isTake: fc.boolean(),
});

Deno.test("the best levels are always the outermost ones that hold lots", () => {
  fc.assert(fc.property(fc.array(change, { maxLength: 40 }), (changes) => {
    const book = new Book(LEVELS);
    for (const { isBuy, level, lots, isTake } of changes) {
      const held = (isBuy ? book.bids : book.asks)[level]!;
      if (!isTake) book.add(isBuy, level, lots);
      else if (held > 0) book.take(isBuy, level, Math.min(held, lots));
      const firstAsk = book.asks.findIndex((n) => n > 0);
      assert.equal(book.bestBid, book.bids.findLastIndex((n) => n > 0));
      assert.equal(book.bestAsk, firstAsk < 0 ? LEVELS : firstAsk);
    }
  }));
});

Deno.test("a level is visible when it is among the first of its side", () => {
  const book = new Book(LEVELS);
  for (const level of [8, 6, 5, 2]) book.add(true, level, 1);
  assert.equal(book.isVisible(true, 5, 3), true);
  assert.equal(book.isVisible(true, 2, 3), false);
  // An empty level above the third best: an order there would be shown.
  assert.equal(book.isVisible(true, 7, 3), true);
});
