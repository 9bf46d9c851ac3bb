import type { Clock } from "../port/clock.ts";

/** Users whose request counts are kept; more start the second anew for everybody. */
const USERS_MAX = 1_000;

/** Counts requests of each user in whole seconds of the clock. */
export class Quota {
  readonly perSecond: number;
  readonly #clock: Clock;
  readonly #used = new Map<string, number>();
  #second = 0;

  constructor(perSecond: number, clock: Clock) {
    this.perSecond = perSecond;
    this.#clock = clock;
  }

  /** Takes one request of a user; false when the second has no more left. */
  take(user: string): boolean {
    const second = Math.floor(this.#clock.nowMs() / 1000);
    if (second !== this.#second || this.#used.size >= USERS_MAX) this.#used.clear();
    this.#second = second;
    const used = (this.#used.get(user) ?? 0) + 1;
    this.#used.set(user, used);
    return used <= this.perSecond;
  }
}
