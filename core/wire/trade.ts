/**
 * Entries of the channels `trades:TICKER`, one flat tuple each: the order is part of the protocol, new
 * fields go to the end. Entries are numbered from 0 within the trading day.
 */
export const TRADE_FIELDS = [
  "time", // exchange second, Unix ms
  "price", // VND or points; null in a void entry
  "vol", // shares or contracts; 0 in a void entry
  "side", // active side: "buy" | "sell" | "none"
  "method", // how the side was found, one of TRADE_METHODS
  "total", // cumulative volume of the day after it, as the exchange counts; identifies the trade
  "late", // 1 for a trade that came after later ones and filled a hole, else 0
] as const;

export const TRADE_SIDES = ["buy", "sell", "none"] as const;

/**
 * How the side of a trade was found. An entry with `void` is no trade: the feed took the day's volume
 * back to `total`, and every entry before it is void.
 */
export const TRADE_METHODS = ["feed", "quote", "tick", "auction", "none", "void"] as const;

/** One entry, in the order of TRADE_FIELDS. */
export type TradeEntry = readonly [
  timeMs: number,
  price: number | null,
  volume: number,
  side: typeof TRADE_SIDES[number],
  method: typeof TRADE_METHODS[number],
  totalVolume: number,
  late: 0 | 1,
];

/** Entries that a hub keeps of each security. */
export const TRADES_KEPT = 1_000;
/** Entries of each security that a snapshot carries from the engine side to a hub. */
export const TRADES_IN_SNAPSHOT = 30;

/** A stretch of the trades of one security: entries `from`, `from + 1`, … */
export interface TradeSlice {
  readonly ticker: string;
  readonly from: number;
  readonly entries: readonly TradeEntry[];
}
