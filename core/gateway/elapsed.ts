/** Time that has gone by on a clock that may be set: a step back counts as none. */
export class Elapsed {
  #lastMs: number | null = null;
  #elapsedMs = 0;

  /** Milliseconds up to this reading of the clock. */
  at(nowMs: number): number {
    this.#elapsedMs += Math.max(0, nowMs - (this.#lastMs ?? nowMs));
    this.#lastMs = nowMs;
    return this.#elapsedMs;
  }
}
