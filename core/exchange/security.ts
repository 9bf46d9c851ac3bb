import { bookDepth, tickE2 } from "../market/instrument.ts";
import { VN30_SEED } from "../market/vn30.ts";
import { Book } from "./book.ts";
import type { Listing } from "./listing.ts";
import { MinuteBars } from "./minute_bars.ts";
import type { OddLots } from "./odd_lots.ts";
import { keyOf } from "./rng.ts";
import type { Halt } from "./scenario.ts";

/** Visible orders rest in levels several times as large as one order. */
const LEVEL_ORDERS = 6;

const VN30: ReadonlySet<string> = new Set(VN30_SEED);

/** Foreign flow of a day, cumulative. */
export interface ForeignFlow {
  buyVolume: number;
  sellVolume: number;
  buyValueVnd: number;
  sellValueVnd: number;
  currentRoom: number;
}

/** What counts the matches and put-through deals of its members: an index. */
export interface Tally {
  onMatch(member: Security, beforeE2: number, volume: number, valueVnd: number): void;
  onDeal(volume: number, valueVnd: number): void;
}

/** One security during the day: constants, order book, totals, and when it last published what. */
export class Security {
  readonly symbol: string;
  /** Base of every random number of this security. */
  readonly key: number;
  /** Price of each level of the book. */
  readonly priceE2: Int32Array;
  readonly topLevel: number;
  readonly referenceLevel: number;
  readonly depth: number;
  readonly lotSize: number;
  readonly isFuture: boolean;
  readonly isVn30: boolean;
  /** Mean lots of an order and of a price level. */
  readonly orderLots: number;
  readonly levelLots: number;
  /** Thousands of listed shares: its weight in an index. */
  readonly weight: number;
  readonly book: Book;
  /** The indices that it belongs to. */
  readonly indices: Tally[] = [];
  /** The underlying of a warrant. */
  underlying: Security | null = null;

  /** What the agents believe the price should be; may lie outside the band. */
  fairE2: number;
  fairLevel: number;
  ownMove = 0;
  ownMoveStep = 0;
  isSeeded = false;
  /** Position in the board's list of active spans. */
  span = 0;

  lastE2 = 0;
  lastVolume = 0;
  totalVolume = 0;
  totalValueVnd = 0;
  openE2 = 0;
  highE2 = 0;
  lowE2 = 0;
  side: string | null = null;
  /** Expected match of a running auction; level −1 without one. */
  estimatedLevel = -1;
  estimatedLots = 0;
  /** Lots waiting to trade at the closing price after the close (HNX). */
  lateBuyLots = 0;
  lateSellLots = 0;
  readonly minutes = new MinuteBars();
  /** Put-through of the day, beside the book. */
  dealVolume = 0;
  dealValueVnd = 0;
  /** Null before the first odd-lot order. */
  oddLots: OddLots | null = null;
  /** When it does not trade on this day; null for a day like any other. */
  halt: Halt | null = null;

  readonly foreign: ForeignFlow;
  /** The flow as last published: room messages lag behind the trades. */
  readonly publishedForeign: ForeignFlow;
  isForeignDirty = false;

  /** Second of the day of the last message of each channel, −1 before the first. */
  statusSecond = -1;
  tradeSecond = -1;
  quoteSecond = -1;
  combinedSecond = -1;
  foreignSecond = -1;
  barSecond = -1;

  constructor(readonly listing: Listing, dayKey: number) {
    const { instrument, exchange, referenceE2, currentRoom } = listing;
    this.symbol = instrument.symbol;
    this.key = keyOf(dayKey, instrument.symbol);
    this.priceE2 = levelsOf(listing);
    this.topLevel = this.priceE2.length - 1;
    this.referenceLevel = this.priceE2.indexOf(referenceE2);
    this.depth = bookDepth(exchange);
    this.lotSize = instrument.lotSize;
    this.isFuture = instrument.kind === "future";
    this.isVn30 = VN30.has(this.symbol);
    const lotVnd = referenceE2 / 100 * (this.isFuture ? 100_000 : this.lotSize);
    this.orderLots = Math.max(1.2, listing.orderVnd / lotVnd);
    this.levelLots = this.orderLots * LEVEL_ORDERS;
    this.weight = Math.round(instrument.listedShares / 1000);
    this.book = new Book(this.priceE2.length);
    this.fairE2 = referenceE2;
    this.fairLevel = this.referenceLevel;
    this.foreign = emptyFlow(currentRoom);
    this.publishedForeign = emptyFlow(currentRoom);
  }

  /** The last match, or the reference price before the first one. */
  get currentE2(): number {
    return this.lastE2 === 0 ? this.listing.referenceE2 : this.lastE2;
  }

  /** Whether orders are refused at a second of the day. */
  isHalted(second: number): boolean {
    return this.halt !== null && second >= this.halt.from && second < this.halt.until;
  }

  /** Sets what the agents believe and finds its level; below the floor the level is negative. */
  setFair(fairE2: number): void {
    const { priceE2, topLevel } = this;
    this.fairE2 = fairE2;
    let level = Math.min(topLevel, Math.max(0, this.fairLevel));
    while (level < topLevel && priceE2[level + 1]! <= fairE2) level++;
    while (level > 0 && priceE2[level]! > fairE2) level--;
    if (fairE2 < priceE2[0]!) {
      level = Math.floor((fairE2 - priceE2[0]!) / (priceE2[1]! - priceE2[0]!));
    } else if (level === topLevel) {
      const tick = priceE2[topLevel]! - priceE2[topLevel - 1]!;
      level += Math.floor((fairE2 - priceE2[topLevel]!) / tick);
    }
    this.fairLevel = level;
  }
}

function emptyFlow(currentRoom: number): ForeignFlow {
  return { buyVolume: 0, sellVolume: 0, buyValueVnd: 0, sellValueVnd: 0, currentRoom };
}

/** Every price of the day from floor to ceiling; the tick may change on the way. */
function levelsOf(listing: Listing): Int32Array {
  const { exchange, band, instrument } = listing;
  const prices: number[] = [];
  for (let price = band.floorE2; price <= band.ceilingE2;) {
    prices.push(price);
    price += tickE2(exchange, instrument.kind, price);
  }
  return Int32Array.from(prices);
}
