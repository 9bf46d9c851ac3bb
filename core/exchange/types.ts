/** Channels of SSI's stream that the simulated exchange publishes. */
export const SIM_CHANNELS = ["F", "X", "X-QUOTE", "X-TRADE", "R", "MI", "B", "OL"] as const;
export type SimChannel = typeof SIM_CHANNELS[number];

/** Named market days; `normal` is the default. */
export const SCENARIOS = [
  "normal",
  "quiet",
  "volatile",
  "trend-up",
  "trend-down",
  "sell-off",
  "floor-lock",
  "ceiling-chase",
  "foreign-dump",
  "expiry-shock",
  "late-close",
  "halt",
  "burst",
] as const;
export type Scenario = typeof SCENARIOS[number];

/** Simulated time that one call of `SimDay.step` covers. */
export const STEP_MS = 250;

/** One message as SSI would publish it; `record` is the Content object, keys spelt as on the wire. */
export interface SimMessage {
  readonly channel: SimChannel;
  /** Ticker, futures code or index id (as spelt on the wire, `HNXIndex`). */
  readonly symbol: string;
  readonly record: Readonly<Record<string, unknown>>;
}

/** One minute of trading; `second` is that of the last trade in it. */
export interface MinuteBar {
  readonly second: number;
  readonly openE2: number;
  readonly highE2: number;
  readonly lowE2: number;
  readonly closeE2: number;
  readonly volume: number;
}

/** Trading of one symbol on one day; prices in hundredths are 0 before the first match. */
export interface DayFigures {
  readonly date: string;
  readonly openE2: number;
  readonly highE2: number;
  readonly lowE2: number;
  readonly closeE2: number;
  /** Matched in round lots; an index sums its members. */
  readonly volume: number;
  readonly valueVnd: number;
  readonly dealVolume: number;
  readonly dealValueVnd: number;
  readonly referenceE2: number;
  /** What only a security has. */
  readonly security: SecurityFigures | null;
  /** What only an index has. */
  readonly breadth: Breadth | null;
  /** Session code at the time of the figures. */
  readonly session: string;
  /** Bars by the minute, oldest first; minutes without a trade have none. */
  readonly bars: () => readonly MinuteBar[];
}

/** The part of a day's figures that indices do not have. */
export interface SecurityFigures {
  readonly ceilingE2: number;
  readonly floorE2: number;
  readonly oddVolume: number;
  readonly oddValueVnd: number;
  readonly foreignBuyVolume: number;
  readonly foreignSellVolume: number;
  readonly foreignBuyValueVnd: number;
  readonly foreignSellValueVnd: number;
  readonly foreignRoom: number;
}

/** How many members of an index did what. */
export interface Breadth {
  readonly advances: number;
  readonly noChanges: number;
  readonly declines: number;
  readonly ceilings: number;
  readonly floors: number;
}

/** What really happened in a match; the feed never says it for sure, tests measure against it. */
export interface TruthTrade {
  readonly symbol: string;
  readonly volume: number;
  /** Cumulative volume after this match: the trade's identity. */
  readonly totalVolume: number;
  readonly priceE2: number;
  readonly secondOfDay: number;
  readonly aggressor: "buy" | "sell" | "auction";
}

export interface SimDayOptions {
  readonly seed: number;
  readonly scenario: Scenario;
  /** Trading date `YYYY-MM-DD`. */
  readonly date: string;
  /** Told of every match, in order. */
  readonly onTrade?: (trade: TruthTrade) => void;
}

/** One security as the REST endpoints describe it. */
export interface SimInstrument {
  readonly symbol: string;
  readonly exchange: "HOSE" | "HNX" | "UPCOM" | "DER";
  readonly kind: "stock" | "etf" | "warrant" | "future";
  readonly nameVi: string;
  readonly nameEn: string;
  readonly listedShares: number;
  readonly lotSize: number;
  /** Futures only. */
  readonly lastTradingDate: string | null;
}

/** One index as the REST endpoints describe it. */
export interface SimIndex {
  readonly id: string;
  readonly name: string;
  readonly exchange: "HOSE" | "HNX";
  readonly members: readonly string[];
}

/** One trading day of the simulated exchange. Same options, same messages, byte for byte. */
export interface SimDay {
  readonly date: string;
  readonly instruments: readonly SimInstrument[];
  readonly indices: readonly SimIndex[];
  /** Simulated time reached, ms since midnight in Viet Nam. */
  readonly timeOfDayMs: number;
  /** True once the last message of the day (15:05) has been published. */
  readonly done: boolean;
  /**
   * Simulates the next STEP_MS and returns the messages that `wants` asks for, in publishing order.
   * Records are only built for wanted messages, which is what makes fast-forward cheap; what is
   * wanted never changes what happens.
   */
  step(wants: (channel: SimChannel, symbol: string) => boolean): readonly SimMessage[];
  /** The latest message of a channel and symbol, as the hub's cache would push it; null if none. */
  latest(channel: SimChannel, symbol: string): SimMessage | null;
  /**
   * The day's figures of a security or an index on a date: of the running day as far as it has gone,
   * or of one of the trading days before it. Null for a symbol that was not listed and for any
   * other date.
   */
  figures(symbol: string, date: string): DayFigures | null;
  /** Whether there are figures of a symbol on a date; much cheaper than the figures. */
  hasFigures(symbol: string, date: string): boolean;
}
