/** New connections of one address in any such time. */
export const CONNECTIONS_PER_WINDOW = 300;
export const WINDOW_MS = 300_000;
/** Addresses followed at once; 10,000 × 300 times of 8 B = 24 MB. */
export const RATE_ADDRESSES_MAX = 10_000;

/** Addresses that find the table full share one place, so that filling it lets nobody past the rate. */
const OTHERS = "others";

/** Limits how often an address may connect, by the moments of its last connections. */
export class ConnectionRate {
  /** Moments by address, oldest first; an address whose last one is long ago is forgotten. */
  readonly #moments = new Map<string, number[]>();

  get addresses(): number {
    return this.#moments.size;
  }

  /** Counts a connection and says whether it may be; `elapsedMs` never falls. */
  take(key: string, elapsedMs: number): boolean {
    const moments = this.#of(key, elapsedMs);
    while (moments.length > 0 && moments[0]! <= elapsedMs - WINDOW_MS) moments.shift();
    if (moments.length >= CONNECTIONS_PER_WINDOW) return false;
    moments.push(elapsedMs);
    return true;
  }

  #of(key: string, elapsedMs: number): number[] {
    const held = this.#moments.get(key);
    if (held !== undefined) return held;
    if (this.#moments.size >= RATE_ADDRESSES_MAX) this.#sweep(elapsedMs);
    const isFull = this.#moments.size >= RATE_ADDRESSES_MAX;
    if (isFull && key !== OTHERS) return this.#of(OTHERS, elapsedMs);
    const moments: number[] = [];
    this.#moments.set(key, moments);
    return moments;
  }

  #sweep(elapsedMs: number): void {
    for (const [key, moments] of this.#moments) {
      if (moments.at(-1)! <= elapsedMs - WINDOW_MS) this.#moments.delete(key);
    }
  }
}
