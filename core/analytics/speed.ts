/**
 * How fast a cumulative two-sided flow moves. Samples are kept one per exchange second for as long
 * as the speed of a minute ago needs them: stride 4, [atMs, bought, sold, net value], ascending.
 * 361 samples × 4 × 8 bytes = 12 KB a track at most.
 */
export interface SpeedTrack {
  samples: number[];
  /** Position of the oldest sample still needed; those before it leave in one go. */
  start: number;
  /** Volume seen being bought and sold since tracking began. */
  bought: number;
  sold: number;
}

/** Speeds are taken over five minutes. */
export const SPEED_WINDOW_MS = 300_000;
/** Acceleration compares with the speed of a minute ago. */
export const ACCELERATION_MS = 60_000;
/** Shorter stretches count as one minute, so that a first message is no burst. */
const LEAST_MS = 60_000;
const MINUTE_MS = 60_000;
const STRIDE = 4;
/** Samples that are not needed any more stay until they are this many values. */
const SLACK = 256 * STRIDE;

/** A track that has seen nothing. */
export function createSpeedTrack(): SpeedTrack {
  return { samples: [], start: 0, bought: 0, sold: 0 };
}

/** Shares per minute, and how that changed within the last minute. */
export interface Speed {
  readonly buy: number;
  readonly sell: number;
  /** Shares per minute per minute; null before a minute has been seen. */
  readonly buyAcceleration: number | null;
  readonly sellAcceleration: number | null;
}

/** Adds what moved up to an exchange second; times may repeat but not fall. */
export function trackFlow(
  track: SpeedTrack,
  atMs: number,
  flow: { readonly bought: number; readonly sold: number; readonly netVnd: number },
): void {
  const { samples } = track;
  track.bought += flow.bought;
  track.sold += flow.sold;
  const last = samples.length - STRIDE;
  if (last >= 0 && samples[last]! >= atMs) {
    samples[last + 1] = track.bought;
    samples[last + 2] = track.sold;
    samples[last + 3] = flow.netVnd;
    return;
  }
  samples.push(atMs, track.bought, track.sold, flow.netVnd);
  const oldestMs = atMs - SPEED_WINDOW_MS - ACCELERATION_MS;
  // One sample at or before the oldest instant says what held at that instant.
  while (track.start + STRIDE < samples.length && samples[track.start + STRIDE]! <= oldestMs) {
    track.start += STRIDE;
  }
  if (track.start < SLACK) return;
  samples.splice(0, track.start);
  track.start = 0;
}

/** Forgets the past, in place: what comes next does not continue it. */
export function restartTrack(track: SpeedTrack): void {
  track.samples = [];
  track.start = 0;
}

/** The speed at an exchange time; null before anything was seen. */
export function speedAt(track: SpeedTrack, atMs: number): Speed | null {
  const { samples, start } = track;
  if (samples.length === 0) return null;
  const firstMs = samples[start]!;
  const now = over(track, atMs);
  const isYoung = atMs - ACCELERATION_MS < firstMs;
  const before = isYoung ? null : over(track, atMs - ACCELERATION_MS);
  return {
    buy: now.buy,
    sell: now.sell,
    buyAcceleration: before === null ? null : rounded(now.buy - before.buy),
    sellAcceleration: before === null ? null : rounded(now.sell - before.sell),
  };
}

/** Net value (VND) that held at an exchange time; null when nothing was seen by then. */
export function netVndAt(track: SpeedTrack, atMs: number): number | null {
  const at = sampleAt(track, atMs);
  return at === -1 ? null : track.samples[at + 3]!;
}

/** Exchange time of the newest sample; null before the first. */
export function lastSampleMs(track: SpeedTrack): number | null {
  return track.samples.at(-STRIDE) ?? null;
}

function over(track: SpeedTrack, untilMs: number): { buy: number; sell: number } {
  const { samples, start } = track;
  const fromMs = Math.max(untilMs - SPEED_WINDOW_MS, samples[start]!);
  const from = sampleAt(track, fromMs);
  const until = sampleAt(track, untilMs);
  if (from === -1 || until === -1) return { buy: 0, sell: 0 };
  const minutes = Math.max(untilMs - fromMs, LEAST_MS) / MINUTE_MS;
  return {
    buy: rounded((samples[until + 1]! - samples[from + 1]!) / minutes),
    sell: rounded((samples[until + 2]! - samples[from + 2]!) / minutes),
  };
}

/** Position of the newest sample at or before a time, −1 when there is none. */
function sampleAt({ samples, start }: SpeedTrack, atMs: number): number {
  let low = start / STRIDE;
  let high = samples.length / STRIDE;
  while (low < high) {
    const middle = (low + high) >>> 1;
    if (samples[middle * STRIDE]! <= atMs) low = middle + 1;
    else high = middle;
  }
  return low * STRIDE === start ? -1 : (low - 1) * STRIDE;
}

function rounded(speed: number): number {
  return Math.round(speed * 10) / 10;
}
