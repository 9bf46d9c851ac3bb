import { clearImmediate, setImmediate } from "node:timers";

/** What a pacer takes from its surroundings. */
export interface PacerDeps {
  /** Monotonic, ms. */
  readonly nowMs: () => number;
  /** Calls back at the end of this turn of the event loop (`ms` = 0) or after `ms`; gives the cancel. */
  readonly later: (act: () => void, ms: number) => () => void;
}

/** Runs an action soon after it is asked for, at most once per `gapMs`; never without being asked. */
export class Pacer {
  readonly #gapMs: number;
  readonly #act: () => void;
  readonly #deps: PacerDeps;
  #ranMs = -Infinity;
  #cancel: (() => void) | null = null;
  /** The run waits for the end of this turn, not for a timer. */
  #isAtTurnEnd = false;

  constructor(gapMs: number, act: () => void, deps: PacerDeps) {
    this.#gapMs = gapMs;
    this.#act = act;
    this.#deps = deps;
  }

  /** Asks for a run: at the end of this turn, or when the gap since the last one is over. */
  ask(): void {
    if (this.#isAtTurnEnd) return;
    const dueInMs = Math.max(0, this.#ranMs + this.#gapMs - this.#deps.nowMs());
    // Timers come late on a busy machine; once the gap is over the end of this turn is sooner.
    if (this.#cancel !== null && dueInMs > 0) return;
    this.stop();
    this.#isAtTurnEnd = dueInMs === 0;
    this.#cancel = this.#deps.later(() => this.run(), dueInMs);
  }

  /** Runs at once; a run that was asked for is done by this one. */
  run(): void {
    this.stop();
    this.#ranMs = this.#deps.nowMs();
    this.#act();
  }

  /** Forgets what was asked for. */
  stop(): void {
    this.#cancel?.();
    this.#cancel = null;
    this.#isAtTurnEnd = false;
  }
}

/** Real timers. */
export const realPacer: PacerDeps = {
  nowMs: () => performance.now(),
  later(act, ms) {
    // A time-out of 0 waits for the next millisecond; an immediate only for this turn's end.
    if (ms === 0) {
      const immediate = setImmediate(act);
      return () => clearImmediate(immediate);
    }
    const timer = setTimeout(act, ms);
    return () => clearTimeout(timer);
  },
};
