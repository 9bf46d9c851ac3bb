import assert from "node:assert/strict";
import { crossesZero } from "../../../core/analytics/basis_divergence.ts";

Deno.test("A basis crosses zero when its sign changes, either way (F-077)", () => {
  assert.equal(crossesZero(120, -10), true);
  assert.equal(crossesZero(-10, 120), true);
  assert.equal(crossesZero(120, 10), false);
  assert.equal(crossesZero(-10, -120), false);
});

Deno.test("Touching zero is no crossing, nor is the first basis (F-077)", () => {
  assert.equal(crossesZero(120, 0), false);
  assert.equal(crossesZero(-120, 0), false);
  assert.equal(crossesZero(null, 120), false);
  assert.equal(crossesZero(null, -120), false);
});
