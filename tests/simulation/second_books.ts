import type { SimMessage, TruthTrade } from "../../core/exchange/types.ts";

/** Part of the day a print belongs to. */
export type Part = "ato" | "continuous" | "atc" | "plo";
export const PARTS: readonly Part[] = ["ato", "continuous", "atc", "plo"];
const SIDES = ["buy", "sell", "none"] as const;
type Side = typeof SIDES[number];

/** Seconds of the day at which call auctions print. */
const OPENING = [9 * 3600, 9 * 3600 + 15 * 60];
const CLOSING = 14 * 3600 + 45 * 60;

/** A book's best prices as a message told them; null when it is no book of continuous matching. */
type Top = readonly [bid: number, ask: number] | null;

/** One security, computed from what happened and not from what was said of it. */
export class SecondBook {
  openE2 = 0;
  highE2 = 0;
  lowE2 = 0;
  lastE2 = 0;
  volume = 0;
  valueVnd = 0;
  readonly volumes = Object.fromEntries(
    PARTS.map((part) => [part, { buy: 0, sell: 0, none: 0 }]),
  ) as Record<Part, Record<Side, number>>;
  /** The day's first trade, unless an auction made it. */
  first: { readonly secondOfDay: number; readonly side: Side; readonly volume: number } | null =
    null;
  /** Truth that no message has told yet, oldest first; one match is one message. */
  readonly #untold: TruthTrade[] = [];
  readonly #multiplier: number;
  #tops: readonly [Top, Top] = [null, null];
  #tick: Side = "none";

  constructor(isFuture: boolean) {
    this.#multiplier = isFuture ? 100_000 : 1;
  }

  happened(trade: TruthTrade): void {
    const { priceE2, volume } = trade;
    if (this.volume === 0) this.openE2 = this.highE2 = this.lowE2 = priceE2;
    this.highE2 = Math.max(this.highE2, priceE2);
    this.lowE2 = Math.min(this.lowE2, priceE2);
    this.volume += volume;
    this.valueVnd += priceE2 * volume * this.#multiplier / 100;
    this.#untold.push(trade);
  }

  /** Takes what a message adds to the truth: who the exchange says was active, and the book. */
  said({ channel, record }: SimMessage): void {
    if (channel === "X-QUOTE") {
      const { BidPrice1: bid, AskPrice1: ask } = record as Record<string, number>;
      const isOpen = record.TradingSession === "LO";
      const isCrossed = bid! > 0 && ask! > 0 && bid! >= ask!;
      const top: Top = isOpen && !isCrossed ? [bid! * 100, ask! * 100] : null;
      if (String(top) !== String(this.#tops[0])) this.#tops = [top, this.#tops[0]];
    }
    if (channel !== "X-TRADE") return;
    while (this.#untold.length > 0 && this.#untold[0]!.totalVolume <= Number(record.TotalVol)) {
      this.#count(this.#untold.shift()!, record.Side);
    }
  }

  #count({ priceE2, volume, aggressor, secondOfDay }: TruthTrade, flag: unknown): void {
    const before = this.lastE2;
    if (before !== 0 && priceE2 !== before) this.#tick = priceE2 > before ? "buy" : "sell";
    this.lastE2 = priceE2;
    if (aggressor === "auction") {
      const part = OPENING.includes(secondOfDay) ? "ato" : secondOfDay === CLOSING ? "atc" : "plo";
      this.volumes[part].none += volume;
      return;
    }
    const side = flag === "BU"
      ? "buy"
      : flag === "SD"
      ? "sell"
      : this.#byBook(priceE2, 0) ?? this.#byBook(priceE2, 1) ?? this.#tick;
    this.volumes.continuous[side] += volume;
    if (before === 0) this.first = { secondOfDay, side, volume };
  }

  #byBook(priceE2: number, age: 0 | 1): Side | null {
    const top = this.#tops[age];
    if (top === null) return null;
    const [bid, ask] = top;
    if (ask > 0 && priceE2 >= Math.round(ask)) return "buy";
    return bid > 0 && priceE2 <= Math.round(bid) ? "sell" : null;
  }
}
