import assert from "node:assert/strict";
import {
  addVolume,
  clearVolumes,
  createVolumes,
  sumSides,
} from "../../../core/analytics/volume.ts";

Deno.test("Volume is summed by side and by part of the day", () => {
  const totals = createVolumes();
  addVolume(totals, "ato", "none", 500);
  addVolume(totals, "continuous", "buy", 300);
  addVolume(totals, "continuous", "sell", 200);
  addVolume(totals, "atc", "none", 400);
  assert.equal(sumSides(totals), 1_400);
  assert.deepEqual([totals.buy, totals.sell, totals.none], [300, 200, 900]);
  assert.deepEqual(totals.buckets.continuous, { buy: 300, sell: 200, none: 0 });
  assert.equal(sumSides(totals.buckets.ato), 500);
  clearVolumes(totals);
  assert.deepEqual(totals, createVolumes());
});
