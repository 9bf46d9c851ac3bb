/** One-minute candles of one symbol and day, filled by `addToCandle`. */
export interface Candles {
  readonly minutes: number[];
}

/** No candle yet. */
export function createCandles(): Candles {
  return { minutes: [] };
}
