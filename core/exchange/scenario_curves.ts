type Point = readonly [second: number, value: number];

/** Steps up to each value at its second, and back to 0 after `length` seconds. */
export function wavesOf(starts: readonly Point[], length: number): Point[] {
  return starts.flatMap(([second, value]) => [
    [second, 0] as const,
    [second + 1, value] as const,
    [second + length, value] as const,
    [second + length + 1, 0] as const,
  ]);
}

/** Runs up and down between +height and −height, from 0 to 0. */
export function sawtooth(
  { from, until, period, height }: {
    readonly from: number;
    readonly until: number;
    readonly period: number;
    readonly height: number;
  },
): Point[] {
  const points: Point[] = [[from, 0]];
  let sign = 1;
  for (let second = from + period / 4; second < until; second += period / 2) {
    points.push([second, sign * height]);
    sign = -sign;
  }
  points.push([until, 0]);
  return points;
}
