/** A figure at a time. */
export type Point = readonly [atHours: number, value: number];

/**
 * Growth a unit of time: the middle of the slopes between all pairs, which single outliers do not
 * move. Zero for fewer than two points.
 */
export function slopeOf(points: readonly Point[]): number {
  const slopes = points.flatMap(([at, value], i) =>
    points.slice(i + 1).map(([laterAt, later]) => (later - value) / (laterAt - at))
  ).sort((a, b) => a - b);
  if (slopes.length === 0) return 0;
  return (slopes[(slopes.length - 1) >> 1]! + slopes[slopes.length >> 1]!) / 2;
}
