/** How often a key may call the REST service. */
export interface GovernorLimits {
  readonly spacingMs: number;
  /** Calls that may wait for their turn; 16 × 1 s is the longest wait. */
  readonly waitingMax: number;
}

/** SSI publishes no number; one call a second is what its users find to be safe. */
export const GOVERNOR_LIMITS: GovernorLimits = { spacingMs: 1_000, waitingMax: 16 };

/** Hands out turns, one per spacing, in the order of asking. */
export class Governor {
  readonly #limits: GovernorLimits;
  #nextFreeMs = 0;
  #refused = 0;

  constructor(limits: GovernorLimits) {
    this.#limits = limits;
  }

  /** Turns not given because too many were waiting. */
  get refused(): number {
    return this.#refused;
  }

  /** Takes a turn and says how long to wait for it; null when too many wait. `nowMs` only rises. */
  take(nowMs: number): number | null {
    const { spacingMs, waitingMax } = this.#limits;
    const queuedMs = Math.max(0, this.#nextFreeMs - nowMs);
    if (queuedMs > spacingMs * waitingMax) {
      this.#refused++;
      return null;
    }
    this.#nextFreeMs = nowMs + queuedMs + spacingMs;
    return queuedMs;
  }
}
