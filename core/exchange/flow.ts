import { uncross } from "./auction.ts";
import type { Matching } from "./matching.ts";
import type { Publisher } from "./publisher.ts";
import type { Draws } from "./rng.ts";
import type { Security } from "./security.ts";

/** What an action in continuous trading is, out of 256: the rest are cancels. */
const AGGRESSIVE = 88;
const PASSIVE = 98;
/** Most levels that an order sweeps beyond the best. */
const SWEEP_LEVELS = 4;
/** A queue this many times its usual size draws cancels of whole queues. */
const CROWDED = 4;

/** Fills an empty book around what the agents believe: deep in busy securities, gappy in others. */
export function seedBook(s: Security, d: Draws): void {
  const levels = s.depth + 6;
  const isBusy = s.listing.actionsPerSecond > 0.05;
  for (let away = 1; away <= levels; away++) {
    for (const isBuy of [true, false]) {
      const level = isBuy ? s.fairLevel - away : s.fairLevel + away;
      const isEmpty = !isBusy && d.below(10) < 4;
      const lots = lotsOf(s.levelLots, d) * (isEmpty ? 0 : 1);
      if (lots > 0 && level >= 0 && level <= s.topLevel) s.book.add(isBuy, level, lots);
    }
  }
  s.isSeeded = true;
}

/**
 * One action in continuous trading: an aggressive order, a resting order or a cancel. `sweeps` out of
 * 16 aggressive orders walk through several levels.
 */
export function trade(s: Security, d: Draws, matching: Matching, sweeps: number): void {
  const { book, fairLevel, topLevel } = s;
  const kind = d.next() & 0xff;
  // Levels by which the belief is above the middle of the book: what pulls the orders.
  const pull = fairLevel - (book.bestBid + book.bestAsk) / 2;
  if (kind < AGGRESSIVE) {
    const isBuy = d.unit() < 0.5 + within(pull * 0.15, 0.48);
    const isSweep = (d.next() & 15) < sweeps;
    aggress(s, { isBuy, isSweep }, d, matching);
  } else if (kind < AGGRESSIVE + PASSIVE) {
    const isBuy = d.unit() < 0.5 + within(pull * 0.06, 0.3);
    const level = restingLevel(s, isBuy, d);
    if (level < 0 || level > topLevel) return;
    matching.submit(s, isBuy, level, lotsOf(s.levelLots * 0.6, d));
  } else {
    // Those whose orders the belief has overtaken withdraw first.
    withdraw(s, d.unit() >= 0.5 + within(pull * 0.1, 0.4), d, matching);
  }
}

/**
 * One order of a running call auction; publishes the book that would remain and, when it moved,
 * the expected price. Orders cannot be withdrawn.
 */
export function bid(s: Security, d: Draws, publisher: Publisher): void {
  const { book, topLevel } = s;
  const isBuy = d.unit() < 0.5 + within((s.fairLevel - middleLevel(s)) * 0.1, 0.4);
  const lots = lotsOf(s.orderLots * (s.isFuture ? 1.5 : 2), d);
  const spread = s.isFuture ? 8 : 1.6;
  let level = Math.round(s.fairLevel + d.gauss() * spread);
  // An order at any price stands one tick ahead of the best limit order of its side.
  if (d.below(10) === 0) level = isBuy ? book.bestBid + 1 : book.bestAsk - 1;
  book.add(isBuy, Math.min(topLevel, Math.max(0, level)), lots);
  const before = s.estimatedLevel;
  const expected = uncross(book, s.referenceLevel);
  s.estimatedLevel = expected.level;
  s.estimatedLots = expected.lots;
  if (before !== expected.level) publisher.state(s);
  publisher.book(s);
}

/** One order at the closing price after the close: collected first, matched when `isMatching`. */
export function tradeLate(s: Security, d: Draws, isMatching: boolean, matching: Matching): void {
  if (s.lastE2 === 0) return;
  const lots = lotsOf(s.orderLots, d);
  if (d.next() & 1) s.lateBuyLots += lots;
  else s.lateSellLots += lots;
  const matched = Math.min(s.lateBuyLots, s.lateSellLots);
  if (!isMatching || matched === 0) return;
  s.lateBuyLots -= matched;
  s.lateSellLots -= matched;
  matching.printLate(s, matched);
}

function aggress(
  s: Security,
  { isBuy, isSweep }: { readonly isBuy: boolean; readonly isSweep: boolean },
  d: Draws,
  matching: Matching,
): void {
  const { book, fairLevel, topLevel } = s;
  const lots = lotsOf(s.orderLots * (isSweep ? 8 : 1), d);
  const walk = isSweep ? 1 + d.below(SWEEP_LEVELS) : 0;
  const isOtherEmpty = isBuy ? book.bestAsk > topLevel : book.bestBid < 0;
  // Nobody to trade with: the order waits at the price it is willing to pay.
  const limit = isOtherEmpty ? fairLevel : isBuy ? book.bestAsk + walk : book.bestBid - walk;
  const level = Math.min(topLevel, Math.max(0, limit));
  const isWorth = isBuy ? fairLevel >= 0 : fairLevel <= topLevel;
  // A price that the belief says is still too dear beyond the band finds few takers.
  if (!isWorth && d.below(16) !== 0) return;
  matching.submit(s, isBuy, level, lots);
}

/** Where a resting order goes: near the best of its side, better than it when the belief allows. */
function restingLevel(s: Security, isBuy: boolean, d: Draws): number {
  const { book, fairLevel } = s;
  const u = d.unit();
  const away = Math.floor((s.depth + 2) * u * u);
  if (isBuy) {
    const best = Math.min(book.bestAsk - 1, fairLevel);
    const anchor = book.bestBid > fairLevel + 1 || book.bestBid < 0 || (d.next() & 1) === 0
      ? best
      : book.bestBid;
    return anchor - away;
  }
  const best = Math.max(book.bestBid + 1, fairLevel + 1);
  const anchor = book.bestAsk < fairLevel || book.bestAsk > s.topLevel || (d.next() & 1) === 0
    ? best
    : book.bestAsk;
  return anchor + away;
}

function withdraw(s: Security, isBuy: boolean, d: Draws, matching: Matching): void {
  const { book } = s;
  const u = d.unit();
  const away = Math.floor((s.depth + 2) * u * u);
  const level = isBuy ? book.bestBid - away : book.bestAsk + away;
  if (level < 0 || level > s.topLevel) return;
  const resting = isBuy ? book.bids[level]! : book.asks[level]!;
  if (resting === 0) return;
  const share = resting > s.levelLots * CROWDED ? 0.9 : 0.25 + 0.5 * d.unit();
  matching.cancel(s, isBuy, level, Math.ceil(resting * share));
}

function middleLevel(s: Security): number {
  if (s.estimatedLevel >= 0) return s.estimatedLevel;
  return (s.book.bestBid + s.book.bestAsk) / 2;
}

function lotsOf(mean: number, d: Draws): number {
  const lots = Math.ceil(mean * d.heavy());
  return lots < 40 ? lots : Math.round(lots / 10) * 10;
}

function within(value: number, limit: number): number {
  return value > limit ? limit : value < -limit ? -limit : value;
}
