import type { StoreRows } from "../port/store.ts";

/** Rows, about, that make a batch full. */
export const BATCH_ROWS = 1_000;

/** No row of any table. */
export const NO_ROWS: StoreRows = {
  trades: [],
  candles: [],
  indexCandles: [],
  foreign: [],
  indices: [],
  basis: [],
  alerts: [],
  instruments: [],
  dailyPrices: [],
  dailyIndices: [],
  sessions: [],
};

/** Rows of all tables. */
export function countRows(rows: StoreRows): number {
  return Object.values(rows).reduce((sum, list) => sum + list.length, 0);
}
