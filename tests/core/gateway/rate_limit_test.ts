import assert from "node:assert/strict";
import {
  RateLimit,
  REST_ADDRESSES_MAX,
  REST_BURST,
  REST_PER_SECOND,
} from "../../../core/gateway/rate_limit.ts";

const PEER = "203.0.113.7";

/** How many of so many requests at one moment may pass. */
function passed(limit: RateLimit, count: number, nowMs: number, address = PEER): number {
  return Array.from({ length: count }).filter(() => !limit.take(address, nowMs)?.isOver).length;
}

Deno.test("An address may ask as often as the burst, then at the rate, one more is refused", () => {
  const limit = new RateLimit();
  assert.equal(passed(limit, REST_BURST - 1, 0), REST_BURST - 1);
  assert.deepEqual(limit.take(PEER, 0), { isOver: false, left: 0, resetS: 2 });
  assert.deepEqual(limit.take(PEER, 0), { isOver: true, left: 0, resetS: 2 });
  // Half of a second is half of the rate.
  assert.deepEqual(limit.take(PEER, 500), { isOver: false, left: 9, resetS: 2 });
  assert.deepEqual(limit.take(PEER, 1_500), { isOver: false, left: 28, resetS: 1 });
  assert.equal(passed(limit, 100, 1_500), 28);
  assert.equal(passed(limit, 100, 2_500), REST_PER_SECOND);
  assert.equal(limit.refused, 1 + 72 + 100 - REST_PER_SECOND);
  // A rest fills the burst, never more.
  assert.equal(passed(limit, 100, 60_000), REST_BURST);
  // A clock that steps back gives nothing away and locks nobody out for ever.
  assert.equal(passed(limit, 1, 50_000), 0);
  assert.equal(passed(limit, 100, 51_000), REST_PER_SECOND);
});

Deno.test("Each address has its own rate; one IPv6 network is one address; this machine has no limit", () => {
  const limit = new RateLimit();
  assert.equal(passed(limit, 50, 0, "2001:db8::1"), REST_BURST);
  assert.equal(passed(limit, 1, 0, "2001:db8::2"), 0);
  assert.equal(passed(limit, 1, 0, "2001:db8:1::2"), 1);
  for (const own of ["127.0.0.1", "::1", "::ffff:127.0.0.1", "localhost"]) {
    assert.equal(passed(limit, 1_000, 0, own), 1_000, own);
  }
});

Deno.test("As many addresses as the limit are followed; a new one waits until others have rested", () => {
  const limit = new RateLimit();
  const address = (i: number) => `10.${i >> 16}.${i >> 8 & 255}.${i & 255}`;
  for (let i = 0; i < REST_ADDRESSES_MAX; i++) assert.equal(passed(limit, 1, 0, address(i)), 1);
  assert.equal(passed(limit, 1, 0), 0);
  assert.equal(passed(limit, 1, 0, address(1)), 1);
  assert.equal(passed(limit, 1, 1_000), 1);
  assert.ok(limit.addresses < 10);
});
