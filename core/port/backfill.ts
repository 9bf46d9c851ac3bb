import type {
  CandleRow,
  DailyIndexRow,
  DailyPriceRow,
  IndexCandleRow,
  InstrumentRow,
} from "./store.ts";

/** A row and the day it belongs to. */
export type Dated<T> = T & { readonly tradingDate: string };

/** Rows of the past as REST tells it; units are those of `StoreRows`. */
export interface BackfillRows {
  readonly instruments?: readonly Dated<InstrumentRow>[];
  readonly dailyPrices?: readonly Dated<DailyPriceRow>[];
  readonly dailyIndices?: readonly Dated<DailyIndexRow>[];
  readonly candles?: readonly Dated<CandleRow>[];
  readonly indexCandles?: readonly Dated<IndexCandleRow>[];
}

/** What has been asked for and stored: never to be asked for again. */
export interface BackfillSpan {
  readonly kind: string;
  /** A security, an index or a board. */
  readonly symbol: string;
  /** First and last date, `YYYY-MM-DD`. */
  readonly from: string;
  readonly to: string;
}
