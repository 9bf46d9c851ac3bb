import assert from "node:assert/strict";
import { foreignAcceleration } from "../../../core/analytics/foreign_acceleration.ts";

const BN = 1_000_000_000;

Deno.test("A change of exactly 30 % is none, one dong more is, up and down (F-075)", () => {
  assert.equal(foreignAcceleration(13 * BN, 10 * BN), null);
  assert.equal(foreignAcceleration(13 * BN + 1, 10 * BN), "acceleration");
  assert.equal(foreignAcceleration(7 * BN, 10 * BN), null);
  assert.equal(foreignAcceleration(7 * BN - 1, 10 * BN), "deceleration");
});

Deno.test("Net selling is judged like net buying (F-075)", () => {
  assert.equal(foreignAcceleration(-13 * BN, -10 * BN), null);
  assert.equal(foreignAcceleration(-13 * BN - 1, -10 * BN), "acceleration");
  assert.equal(foreignAcceleration(-7 * BN + 1, -10 * BN), "deceleration");
});

Deno.test("Against a past of less than a billion dong nothing is measured (U-17)", () => {
  assert.equal(foreignAcceleration(100 * BN, BN - 1), null);
  assert.equal(foreignAcceleration(100 * BN, -BN + 1), null);
  assert.equal(foreignAcceleration(100 * BN, 0), null);
  assert.equal(foreignAcceleration(100 * BN, BN), "acceleration");
  assert.equal(foreignAcceleration(-100 * BN, -BN), "acceleration");
});

Deno.test("A change of sign is a reversal, measured against the past alone (B-07)", () => {
  assert.equal(foreignAcceleration(-1, 10 * BN), "reversal");
  assert.equal(foreignAcceleration(-20 * BN, 10 * BN), "reversal");
  assert.equal(foreignAcceleration(20 * BN, -10 * BN), "reversal");
  // Down to nothing is the end of a flow and not yet a flow the other way.
  assert.equal(foreignAcceleration(0, 10 * BN), "deceleration");
  assert.equal(foreignAcceleration(0, -10 * BN), "deceleration");
});
