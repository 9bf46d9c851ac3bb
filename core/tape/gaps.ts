/**
 * Holes in the volume of one symbol and day, as a flat list of half-open ranges: start, end, start,
 * end, … ascending, never empty, never touching. Numbers in one array keep 2,000 symbols cheap.
 */
export type Gaps = number[];

/**
 * Holes kept open per symbol; 2,000 symbols × 256 × 2 × 8 bytes = 8 MB at worst. A day has as many
 * holes as losses, and a loss is a reconnect or a merged match, so this is far beyond a bad day.
 */
export const GAPS_MAX = 256;

/** Adds the range between the old and the new head. */
export function openGap(gaps: Gaps, start: number, end: number): void {
  if (gaps.length > 0 && gaps[gaps.length - 1] === start) gaps[gaps.length - 1] = end;
  else gaps.push(start, end);
}

/** How a range lies to the holes. */
export type GapFit = "inside" | "across" | "outside";

/** Where [start, end) lies: inside one hole, across the edge of at least one, or outside all. */
export function fitGap(gaps: Gaps, start: number, end: number): GapFit {
  const at = firstEndingAfter(gaps, start);
  const gapStart = gaps[at];
  if (gapStart === undefined || gapStart >= end) return "outside";
  return gapStart <= start && end <= gaps[at + 1]! ? "inside" : "across";
}

/** Takes [start, end) out of the hole that it lies inside. */
export function fillGap(gaps: Gaps, start: number, end: number): void {
  const at = firstEndingAfter(gaps, start);
  const rest: number[] = [];
  if (gaps[at]! < start) rest.push(gaps[at]!, start);
  if (end < gaps[at + 1]!) rest.push(end, gaps[at + 1]!);
  gaps.splice(at, 2, ...rest);
}

/** Drops the oldest hole when there are too many; returns the volume that is lost for good. */
export function sealOldest(gaps: Gaps): number {
  if (gaps.length <= GAPS_MAX * 2) return 0;
  const [start, end] = gaps.splice(0, 2);
  return end! - start!;
}

/** Position of the first hole that ends after a volume, or the length of the list. */
function firstEndingAfter(gaps: Gaps, volume: number): number {
  let low = 0;
  let high = gaps.length / 2;
  while (low < high) {
    const middle = (low + high) >>> 1;
    if (gaps[middle * 2 + 1]! > volume) high = middle;
    else low = middle + 1;
  }
  return low * 2;
}
