/** Upper bounds of the buckets, ms; the last bucket has none. */
export const DELAY_BOUNDS_MS = [0.5, 1, 2, 3, 5, 7, 10, 20, 50, 100, 200, 500, 1_000] as const;

/** How long things took, counted in buckets: since start, and since the figures were last taken. */
export class DelayHistogram {
  readonly #total = new Array<number>(DELAY_BOUNDS_MS.length + 1).fill(0);
  readonly #recent = new Array<number>(DELAY_BOUNDS_MS.length + 1).fill(0);
  #sumMs = 0;

  add(ms: number): void {
    let bucket = DELAY_BOUNDS_MS.findIndex((bound) => ms <= bound);
    if (bucket < 0) bucket = DELAY_BOUNDS_MS.length;
    this.#total[bucket]!++;
    this.#recent[bucket]!++;
    this.#sumMs += ms;
  }

  /**
   * Cumulative buckets, count and sum since start, and the quantiles since the last call, each as the
   * upper bound of its bucket; 0 when nothing happened.
   */
  takeFigures(name: string): Record<string, number> {
    const figures: Record<string, number> = {};
    let count = 0;
    for (const [at, bound] of DELAY_BOUNDS_MS.entries()) {
      count += this.#total[at]!;
      figures[`${name}_bucket_le_${String(bound).replace(".", "_")}`] = count;
    }
    figures[`${name}_count`] = count + this.#total.at(-1)!;
    figures[`${name}_sum`] = Math.round(this.#sumMs);
    figures[`${name}_p50`] = quantile(this.#recent, 0.5);
    figures[`${name}_p99`] = quantile(this.#recent, 0.99);
    this.#recent.fill(0);
    return figures;
  }
}

/** Upper bound of the bucket that holds the quantile; twice the last bound for what is above it. */
function quantile(buckets: readonly number[], share: number): number {
  const count = buckets.reduce((sum, n) => sum + n, 0);
  if (count === 0) return 0;
  let seen = 0;
  const at = buckets.findIndex((n) => (seen += n) >= count * share);
  return DELAY_BOUNDS_MS[at] ?? 2 * DELAY_BOUNDS_MS.at(-1)!;
}
