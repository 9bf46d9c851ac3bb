/** A range of values with round steps in it. */
export interface Scale {
  readonly min: number;
  readonly max: number;
  readonly ticks: readonly number[];
}

/** The scale of some values, with about `count` steps of 1, 2 or 5 times a power of ten. */
export function scaleOf(values: readonly number[], count = 4): Scale {
  const finite = values.filter(Number.isFinite);
  const low = finite.reduce((a, b) => Math.min(a, b), Infinity);
  const high = finite.reduce((a, b) => Math.max(a, b), -Infinity);
  if (low > high) return { min: 0, max: 1, ticks: [] };
  // A line that never moves stands in the middle.
  const room = high === low ? Math.abs(high) * 0.01 || 1 : (high - low) * 0.06;
  const [min, max] = [low - room, high + room];
  const rough = (max - min) / count;
  const power = 10 ** Math.floor(Math.log10(rough));
  const step = [1, 2, 5, 10].find((factor) => factor * power >= rough)! * power;
  const ticks: number[] = [];
  // Counted, so that no error adds up.
  for (let n = Math.ceil(min / step); n * step <= max; n++) {
    ticks.push(Number((n * step).toFixed(9)));
  }
  return { min, max, ticks };
}

/** Where a value stands on a scale: 0 is its low end, 1 its high end. */
export function placeOn({ min, max }: Scale, value: number): number {
  return (value - min) / (max - min);
}
