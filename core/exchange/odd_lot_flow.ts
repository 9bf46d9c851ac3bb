import type { Phase } from "../market/phase.ts";
import { settle, uncross } from "./auction.ts";
import { OddLots } from "./odd_lots.ts";
import type { Publisher } from "./publisher.ts";
import { draw, type Draws, STREAM } from "./rng.ts";
import type { Security } from "./security.ts";

/** One in this many steps in which a security acts brings an odd-lot order. */
const STEPS_PER_ORDER = 24;
const SHARES_MAX = 99;
/** Out of 16 orders, how many take the other side, and how many withdraw a level. */
const AGGRESSIVE = 6;
const WITHDRAWALS = 2;
const LEVELS_SHOWN = 3;

/** Whether a security gets an odd-lot order in a step. */
export function wantsOddLot(s: Security, step: number): boolean {
  return !s.isFuture && draw(s.key, STREAM.oddLot, step) % STEPS_PER_ORDER === 0;
}

/** One odd-lot order: collected in an auction, matched at once in continuous trading. */
export function bidOddLot(s: Security, phase: Phase, d: Draws, publisher: Publisher): void {
  if (phase !== "continuous" && phase !== "ato" && phase !== "atc") return;
  const odd = s.oddLots ??= new OddLots(s.topLevel + 1);
  const { book } = odd;
  const isBuy = (d.next() & 1) === 0;
  const kind = d.next() & 15;
  const shares = 1 + d.below(SHARES_MAX);
  if (phase !== "continuous") {
    book.add(isBuy, levelNear(s, Math.round(d.gauss() * 2)), shares);
    publisher.oddLot(s, odd);
    return;
  }
  if (kind < WITHDRAWALS) return withdraw(s, odd, isBuy, publisher);
  const away = d.below(4);
  const level = kind < WITHDRAWALS + AGGRESSIVE
    ? takingLevel(s, odd, isBuy)
    : levelNear(s, isBuy ? -away : 1 + away);
  submit(s, odd, { isBuy, level, shares }, publisher);
}

/** Ends the odd-lot auction of a security: everything that crosses matches at one price. */
export function closeOddAuction(s: Security, publisher: Publisher): void {
  const odd = s.oddLots;
  if (odd === null) return;
  const { level, lots } = uncross(odd.book, s.referenceLevel);
  if (level < 0) return;
  settle(odd.book, lots);
  odd.print(s.priceE2[level]!, lots);
  publisher.oddLot(s, odd);
}

function submit(
  s: Security,
  odd: OddLots,
  order: { readonly isBuy: boolean; readonly level: number; readonly shares: number },
  publisher: Publisher,
): void {
  const { isBuy, level } = order;
  const { book } = odd;
  let left = order.shares;
  while (left > 0) {
    const at = isBuy ? book.bestAsk : book.bestBid;
    if (isBuy ? at > level || at > s.topLevel : at < level || at < 0) break;
    const fill = Math.min(left, isBuy ? book.asks[at]! : book.bids[at]!);
    book.take(!isBuy, at, fill);
    left -= fill;
    odd.print(s.priceE2[at]!, fill);
  }
  if (left > 0) book.add(isBuy, level, left);
  if (left < order.shares || book.isVisible(isBuy, level, LEVELS_SHOWN)) publisher.oddLot(s, odd);
}

/** Takes the best level of a side away: the oldest orders are there when the price has left. */
function withdraw(s: Security, odd: OddLots, isBuy: boolean, publisher: Publisher): void {
  const { book } = odd;
  const level = isBuy ? book.bestBid : book.bestAsk;
  if (level < 0 || level > s.topLevel) return;
  book.take(isBuy, level, isBuy ? book.bids[level]! : book.asks[level]!);
  publisher.oddLot(s, odd);
}

function takingLevel(s: Security, odd: OddLots, isBuy: boolean): number {
  const { bestBid, bestAsk } = odd.book;
  const best = isBuy ? bestAsk : bestBid;
  return best < 0 || best > s.topLevel ? levelNear(s, 0) : best;
}

function levelNear(s: Security, away: number): number {
  return Math.min(s.topLevel, Math.max(0, s.fairLevel + away));
}
