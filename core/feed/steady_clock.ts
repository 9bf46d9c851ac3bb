import type { Clock } from "../port/clock.ts";

/** A clock that only rises: for pauses and lives, which a clock set back must not lengthen. */
export function risingClock(clock: Clock): Clock {
  return steadyClock(clock, Infinity);
}

/**
 * A clock for the watchdogs, read at least every second. A jump between two readings is a clock
 * that was set, a machine that slept or a loop that was blocked: none of them is a silent feed, so
 * the jump counts as no time.
 */
export function steadyClock(clock: Clock, jumpMs: number): Clock {
  let readMs = clock.nowMs();
  let steadyMs = readMs;
  return {
    nowMs() {
      const nowMs = clock.nowMs();
      const passedMs = nowMs - readMs;
      readMs = nowMs;
      if (passedMs >= 0 && passedMs < jumpMs) steadyMs += passedMs;
      return steadyMs;
    },
  };
}
