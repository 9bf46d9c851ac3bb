/**
 * Trading of one symbol in some minutes. Prices in hundredths, volumes in shares or contracts. The
 * volume of a candle is `buy + sell + none`; where `toVolume − fromVolume` is larger, trades of its
 * time are missing.
 */
export interface Candle {
  /** First minute of the candle, since midnight in Viet Nam. */
  readonly minute: number;
  readonly openE2: number;
  readonly highE2: number;
  readonly lowE2: number;
  readonly closeE2: number;
  readonly buy: number;
  readonly sell: number;
  readonly none: number;
  readonly valueVnd: number;
  /** Cumulative volume of the day before the first trade and after the last one (tv0, tv1). */
  readonly fromVolume: number;
  readonly toVolume: number;
}

/**
 * The least candle that holds two states of the same candle: what a database does when a row comes
 * again. Repeats and any order give the same, provided the states are of one accumulator, of which
 * a later state holds every trade of an earlier one.
 */
export function mergeCandles(a: Candle, b: Candle): Candle {
  if (a.minute !== b.minute) {
    throw new Error(`Cannot merge candles of minutes ${a.minute} and ${b.minute}`);
  }
  return {
    ...joinPrices(a, b),
    buy: Math.max(a.buy, b.buy),
    sell: Math.max(a.sell, b.sell),
    none: Math.max(a.none, b.none),
    valueVnd: Math.max(a.valueVnd, b.valueVnd),
  };
}

/** Candles of `minutes` minutes, counted from midnight, out of shorter ones of different minutes. */
export function resample(candles: Iterable<Candle>, minutes: number): Candle[] {
  if (!Number.isInteger(minutes) || minutes < 1) {
    throw new RangeError(`Cannot resample to ${minutes} minutes`);
  }
  const byMinute = new Map<number, Candle>();
  for (const candle of candles) {
    const minute = Math.floor(candle.minute / minutes) * minutes;
    const held = byMinute.get(minute);
    byMinute.set(minute, held === undefined ? { ...candle, minute } : addCandles(held, candle));
  }
  return [...byMinute.values()].sort((a, b) => a.minute - b.minute);
}

/** Joins candles without a common trade. */
function addCandles(a: Candle, b: Candle): Candle {
  return {
    ...joinPrices(a, b),
    buy: a.buy + b.buy,
    sell: a.sell + b.sell,
    none: a.none + b.none,
    valueVnd: a.valueVnd + b.valueVnd,
  };
}

/** Which trade is first and last is said by cumulative volume; the minute stays that of `a`. */
function joinPrices(a: Candle, b: Candle): Omit<Candle, "buy" | "sell" | "none" | "valueVnd"> {
  const first = a.fromVolume <= b.fromVolume ? a : b;
  const last = a.toVolume >= b.toVolume ? a : b;
  return {
    minute: a.minute,
    openE2: first.openE2,
    highE2: Math.max(a.highE2, b.highE2),
    lowE2: Math.min(a.lowE2, b.lowE2),
    closeE2: last.closeE2,
    fromVolume: first.fromVolume,
    toVolume: last.toVolume,
  };
}
