import assert from "node:assert/strict";
import fc from "fast-check";
import { settle, uncross } from "../../../core/exchange/auction.ts";
import { Book } from "../../../core/exchange/book.ts";

const LEVELS = 12;
const orders = fc.array(
  fc.record({
    isBuy: fc.boolean(),
    level: fc.nat(LEVELS - 1),
    lots: fc.integer({ min: 1, max: 9 }),
  }),
  { maxLength: 24 },
);

function bookOf(list: readonly { isBuy: boolean; level: number; lots: number }[]): Book {
  const book = new Book(LEVELS);
  for (const { isBuy, level, lots } of list) book.add(isBuy, level, lots);
  return book;
}

/** Every level's match by the definition, without any running sum. */
function byDefinition(book: Book, reference: number) {
  const sum = (lots: Int32Array) => lots.reduce((total, n) => total + n, 0);
  return Array.from({ length: LEVELS }, (_, level) => {
    const demand = sum(book.bids.slice(level));
    const supply = sum(book.asks.slice(0, level + 1));
    return {
      level,
      lots: Math.min(demand, supply),
      gap: Math.abs(demand - supply),
      away: Math.abs(level - reference),
    };
  }).sort((a, b) => b.lots - a.lots || a.gap - b.gap || a.away - b.away || a.level - b.level)[0]!;
}

Deno.test("a call auction matches the most it can, with the least imbalance, near the reference", () => {
  fc.assert(fc.property(orders, fc.nat(LEVELS - 1), (list, reference) => {
    const book = bookOf(list);
    const best = byDefinition(book, reference);
    const found = uncross(book, reference);
    if (best.lots === 0) assert.deepEqual(found, { level: -1, lots: 0 });
    else assert.deepEqual(found, { level: best.level, lots: best.lots });
  }));
});

Deno.test("after settling nothing crosses and exactly the matched lots are gone on both sides", () => {
  fc.assert(fc.property(orders, fc.nat(LEVELS - 1), (list, reference) => {
    const book = bookOf(list);
    const total = (lots: Int32Array) => lots.reduce((sum, n) => sum + n, 0);
    const before = [total(book.bids), total(book.asks)];
    const { level, lots } = uncross(book, reference);
    settle(book, lots);
    assert.ok(book.bestBid < book.bestAsk, `bid ${book.bestBid} ask ${book.bestAsk}`);
    assert.deepEqual([total(book.bids), total(book.asks)], before.map((n) => n - lots));
    assert.ok(book.bids.every((n) => n >= 0) && book.asks.every((n) => n >= 0));
    if (level >= 0) assert.ok(book.bestBid <= level || book.bestAsk > level);
  }));
});

Deno.test("the book displayed during an auction is the one left after it", () => {
  fc.assert(fc.property(orders, fc.nat(LEVELS - 1), fc.boolean(), (list, reference, isBuy) => {
    const book = bookOf(list);
    const { lots } = uncross(book, reference);
    const shown = levels(book, isBuy, 3, lots);
    settle(book, lots);
    assert.deepEqual(shown, levels(book, isBuy, 3, 0));
  }));
});

function levels(book: Book, isBuy: boolean, depth: number, skipLots: number): number[][] {
  const seen: number[][] = [];
  book.forEachLevel(isBuy, depth, skipLots, (...level) => seen.push(level));
  return seen;
}
