import { valueVnd } from "../market/units.ts";
import { settle } from "./auction.ts";
import { bookForeign } from "./foreign.ts";
import type { Publisher } from "./publisher.ts";
import { draw, STREAM } from "./rng.ts";
import type { Security } from "./security.ts";
import type { SimDayOptions, TruthTrade } from "./types.ts";

/** Out of 100 prints, how many do not say which side was active. */
const SIDELESS_PERCENT = 5;

/** Executes orders against the book, keeps the totals, and publishes each match. */
export class Matching {
  readonly #publisher: Publisher;
  readonly #onTrade: SimDayOptions["onTrade"];
  readonly #foreign: { step: number; sellOff: number | null } = { step: 0, sellOff: null };
  readonly #moods: { step: number; readonly sellOff: null } = { step: 0, sellOff: null };
  #second = 0;

  constructor(publisher: Publisher, onTrade: SimDayOptions["onTrade"]) {
    this.#publisher = publisher;
    this.#onTrade = onTrade;
  }

  /** Sets the time of what follows, and how much of VN30 foreigners sell (null: by their moods). */
  begin(step: number, second: number, sellOff: number | null): void {
    this.#foreign.step = this.#moods.step = step;
    this.#foreign.sellOff = sellOff;
    this.#second = second;
  }

  /** Matches an order up to its limit level, one print per level; the rest joins the book. */
  submit(s: Security, isBuy: boolean, level: number, lots: number): void {
    const { book } = s;
    let left = lots;
    let hasMatched = false;
    while (left > 0) {
      const at = isBuy ? book.bestAsk : book.bestBid;
      if (isBuy ? at > level : at < level) break;
      const fill = Math.min(left, isBuy ? book.asks[at]! : book.bids[at]!);
      book.take(!isBuy, at, fill);
      left -= fill;
      hasMatched = true;
      this.print(s, s.priceE2[at]!, fill * s.lotSize, isBuy ? "buy" : "sell", null);
    }
    if (left > 0) book.add(isBuy, level, left);
    if (hasMatched || book.isVisible(isBuy, level, s.depth)) this.#publisher.book(s);
  }

  /** Withdraws lots from a level that holds them. */
  cancel(s: Security, isBuy: boolean, level: number, lots: number): void {
    const isVisible = s.book.isVisible(isBuy, level, s.depth);
    s.book.take(isBuy, level, lots);
    if (isVisible) this.#publisher.book(s);
  }

  /** Ends a call auction at its expected price; `side` is what the feed says of the print. */
  closeAuction(s: Security, side: string | null): void {
    const { estimatedLevel, estimatedLots } = s;
    s.estimatedLevel = -1;
    s.estimatedLots = 0;
    if (estimatedLevel < 0) return;
    settle(s.book, estimatedLots);
    this.print(s, s.priceE2[estimatedLevel]!, estimatedLots * s.lotSize, "auction", side);
    this.#publisher.book(s);
  }

  /** Prints lots at the closing price: nobody is active when the price is fixed. */
  printLate(s: Security, lots: number): void {
    this.print(s, s.lastE2, lots * s.lotSize, "auction", null);
    this.#publisher.combined(s);
  }

  /** Counts and publishes one match; for auctions `side` is what the feed says of it. */
  print(
    s: Security,
    priceE2: number,
    volume: number,
    aggressor: TruthTrade["aggressor"],
    side: string | null,
  ): void {
    const beforeE2 = s.lastE2;
    const value = valueVnd(priceE2, volume, s.isFuture);
    s.lastE2 = priceE2;
    s.lastVolume = volume;
    s.totalVolume += volume;
    s.totalValueVnd += value;
    if (beforeE2 === 0) s.openE2 = s.highE2 = s.lowE2 = priceE2;
    else if (priceE2 > s.highE2) s.highE2 = priceE2;
    else if (priceE2 < s.lowE2) s.lowE2 = priceE2;
    s.side = aggressor === "auction" ? side : feedSide(s, aggressor);
    for (const index of s.indices) index.onMatch(s, beforeE2, volume, value);
    s.minutes.add(this.#second, priceE2, volume);
    if (!s.isFuture) bookForeign(s, volume, value, s.isVn30 ? this.#foreign : this.#moods);
    this.#onTrade?.({
      symbol: s.symbol,
      volume,
      totalVolume: s.totalVolume,
      priceE2,
      secondOfDay: this.#second,
      aggressor,
    });
    this.#publisher.match(s);
  }
}

function feedSide(s: Security, aggressor: "buy" | "sell"): string | null {
  const bits = draw(s.key, STREAM.side, s.totalVolume);
  if (bits % 100 < SIDELESS_PERCENT) return (bits & 0x10000) === 0 ? null : "Unknow";
  return aggressor === "buy" ? "BU" : "SD";
}
