import type { Exchange } from "../../../core/market/phase.ts";

/** Securities of a world; it has the first one to eight of them. */
export const LISTINGS: readonly (readonly [symbol: string, exchange: Exchange])[] = [
  ["FPT", "HOSE"],
  ["SHS", "HNX"],
  ["VNM", "HOSE"],
  ["41I1GC000", "DERIVATIVES"],
  ["ABI", "UPCOM"],
  ["ACB", "HOSE"],
  ["CEO", "HNX"],
  ["HPG", "HOSE"],
];

/** One print as the venue told it, by the total after it. */
export interface Print {
  readonly priceE2: number;
  readonly volume: number;
}

/** The venue's own books on one security. */
export class Listed {
  readonly symbol: string;
  readonly exchange: Exchange;
  readonly isFuture: boolean;
  readonly referenceE2: number;
  readonly tickE2: number;
  lastE2 = 0;
  lastVolume = 0;
  highE2 = 0;
  lowE2 = 0;
  totalVolume = 0;
  totalValueVnd = 0;
  side: string | null = null;
  estimatedE2 = 0;
  session = "";
  foreignBuy = 0;
  foreignSell = 0;
  /** Whether an auction has collected orders that are not matched yet. */
  isCollecting = false;
  readonly prints = new Map<number, Print>();
  /** Trades were taken back: totals no longer name one print each. */
  isCorrected = false;
  /** A damaged message of it may have passed for a true one. */
  isDoubtful = false;

  constructor(symbol: string, exchange: Exchange) {
    this.symbol = symbol;
    this.exchange = exchange;
    this.isFuture = exchange === "DERIVATIVES";
    this.referenceE2 = this.isFuture ? 190_000 : 2_000_000;
    this.tickE2 = this.isFuture ? 10 : 5_000;
  }

  /** The price a trade around the last one has, inside the band. */
  priceAfter(ticks: number): number {
    const priceE2 = (this.lastE2 || this.referenceE2) + ticks * this.tickE2;
    const band = Math.floor(this.referenceE2 * 0.07 / this.tickE2) * this.tickE2;
    return Math.max(this.referenceE2 - band, Math.min(this.referenceE2 + band, priceE2));
  }

  /** Books one fill. */
  fill(priceE2: number, volume: number): void {
    this.lastE2 = priceE2;
    this.lastVolume = volume;
    this.totalVolume += volume;
    this.totalValueVnd += priceE2 / 100 * volume * (this.isFuture ? 100_000 : 1);
    this.highE2 = Math.max(this.highE2, priceE2);
    this.lowE2 = this.lowE2 === 0 ? priceE2 : Math.min(this.lowE2, priceE2);
  }
}
