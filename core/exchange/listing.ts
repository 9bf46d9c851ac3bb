import type { Band } from "../market/instrument.ts";
import type { Exchange } from "../market/phase.ts";
import type { SimInstrument } from "./types.ts";

/** What a warrant follows: `ratio` warrants buy one share of the underlying. */
export interface WarrantTerms {
  readonly underlying: string;
  readonly ratio: number;
}

/** One security on the morning of a day: its terms, its prices and how it tends to trade. */
export interface Listing {
  readonly instrument: SimInstrument;
  readonly exchange: Exchange;
  /** What its price drifts around from day to day; 0 for a future, which follows its index. */
  readonly baseVnd: number;
  readonly referenceE2: number;
  /** Previous close; differs from the reference on UPCOM, where that is a weighted mean. */
  readonly priorE2: number;
  readonly band: Band;
  /** Index into VN30_SECTORS. */
  readonly sector: number;
  /** How much of the market's and the sector's move it makes. */
  readonly beta: number;
  /** Deviation of its own noise over a day, as a ratio of the price. */
  readonly volatility: number;
  /** Orders and cancels per second in an average minute of continuous trading. */
  readonly actionsPerSecond: number;
  /** Typical value of one order in VND. */
  readonly orderVnd: number;
  /** Foreign room in shares; 0 when the feed does not know it. */
  readonly totalRoom: number;
  readonly currentRoom: number;
  readonly warrant: WarrantTerms | null;
}
