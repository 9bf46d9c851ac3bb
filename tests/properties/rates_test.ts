import assert from "node:assert/strict";
import fc from "fast-check";
import {
  ConnectionRate,
  CONNECTIONS_PER_WINDOW,
  WINDOW_MS,
} from "../../core/gateway/connection_rate.ts";
import { Elapsed } from "../../core/gateway/elapsed.ts";
import { RateLimit, REST_BURST, REST_PER_SECOND } from "../../core/gateway/rate_limit.ts";
import { backoffMs } from "../../core/ssi/backoff.ts";

/** Bursts of tries, each some time after the last; the clock may be set back between them. */
const bursts = (pauseMsMax: number, triesMax: number) =>
  fc.array(
    fc.record({
      pauseMs: fc.integer({ min: -pauseMsMax, max: pauseMsMax }),
      tries: fc.integer({ min: 1, max: triesMax }),
    }),
    { maxLength: 40 },
  );

/** Most moments in any stretch of so many ms. */
function mostWithin(moments: readonly number[], windowMs: number): number {
  let most = 0;
  for (let from = 0, to = 0; to < moments.length; to++) {
    while (moments[to]! - moments[from]! >= windowMs) from++;
    most = Math.max(most, to - from + 1);
  }
  return most;
}

Deno.test("P14: no window ever holds more connections of an address than the limit, and rest gives all back", () => {
  fc.assert(fc.property(bursts(WINDOW_MS, 200), (steps) => {
    const [rate, elapsed] = [new ConnectionRate(), new Elapsed()];
    const passed: number[] = [];
    let [nowMs, realMs] = [0, elapsed.at(0)];
    for (const { pauseMs, tries } of steps) {
      realMs = elapsed.at(nowMs += pauseMs);
      for (let i = 0; i < tries; i++) if (rate.take("a", realMs)) passed.push(realMs);
    }
    assert.ok(mostWithin(passed, WINDOW_MS) <= CONNECTIONS_PER_WINDOW);
    const rested = realMs + WINDOW_MS;
    const again = Array.from({ length: 400 }).filter(() => rate.take("a", rested));
    assert.equal(again.length, CONNECTIONS_PER_WINDOW);
  }));
});

Deno.test("P14: requests of an address never pass faster than burst and rate allow, in any window", () => {
  fc.assert(
    fc.property(bursts(3_000, 60), fc.integer({ min: 1, max: 5_000 }), (steps, windowMs) => {
      const limit = new RateLimit();
      const passed: number[] = [];
      let [nowMs, realMs] = [0, 0];
      for (const { pauseMs, tries } of steps) {
        nowMs += pauseMs;
        realMs += Math.max(0, pauseMs);
        for (let i = 0; i < tries; i++) {
          if (!limit.take("203.0.113.7", nowMs)!.isOver) passed.push(realMs);
        }
      }
      const allowed = REST_BURST + windowMs / 1000 * REST_PER_SECOND;
      assert.ok(mostWithin(passed, windowMs) <= allowed);
    }),
  );
});

Deno.test("P14: a back-off stays between its bounds for any random source, and refuses no number of failures", () => {
  const limits = fc.tuple(fc.integer({ min: 1, max: 10_000 }), fc.nat(1_000_000))
    .map(([minMs, span]) => ({ minMs, maxMs: minMs + span }));
  const random = fc.double({ min: 0, max: 1, maxExcluded: true, noNaN: true });
  fc.assert(fc.property(fc.nat(), random, limits, (failures, random, limits) => {
    const waitMs = backoffMs(failures, random, limits);
    assert.ok(waitMs >= limits.minMs && waitMs <= limits.maxMs);
  }));
});
