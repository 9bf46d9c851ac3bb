/**
 * One minute of an index. `…Ms` and `…Volume` are the message time and the cumulative volume of the
 * first and the last value: they, and not the order of arrival, decide which value that is.
 */
export interface IndexCandle {
  /** Start of the minute, Unix ms. */
  readonly minuteMs: number;
  openE2: number;
  highE2: number;
  lowE2: number;
  closeE2: number;
  openMs: number;
  openVolume: number;
  closeMs: number;
  closeVolume: number;
}

/** Candles of one index and day, oldest first; 1,440 at most, as a day has no more minutes. */
export type IndexCandles = IndexCandle[];

const MINUTE_MS = 60_000;

/** No candle yet. */
export function createIndexCandles(): IndexCandles {
  return [];
}

/** Adds a value in place; `volume` is the cumulative volume (shares) that came with it. */
export function addIndexTick(
  candles: IndexCandles,
  atMs: number,
  valueE2: number,
  volume: number,
): void {
  const minuteMs = Math.floor(atMs / MINUTE_MS) * MINUTE_MS;
  let at = candles.length - 1;
  // The newest minute is the usual one; only a late value looks further back.
  while (at >= 0 && candles[at]!.minuteMs > minuteMs) at--;
  const candle = candles[at];
  if (candle?.minuteMs === minuteMs) addToCandle(candle, atMs, valueE2, volume);
  else candles.splice(at + 1, 0, firstOf(minuteMs, atMs, valueE2, volume));
}

function addToCandle(candle: IndexCandle, atMs: number, valueE2: number, volume: number): void {
  if (valueE2 > candle.highE2) candle.highE2 = valueE2;
  if (valueE2 < candle.lowE2) candle.lowE2 = valueE2;
  if (atMs < candle.openMs || (atMs === candle.openMs && volume < candle.openVolume)) {
    candle.openE2 = valueE2;
    candle.openMs = atMs;
    candle.openVolume = volume;
  }
  // What is equal in both was sent in the order in which it came.
  if (atMs > candle.closeMs || (atMs === candle.closeMs && volume >= candle.closeVolume)) {
    candle.closeE2 = valueE2;
    candle.closeMs = atMs;
    candle.closeVolume = volume;
  }
}

function firstOf(minuteMs: number, atMs: number, valueE2: number, volume: number): IndexCandle {
  return {
    minuteMs,
    openE2: valueE2,
    highE2: valueE2,
    lowE2: valueE2,
    closeE2: valueE2,
    openMs: atMs,
    openVolume: volume,
    closeMs: atMs,
    closeVolume: volume,
  };
}
