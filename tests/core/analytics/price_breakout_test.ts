import assert from "node:assert/strict";
import { limitAt } from "../../../core/analytics/price_breakout.ts";

const limits = { ceilingE2: 1_070_000, floorE2: 930_000 };

Deno.test("A price is at a limit by exact equality, on both sides (F-074)", () => {
  assert.equal(limitAt(1_070_000, limits), "ceiling");
  assert.equal(limitAt(930_000, limits), "floor");
  for (const priceE2 of [1_069_999, 1_070_001, 929_999, 930_001, 1_000_000]) {
    assert.equal(limitAt(priceE2, limits), null, `${priceE2}`);
  }
});

Deno.test("A limit that is not known is never reached, the other one is (F-074)", () => {
  assert.equal(limitAt(1_070_000, { ceilingE2: null, floorE2: 930_000 }), null);
  assert.equal(limitAt(930_000, { ceilingE2: null, floorE2: 930_000 }), "floor");
  assert.equal(limitAt(930_000, { ceilingE2: 1_070_000, floorE2: null }), null);
  assert.equal(limitAt(930_000, { ceilingE2: null, floorE2: null }), null);
});

Deno.test("No price is at no limit, and a band without width has none (F-074)", () => {
  assert.equal(limitAt(null, limits), null);
  assert.equal(limitAt(null, { ceilingE2: null, floorE2: null }), null);
  assert.equal(limitAt(1_000_000, { ceilingE2: 1_000_000, floorE2: 1_000_000 }), null);
});
