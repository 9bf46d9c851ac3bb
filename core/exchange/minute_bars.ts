import type { MinuteBar } from "./types.ts";

const FIELDS = 6;

/**
 * Minute bars of one symbol as one flat list of numbers: second, open, high, low, close, volume.
 * 1,700 symbols × at most 290 minutes × 6 × 8 bytes = 24 MB; most symbols trade in few minutes.
 */
export class MinuteBars {
  readonly #flat: number[] = [];

  /** Counts a trade; trades come in the order of time. */
  add(second: number, priceE2: number, volume: number): void {
    const flat = this.#flat;
    const at = flat.length - FIELDS;
    if (at < 0 || Math.floor(flat[at]! / 60) !== Math.floor(second / 60)) {
      flat.push(second, priceE2, priceE2, priceE2, priceE2, volume);
      return;
    }
    flat[at] = second;
    if (priceE2 > flat[at + 2]!) flat[at + 2] = priceE2;
    if (priceE2 < flat[at + 3]!) flat[at + 3] = priceE2;
    flat[at + 4] = priceE2;
    flat[at + 5]! += volume;
  }

  /** The bars so far, oldest first. */
  bars(): MinuteBar[] {
    const flat = this.#flat;
    return Array.from({ length: flat.length / FIELDS }, (_, i) => {
      const at = i * FIELDS;
      return {
        second: flat[at]!,
        openE2: flat[at + 1]!,
        highE2: flat[at + 2]!,
        lowE2: flat[at + 3]!,
        closeE2: flat[at + 4]!,
        volume: flat[at + 5]!,
      };
    });
  }
}
