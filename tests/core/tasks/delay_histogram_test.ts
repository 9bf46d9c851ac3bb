import assert from "node:assert/strict";
import { DELAY_BOUNDS_MS, DelayHistogram } from "../../../core/tasks/delay_histogram.ts";

Deno.test("Delays are counted in cumulative buckets; a delay at a bound is in its bucket", () => {
  const histogram = new DelayHistogram();
  for (const ms of [0.1, 0.5, 0.6, 3, 5_000]) histogram.add(ms);
  const figures = histogram.takeFigures("d");
  assert.equal(figures.d_bucket_le_0_5, 2);
  assert.equal(figures.d_bucket_le_1, 3);
  assert.equal(figures.d_bucket_le_3, 4);
  assert.equal(figures.d_bucket_le_1000, 4);
  assert.deepEqual([figures.d_count, figures.d_sum], [5, 5_004]);
});

Deno.test("Quantiles are of the time since the last look, and say the bucket's upper bound", () => {
  const histogram = new DelayHistogram();
  for (let i = 0; i < 98; i++) histogram.add(0.2);
  histogram.add(4);
  histogram.add(4);
  const first = histogram.takeFigures("d");
  assert.deepEqual([first.d_p50, first.d_p99], [0.5, 5]);
  histogram.add(9_999);
  const second = histogram.takeFigures("d");
  assert.equal(second.d_p50, 2 * DELAY_BOUNDS_MS.at(-1)!);
  assert.equal(second.d_count, 101);
  assert.equal(histogram.takeFigures("d").d_p99, 0);
});
