import assert from "node:assert/strict";
import {
  fillGap,
  fitGap,
  type Gaps,
  GAPS_MAX,
  openGap,
  sealOldest,
} from "../../../core/tape/gaps.ts";

Deno.test("A hole that continues the last one is one hole with it", () => {
  const gaps: Gaps = [];
  openGap(gaps, 0, 100);
  openGap(gaps, 100, 250);
  openGap(gaps, 300, 400);
  assert.deepEqual(gaps, [0, 250, 300, 400]);
});

Deno.test("A range is inside one hole, across an edge, or outside", () => {
  const gaps: Gaps = [100, 200, 300, 400];
  const expected = [
    [100, 200, "inside"],
    [150, 160, "inside"],
    [300, 301, "inside"],
    [0, 100, "outside"],
    [200, 300, "outside"],
    [400, 900, "outside"],
    [50, 150, "across"],
    [150, 250, "across"],
    [0, 900, "across"],
    [200, 400, "across"],
  ] as const;
  for (const [start, end, fit] of expected) assert.equal(fitGap(gaps, start, end), fit, `${start}`);
});

Deno.test("Filling takes a range out of its hole and leaves what is on either side", () => {
  const gaps: Gaps = [100, 200, 300, 400];
  fillGap(gaps, 140, 160);
  assert.deepEqual(gaps, [100, 140, 160, 200, 300, 400]);
  fillGap(gaps, 100, 140);
  assert.deepEqual(gaps, [160, 200, 300, 400]);
  fillGap(gaps, 190, 200);
  assert.deepEqual(gaps, [160, 190, 300, 400]);
  fillGap(gaps, 300, 400);
  assert.deepEqual(gaps, [160, 190]);
});

Deno.test("Beyond the limit the oldest hole is sealed, at the limit none", () => {
  const gaps: Gaps = [];
  for (let i = 0; i < GAPS_MAX; i++) openGap(gaps, i * 10, i * 10 + 7);
  assert.equal(sealOldest(gaps), 0);
  openGap(gaps, 1_000_000, 1_000_001);
  assert.equal(sealOldest(gaps), 7);
  assert.equal(gaps.length, GAPS_MAX * 2);
  assert.equal(gaps[0], 10);
});
