import assert from "node:assert/strict";
import fc from "fast-check";
import { backoffMs } from "../../../core/ssi/backoff.ts";

const limits = { minMs: 1_000, maxMs: 30_000 };
const random = fc.double({ min: 0, max: 1, maxExcluded: true, noNaN: true });

Deno.test("backoff - every wait is between the minimum and the maximum", () => {
  fc.assert(fc.property(fc.nat({ max: 5_000 }), random, (failures, r) => {
    const waitMs = backoffMs(failures, r, limits);
    assert.ok(waitMs >= limits.minMs && waitMs <= limits.maxMs, `${waitMs} ms`);
  }));
});

Deno.test("backoff - the range of waits doubles and then stays", () => {
  const ranges = [0, 1, 2, 3, 4, 5, 60].map((n) => [
    backoffMs(n, 0, limits),
    backoffMs(n, 1 - Number.EPSILON, limits),
  ]);
  assert.deepEqual(ranges, [
    [1_000, 2_000],
    [2_000, 4_000],
    [4_000, 8_000],
    [8_000, 16_000],
    [15_000, 30_000],
    [15_000, 30_000],
    [15_000, 30_000],
  ]);
});

Deno.test("backoff - a service that refuses for two minutes sees at most twelve tries", () => {
  fc.assert(fc.property(fc.array(random, { minLength: 130, maxLength: 130 }), (rolls) => {
    let tries = 0;
    for (let atMs = 0; atMs <= 120_000; tries++) atMs += backoffMs(tries, rolls[tries]!, limits);
    assert.ok(tries <= 12, `${tries} tries`);
  }));
});
