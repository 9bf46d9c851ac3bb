/** Channels of SSI's stream that the simulated exchange publishes. */
export type SimChannel = "F" | "X" | "X-QUOTE" | "X-TRADE" | "R" | "MI" | "B";
export const SIM_CHANNELS: readonly SimChannel[] = ["F", "X", "X-QUOTE", "X-TRADE", "R", "MI", "B"];

/** Named market days; `normal` is the default. */
export type Scenario = "normal" | "quiet" | "trend-up" | "sell-off";
export const SCENARIOS: readonly Scenario[] = ["normal", "quiet", "trend-up", "sell-off"];

/** Simulated time that one call of `SimDay.step` covers. */
export const STEP_MS = 250;

/** One message as SSI would publish it; `record` is the Content object, keys spelt as on the wire. */
export interface SimMessage {
  readonly channel: SimChannel;
  /** Ticker, futures code or index id (as spelt on the wire, `HNXIndex`). */
  readonly symbol: string;
  readonly record: Readonly<Record<string, unknown>>;
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
}
