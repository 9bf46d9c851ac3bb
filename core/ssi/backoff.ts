/** Bounds of the wait before a new try. */
export interface BackoffLimits {
  readonly minMs: number;
  readonly maxMs: number;
}

/**
 * The wait before try number `failures` (0 is the first): a cap that doubles from twice the minimum
 * up to the maximum, and a random point in its upper half. The lower half is left out so that a
 * service that refuses for two minutes sees at most twelve tries whatever the random source says.
 * `random` is in [0, 1).
 */
export function backoffMs(failures: number, random: number, limits: BackoffLimits): number {
  // 2^30 doublings of any useful minimum pass every maximum; more would only overflow.
  const capMs = Math.min(limits.maxMs, limits.minMs * 2 ** Math.min(failures + 1, 30));
  return Math.max(limits.minMs, Math.round(capMs * (0.5 + random / 2)));
}
