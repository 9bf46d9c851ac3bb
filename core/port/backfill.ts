import type { StoreRows } from "./store.ts";

/** A row and the day it belongs to. */
export type Dated<T> = T & { readonly tradingDate: string };

/** Tables that REST tells rows of. */
export type BackfillTable =
  | "instruments"
  | "dailyPrices"
  | "dailyIndices"
  | "candles"
  | "indexCandles";

/** Rows of the past as REST tells it. */
export type BackfillRows = {
  readonly [T in BackfillTable]?: readonly Dated<StoreRows[T][number]>[];
};

/** What has been asked for and stored: never to be asked for again. */
export interface BackfillSpan {
  readonly kind: string;
  /** A security, an index or a board. */
  readonly symbol: string;
  /** First and last date, `YYYY-MM-DD`. */
  readonly from: string;
  readonly to: string;
}
