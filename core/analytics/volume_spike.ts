/** A trade is a spike above so many times the mean trade of the past. */
export const SPIKE_RATIO = 3;
/** Length of the window in minutes of exchange time. */
export const SPIKE_MINUTES = 20;
/** With fewer trades in the window nothing is a spike. */
export const SPIKE_TRADES_MIN = 10;

const MINUTE_MS = 60_000;

/**
 * Trades in continuous matching of the last 20 minutes, a bucket for each minute of exchange time:
 * 20 buckets however many trades, so that the window is a time and never a number of trades.
 */
export interface SpikeWindow {
  /** Newest minute since 1970. */
  minute: number;
  /** Trades and volume by minute modulo SPIKE_MINUTES. */
  readonly counts: number[];
  readonly volumes: number[];
  /** Sums over all buckets. */
  trades: number;
  volume: number;
}

/** The window that a spike stood out of. */
export interface Spike {
  readonly windowTrades: number;
  readonly windowVolume: number;
}

/** A window without trades. */
export function createSpikeWindow(): SpikeWindow {
  const zeroes = () => Array<number>(SPIKE_MINUTES).fill(0);
  return { minute: 0, counts: zeroes(), volumes: zeroes(), trades: 0, volume: 0 };
}

/** Tests a trade against the trades before it, then takes it into the window, in place. */
export function takeVolume(past: SpikeWindow, exchangeMs: number, volume: number): Spike | null {
  const minute = Math.floor(exchangeMs / MINUTE_MS);
  moveTo(past, minute);
  const spike = isSpike(past, volume)
    ? { windowTrades: past.trades, windowVolume: past.volume }
    : null;
  const bucket = minute % SPIKE_MINUTES;
  past.counts[bucket]!++;
  past.volumes[bucket]! += volume;
  past.trades++;
  past.volume += volume;
  return spike;
}

/** Volume above three times the mean, without a division: exactly three times is no spike. */
function isSpike({ trades, volume: windowVolume }: SpikeWindow, volume: number): boolean {
  return trades >= SPIKE_TRADES_MIN && volume * trades > SPIKE_RATIO * windowVolume;
}

/** Drops what is too old for a minute. */
function moveTo(past: SpikeWindow, minute: number): void {
  const ahead = minute - past.minute;
  // Trades come in order but for seconds: one from far back shows that the newest time was false.
  if (Math.abs(ahead) >= SPIKE_MINUTES) {
    for (let bucket = 0; bucket < SPIKE_MINUTES; bucket++) clear(past, bucket);
    past.minute = minute;
    return;
  }
  while (past.minute < minute) clear(past, ++past.minute % SPIKE_MINUTES);
}

function clear(past: SpikeWindow, bucket: number): void {
  past.trades -= past.counts[bucket]!;
  past.volume -= past.volumes[bucket]!;
  past.counts[bucket] = 0;
  past.volumes[bucket] = 0;
}
