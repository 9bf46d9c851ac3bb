/**
 * Whether a basis has changed sides since the last one that was not zero, both in hundredths of a
 * point. Zero has no side: touching it and going back is no crossing.
 */
export function crossesZero(lastE2: number | null, basisE2: number): boolean {
  return lastE2 !== null && basisE2 !== 0 && (basisE2 > 0) !== (lastE2 > 0);
}
