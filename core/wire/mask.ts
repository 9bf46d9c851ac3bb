/**
 * Sets of up to 53 fields in one JSON number: bit f stands for field f. Bitwise operators see 32
 * bits only, so the code works on a low half of 32 bits and a high half of 21.
 */

const LOW_BITS = 32;
const LOW_SIZE = 2 ** LOW_BITS;

/** Most fields one mask can name. */
export const MASK_BITS_MAX = 53;

/** The mask of a set of fields; a field named twice counts once. */
export function maskOf(fields: Iterable<number>): number {
  let low = 0;
  let high = 0;
  for (const field of fields) {
    if (field < LOW_BITS) low |= 1 << field;
    else high |= 1 << (field - LOW_BITS);
  }
  return joinHalves(low, high);
}

/** Both halves as one number; each may carry its top bit as a sign. */
export function joinHalves(low: number, high: number): number {
  return (high >>> 0) * LOW_SIZE + (low >>> 0);
}

/** Visits the fields of a mask in ascending order. */
export function forEachBit(mask: number, visit: (field: number) => void): void {
  let low = mask | 0;
  let high = (mask - (mask >>> 0)) / LOW_SIZE;
  for (; low !== 0; low &= low - 1) visit(31 - Math.clz32(low & -low));
  for (; high !== 0; high &= high - 1) visit(LOW_BITS + 31 - Math.clz32(high & -high));
}
