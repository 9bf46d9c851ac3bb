import type { Clock } from "../port/clock.ts";

/** How well the market keeps its pace. */
export interface PaceStats {
  /** Real time by which the market is behind. */
  readonly lagMs: number;
  readonly lagMaxMs: number;
  /** Times a lag was too long to catch up and the pace started anew. */
  readonly lagResets: number;
}

/** A machine that slept is not caught up with: no client could take hours in one burst. */
const LAG_MS_MAX = 30_000;

/** Says how far a simulated or recorded day should be by the clock; measured from one anchor, so no drift. */
export class Pace {
  readonly #speed: number | "max";
  readonly #clock: Clock;
  #anchor = { nowMs: 0, dayMs: 0 };
  #lagMs = 0;
  #lagMaxMs = 0;
  #lagResets = 0;

  constructor(speed: number | "max", clock: Clock) {
    this.#speed = speed;
    this.#clock = clock;
  }

  /** Makes now the instant at which the day stands at `dayMs`. */
  startAt(dayMs: number): void {
    this.#anchor = { nowMs: this.#clock.nowMs(), dayMs };
  }

  /** The time of day (ms) that is due now for a day that stands at `dayMs`. */
  dueMs(dayMs: number): number {
    if (this.#speed === "max") return Infinity;
    const elapsedMs = this.#clock.nowMs() - this.#anchor.nowMs;
    const dueMs = this.#anchor.dayMs + elapsedMs * this.#speed;
    this.#lagMs = Math.max(0, (dueMs - dayMs) / this.#speed);
    this.#lagMaxMs = Math.max(this.#lagMaxMs, this.#lagMs);
    if (this.#lagMs <= LAG_MS_MAX) return dueMs;
    this.#lagResets += 1;
    this.startAt(dayMs);
    return dayMs;
  }

  /** Real time until the day is to stand at `dayMs`. */
  waitMs(dayMs: number): number {
    if (this.#speed === "max") return 0;
    const aheadMs = dayMs - this.#anchor.dayMs;
    return Math.max(1, this.#anchor.nowMs + aheadMs / this.#speed - this.#clock.nowMs());
  }

  stats(): PaceStats {
    return { lagMs: this.#lagMs, lagMaxMs: this.#lagMaxMs, lagResets: this.#lagResets };
  }
}
