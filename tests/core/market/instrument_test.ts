import assert from "node:assert/strict";
import { bandOf, bookDepth, lotSize, tickE2 } from "../../../core/market/instrument.ts";

Deno.test("HOSE limits are rounded into the band by the tick that holds at the limit", () => {
  assert.deepEqual(bandOf("HOSE", "stock", 2_495_000), {
    ceilingE2: 2_665_000,
    floorE2: 2_325_000,
  });
  // The raw ceiling of 10,689.3 lies above 10,000, where the tick is 50 and no longer 10.
  assert.deepEqual(bandOf("HOSE", "stock", 999_000), { ceilingE2: 1_065_000, floorE2: 930_000 });
});

Deno.test("A band narrower than a tick is one tick each way, and never reaches zero", () => {
  assert.deepEqual(bandOf("UPCOM", "stock", 20_000), { ceilingE2: 30_000, floorE2: 10_000 });
  assert.deepEqual(bandOf("UPCOM", "stock", 10_000), { ceilingE2: 20_000, floorE2: 10_000 });
});

Deno.test("Ticks follow board, kind and price", () => {
  assert.equal(tickE2("HOSE", "stock", 999_900), 1_000);
  assert.equal(tickE2("HOSE", "stock", 1_000_000), 5_000);
  assert.equal(tickE2("HOSE", "stock", 4_995_000), 5_000);
  assert.equal(tickE2("HOSE", "stock", 5_000_000), 10_000);
  assert.equal(tickE2("HOSE", "etf", 5_000_000), 1_000);
  assert.equal(tickE2("HOSE", "warrant", 50_000), 1_000);
  assert.equal(tickE2("HNX", "stock", 500_000), 10_000);
  assert.equal(tickE2("HNX", "etf", 500_000), 100);
  assert.equal(tickE2("DERIVATIVES", "future", 185_000), 10);
});

Deno.test("Futures have a band of 7 percent in steps of a tenth of a point", () => {
  assert.deepEqual(bandOf("DERIVATIVES", "future", 185_030), {
    ceilingE2: 197_980,
    floorE2: 172_080,
  });
});

Deno.test("Lots and book depth are those of the boards", () => {
  assert.equal(lotSize("stock"), 100);
  assert.equal(lotSize("future"), 1);
  assert.equal(bookDepth("HOSE"), 3);
  assert.equal(bookDepth("HNX"), 10);
});
