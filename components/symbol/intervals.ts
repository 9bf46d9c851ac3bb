/** Lengths of a candle that a reader may choose, as history names them. */
export const INTERVALS = ["1m", "3m", "5m", "15m", "30m", "1h", "1d"] as const;
export type Interval = typeof INTERVALS[number];

const MINUTES: Readonly<Record<Interval, number>> = {
  "1m": 1,
  "3m": 3,
  "5m": 5,
  "15m": 15,
  "30m": 30,
  "1h": 60,
  "1d": 1_440,
};

/** Days of the calendar that a chart reaches back; each makes about a thousand candles at most. */
const DAYS_BACK: Readonly<Record<Interval, number>> = {
  "1m": 4,
  "3m": 8,
  "5m": 14,
  "15m": 45,
  "30m": 90,
  "1h": 180,
  "1d": 1_000,
};

export function minutesOf(interval: Interval): number {
  return MINUTES[interval];
}

export function daysBackOf(interval: Interval): number {
  return DAYS_BACK[interval];
}
