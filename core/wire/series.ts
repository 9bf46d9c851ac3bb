/**
 * Points that an answer with a series holds at most; about 150 bytes each, so 150 KB. A longer
 * stretch is thinned to the last point of each step, and the payload tells the step.
 */
export const SERIES_POINTS_MAX = 1_000;

/**
 * The shortest whole number of seconds at which so many minutes make at most SERIES_POINTS_MAX, or
 * the longer one that is asked for.
 */
export function stepSeconds(minutes: number, askedS = 1): number {
  // A window that begins inside a step holds one more than it is long.
  return Math.max(askedS, Math.ceil(minutes * 60 / (SERIES_POINTS_MAX - 1)));
}

/**
 * The newest entry of each step, oldest first; steps are counted from the full minute or hour, so
 * that two requests cut alike. Entries begin with their exchange time in Unix ms and rise.
 */
export function lastOfEachStep<Entry extends readonly [atMs: number, ...unknown[]]>(
  entries: readonly Entry[],
  stepS: number,
): Entry[] {
  const kept: Entry[] = [];
  let held = NaN;
  for (const entry of entries) {
    const step = Math.floor(entry[0] / (stepS * 1000));
    if (step === held) kept[kept.length - 1] = entry;
    else kept.push(entry);
    held = step;
  }
  return kept;
}

/** The entries of the last `minutes` before `untilMs`, both ends included. */
export function lastMinutes<Entry extends readonly [atMs: number, ...unknown[]]>(
  entries: readonly Entry[],
  minutes: number,
  untilMs: number,
): Entry[] {
  const fromMs = untilMs - minutes * 60_000;
  return entries.filter(([atMs]) => atMs >= fromMs);
}
