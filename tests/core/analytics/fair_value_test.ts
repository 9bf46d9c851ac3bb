import assert from "node:assert/strict";
import { fairValue, impliedCarryPct } from "../../../core/analytics/fair_value.ts";

const terms = { ratePct: 4.5, dividendPct: 1.5, costPct: 0.1 };

Deno.test("A future is worth the index plus its carry to the expiry, in a band of costs (N-09)", () => {
  // 3 % a year for 73 of 365 days is 0.6 %.
  assert.deepEqual(fairValue(185_000, 73, terms), {
    fairE2: 186_110,
    lowE2: 185_925,
    highE2: 186_295,
  });
});

Deno.test("On its last day a future is worth the index, and it is worth less when dividends beat interest", () => {
  assert.equal(fairValue(185_000, 0, terms).fairE2, 185_000);
  assert.equal(fairValue(185_000, 365, { ...terms, ratePct: 0 }).fairE2, 182_225);
});

Deno.test("A band of no cost is a line", () => {
  const { fairE2, lowE2, highE2 } = fairValue(185_000, 30, { ...terms, costPct: 0 });
  assert.deepEqual([lowE2, highE2], [fairE2, fairE2]);
});

Deno.test("The carry that a price implies is the one that would make it fair", () => {
  const { fairE2 } = fairValue(185_000, 73, terms);
  assert.ok(Math.abs(impliedCarryPct(fairE2, 185_000, 73)! - 3) < 0.001);
  assert.equal(impliedCarryPct(185_000, 185_000, 10), 0);
  assert.ok(impliedCarryPct(184_000, 185_000, 10)! < 0);
});

Deno.test("On the last day and after it, no carry is implied", () => {
  assert.equal(impliedCarryPct(185_100, 185_000, 0), null);
  assert.equal(impliedCarryPct(185_100, 185_000, -1), null);
  assert.notEqual(impliedCarryPct(185_100, 185_000, 1), null);
});
