import type { Alert } from "./alert.ts";

/**
 * Logs that travel beside the tables: entries are numbered, never change and never conflate. A log
 * starts over with each trading day.
 */
export interface LogEntryOf {
  /** Alerts of the day; entry number n is `alert.n − 1`. */
  readonly alerts: Alert;
  /** Exchange second (Unix ms), contract, futures price and index value in hundredths. */
  readonly basis: readonly [atMs: number, contract: string, futuresE2: number, spotE2: number];
  /** Exchange second (Unix ms), index id, value in hundredths. */
  readonly intraday: readonly [atMs: number, id: string, valueE2: number];
  /** Exchange second (Unix ms), scope, cumulative foreign volume and value (VND) of the day. */
  readonly flow: readonly [
    atMs: number,
    scope: string,
    buyVolume: number,
    sellVolume: number,
    buyValueVnd: number,
    sellValueVnd: number,
  ];
  /** End of a step of the day (Unix ms), securities whose last price moved, and those prices. */
  readonly prices: readonly [
    stepMs: number,
    symbols: readonly string[],
    pricesE2: readonly number[],
  ];
  /**
   * End of a minute (Unix ms), index id, its value in hundredths, and its members up, unchanged, down,
   * at the ceiling and at the floor; null where they are not known.
   */
  readonly breadth: readonly [
    minuteMs: number,
    id: string,
    valueE2: number,
    up: number | null,
    same: number | null,
    down: number | null,
    ceilings: number | null,
    floors: number | null,
  ];
  /**
   * End of a step of a call auction (Unix ms), which auction, VN30 as the feed and as its members'
   * expected prices estimate it (hundredths), members with such a price, and those whose price moved.
   */
  readonly auction: readonly [
    stepMs: number,
    auction: "ato" | "atc",
    feedE2: number | null,
    impliedE2: number | null,
    members: number,
    symbols: readonly string[],
    estimatesE2: readonly number[],
  ];
}
export type LogName = keyof LogEntryOf;

/** Logs by name, and how many entries each keeps at most. */
export const LOG_MAX: Readonly<Record<LogName, number>> = {
  alerts: 500,
  // Four contracts, one point a second for two hours.
  basis: 28_800,
  // VN30 and VNINDEX, one point a second of 08:45 to 15:05 at most.
  intraday: 45_600,
  // VN30 and ALL, likewise.
  flow: 45_600,
  // Steps of five minutes of 08:45 to 15:05: 1,600 securities that move in each are 1.5 MB.
  prices: 80,
  // Four indices, one point a minute of 08:45 to 15:05 at most.
  breadth: 1_520,
  // Two auctions of fifteen minutes, one point in five seconds; 30 prices in each at most.
  auction: 400,
};
export const LOG_NAMES = Object.keys(LOG_MAX) as LogName[];

/** A stretch of a log: entries `from`, `from + 1`, … */
export interface LogSlice<Name extends LogName = LogName> {
  readonly name: Name;
  readonly from: number;
  readonly entries: readonly LogEntryOf[Name][];
}
