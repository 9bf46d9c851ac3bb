import assert from "node:assert/strict";
import { priceFromE2, priceToE2, valueVnd } from "../../../core/market/units.ts";
import { VN30_SECTORS, VN30_SEED } from "../../../core/market/vn30.ts";

Deno.test("Prices become integers and come back without float noise", () => {
  assert.equal(priceToE2(1850.1), 185_010);
  assert.equal(priceToE2(24_950.000001), 2_495_000);
  assert.equal(priceFromE2(185_010), 1850.1);
});

Deno.test("A trade's value is price times volume in VND, without a factor of 1,000 (B-02)", () => {
  assert.equal(valueVnd(1_005_000, 300, false), 3_015_000);
  assert.equal(valueVnd(185_010, 2, true), 370_020_000);
});

Deno.test("The VN30 seed names thirty different tickers in order", () => {
  assert.equal(new Set(VN30_SEED).size, 30);
  assert.deepEqual([...VN30_SEED].sort(), VN30_SEED);
  assert.equal(VN30_SECTORS.flatMap((sector) => sector.symbols).length, 30);
});
