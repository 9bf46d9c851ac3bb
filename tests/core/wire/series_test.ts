import assert from "node:assert/strict";
import fc from "fast-check";
import {
  lastMinutes,
  lastOfEachStep,
  SERIES_POINTS_MAX,
  stepSeconds,
} from "../../../core/wire/series.ts";

Deno.test("A window of any length is cut into at most as many points as the limit, keeping the newest", () => {
  fc.assert(
    fc.property(
      fc.integer({ min: 1, max: 400 }),
      fc.integer({ min: 0, max: 86_400 }),
      (minutes, endS) => {
        const all = Array.from(
          { length: 25_000 },
          (_, i) => [(endS - 24_999 + i) * 1_000] as const,
        );
        const recent = lastMinutes(all, minutes, endS * 1_000);
        const points = lastOfEachStep(recent, stepSeconds(minutes));
        assert.ok(
          points.length <= SERIES_POINTS_MAX,
          `${points.length} points of ${minutes} minutes`,
        );
        assert.equal(points.at(-1), all.at(-1));
      },
    ),
    { numRuns: 60 },
  );
});

Deno.test("Steps are cut at full seconds of the hour, whenever the window begins", () => {
  const entries = [0, 1, 59, 60, 61, 180].map((s) => [s * 1_000] as const);
  const kept = lastOfEachStep(entries, 60).map(([ms]) => ms / 1_000);
  assert.deepEqual(kept, [59, 61, 180]);
  assert.deepEqual(lastOfEachStep(entries.slice(1), 60).map(([ms]) => ms / 1_000), kept);
});
