import type { Exchange, SessionCode } from "./phase.ts";

/**
 * What the decoder hands to the engine: facts of the market, free of any provider's spelling.
 * Absent values are null, never 0 or "". Prices are integer hundredths, volumes shares or
 * contracts, values VND. `exchangeMs` has one-second resolution; a message without one is refused.
 */
export type FeedEvent =
  | StatusEvent
  | QuoteEvent
  | TradeEvent
  | OddLotEvent
  | ForeignEvent
  | IndexEvent
  | BarEvent
  | ConnectedEvent;

/** An event that belongs to a trading day. */
export type DatedEvent = Exclude<FeedEvent, ConnectedEvent>;

/** What we add to what the feed says; journalled too, so that replay sees it in its place. */
export type OwnEvent = ReferenceEvent | ClockEvent;

/** Everything that moves the engine. */
export type MarketEvent = FeedEvent | OwnEvent;

/**
 * A new upstream connection began (the SignalR init frame). What follows per symbol is the cached
 * last message: a baseline, never a trade. It is journalled like any frame, so replay sees it too.
 */
export interface ConnectedEvent {
  readonly kind: "connected";
}

/**
 * Facts that REST tells and the stream does not. What is named replaces what was known of it; the
 * rest stays. Journalled as a frame of our own.
 */
export interface ReferenceEvent {
  readonly kind: "reference";
  /** Members of indices, by id in upper case. */
  readonly members: Readonly<Record<string, readonly string[]>>;
  /** Listed shares by symbol. */
  readonly shares: Readonly<Record<string, number>>;
  /** Securities that alerts are raised for: members of VN30, futures and extra symbols. */
  readonly watch?: readonly string[];
}

/**
 * Exchange time went on although the feed said nothing: after the close, so that the session is
 * archived. Journalled as a frame of our own.
 */
export interface ClockEvent {
  readonly kind: "clock";
  readonly exchangeMs: number;
}

interface Head {
  /** Upper-case ticker, futures code or index id. */
  readonly symbol: string;
  /** `YYYY-MM-DD` as the feed dates the message. */
  readonly tradingDate: string;
  readonly exchangeMs: number;
}

/** Session and trading status of one security (channel F). */
export interface StatusEvent extends Head {
  readonly kind: "status";
  readonly exchange: Exchange | null;
  readonly session: SessionCode | null;
  /** Raw code: N, D, H, S, NL, ND, ST, SA, SP or another as sent. */
  readonly status: string | null;
}

/** One price level; `priceE2` null is a market-order row (ATO or ATC interest). */
export interface BookLevel {
  readonly priceE2: number | null;
  readonly volume: number;
}

/** The whole order book of one security, best level first, unused levels left out. */
export interface QuoteEvent extends Head {
  readonly kind: "quote";
  readonly exchange: Exchange | null;
  readonly session: SessionCode | null;
  readonly bids: readonly BookLevel[];
  readonly asks: readonly BookLevel[];
  /** True for the book inside a combined X message: it is the book after the trade. */
  readonly afterTrade: boolean;
}

/** Aggressor as the exchange flags it. */
export type FeedSide = "buy" | "sell";

/** State of trading of one security (X-TRADE or the trade half of X); not every one is a trade. */
export interface TradeEvent extends Head {
  readonly kind: "trade";
  readonly source: "X-TRADE" | "X";
  readonly exchange: Exchange | null;
  readonly session: SessionCode | null;
  readonly status: string | null;
  readonly ceilingE2: number | null;
  readonly floorE2: number | null;
  readonly referenceE2: number | null;
  /** Last match; null before the first one. */
  readonly lastE2: number | null;
  readonly lastVolume: number;
  /** Cumulative matched volume and value of the day; the identity of a trade is its volume range. */
  readonly totalVolume: number;
  readonly totalValueVnd: number;
  /** Mean price of the day; for futures already divided by the multiplier. */
  readonly averageE2: number | null;
  readonly openE2: number | null;
  readonly highE2: number | null;
  readonly lowE2: number | null;
  /** Expected match price in a call auction. */
  readonly estimatedE2: number | null;
  readonly side: FeedSide | null;
}

/**
 * Odd-lot trading of one security (channel OL). Its totals hold round lots too, so it never touches
 * the tape of round lots.
 */
export interface OddLotEvent extends Head {
  readonly kind: "odd-lot";
  readonly exchange: Exchange | null;
  readonly lastE2: number | null;
  readonly lastVolume: number;
  readonly bids: readonly BookLevel[];
  readonly asks: readonly BookLevel[];
}

/** Foreign room and the day's cumulative foreign flow (channel R). */
export interface ForeignEvent extends Head {
  readonly kind: "foreign";
  readonly exchange: Exchange | null;
  readonly buyVolume: number;
  readonly sellVolume: number;
  readonly buyValueVnd: number;
  readonly sellValueVnd: number;
  readonly totalRoom: number | null;
  readonly currentRoom: number | null;
}

/** Value of one index (channel MI); `symbol` is the id in upper case. */
export interface IndexEvent extends Head {
  readonly kind: "index";
  readonly name: string | null;
  readonly valueE2: number | null;
  readonly priorE2: number | null;
  readonly estimatedE2: number | null;
  readonly volume: number;
  readonly valueVnd: number;
  readonly putThroughVolume: number;
  readonly putThroughValueVnd: number;
  /** The feed's own counters, seen as 0 in 2026: breadth is computed from members. */
  readonly advances: number;
  readonly noChanges: number;
  readonly declines: number;
  readonly ceilings: number;
  readonly floors: number;
  readonly session: SessionCode | null;
}

/** One tick of a security or an index (channel B). */
export interface BarEvent extends Head {
  readonly kind: "bar";
  readonly priceE2: number;
  readonly volume: number;
}
