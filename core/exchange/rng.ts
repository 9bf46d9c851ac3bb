/**
 * Counter-based random numbers: each draw is a pure function of what it is for (key), which kind of
 * decision (stream) and when (step). Nothing is carried over, so no symbol's path can depend on who
 * else exists or on the order of evaluation. Only integer operations and exact IEEE ones are used,
 * so every machine draws the same numbers.
 */

/** Decisions that draw independently of one another. */
export const STREAM = {
  flow: 1,
  gap: 2,
  foreign: 3,
  side: 4,
  path: 5,
  deal: 6,
  listing: 7,
  oddLot: 8,
  oddFlow: 9,
  history: 10,
  quirk: 11,
} as const;

const TO_UNIT = 1 / 4_294_967_296;
const GOLDEN = 0x9e3779b9;

/** Spreads each bit of an integer over the whole 32-bit result. */
export function mix(value: number): number {
  let h = value ^ (value >>> 16);
  h = Math.imul(h, 0x7feb352d);
  h = Math.imul(h ^ (h >>> 15), 0x846ca68b);
  return h ^ (h >>> 16);
}

/** A 32-bit key of a text under a seed. */
export function keyOf(seed: number, text: string): number {
  let h = mix(seed ^ GOLDEN);
  for (let i = 0; i < text.length; i++) h = Math.imul(h ^ text.charCodeAt(i), 0x01000193);
  return mix(h);
}

/** The random integer, 0 to 2^32 − 1, of a key, stream and step. */
export function draw(key: number, stream: number, step: number): number {
  return mix(mix(key + Math.imul(step, GOLDEN)) ^ Math.imul(stream, 0x85ebca6b)) >>> 0;
}

/** The random number in [0, 1) of a key, stream and step. */
export function drawUnit(key: number, stream: number, step: number): number {
  return draw(key, stream, step) * TO_UNIT;
}

/**
 * Four bytes of a random integer added up and standardised: close to a normal variable (mean 0,
 * deviation 1, never beyond ±3.46), without logarithms whose last digit could differ somewhere.
 */
export function gaussOf(bits: number): number {
  return ((bits & 255) + ((bits >>> 8) & 255) + ((bits >>> 16) & 255) + (bits >>> 24) - 510) /
    147.8;
}

/** The successive draws of one decision; `start` places it, so that one object serves all. */
export class Draws {
  #base = 0;
  #count = 0;

  /** Moves to the first draw of a key, stream and step. */
  start(key: number, stream: number, step: number): void {
    this.#base = mix(mix(key + Math.imul(step, GOLDEN)) ^ Math.imul(stream, 0x85ebca6b));
    this.#count = 0;
  }

  /** The next random integer, 0 to 2^32 − 1. */
  next(): number {
    this.#count = (this.#count + GOLDEN) | 0;
    return mix(this.#base + this.#count) >>> 0;
  }

  /** The next random number in [0, 1). */
  unit(): number {
    return this.next() * TO_UNIT;
  }

  /** The next integer in [0, limit). */
  below(limit: number): number {
    return Math.floor(this.next() * TO_UNIT * limit);
  }

  /** The next nearly normal number, mean 0 and deviation 1. */
  gauss(): number {
    return gaussOf(this.next());
  }

  /** A size factor with mean near 0.9 and a heavy right tail, at most 6: most orders are small. */
  heavy(): number {
    return 0.3 / (this.next() * TO_UNIT + 0.05);
  }
}
