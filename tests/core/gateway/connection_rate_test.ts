import assert from "node:assert/strict";
import {
  ConnectionRate,
  CONNECTIONS_PER_WINDOW,
  RATE_ADDRESSES_MAX,
  WINDOW_MS,
} from "../../../core/gateway/connection_rate.ts";

/** How many of so many connections at one moment may be. */
function passed(rate: ConnectionRate, count: number, elapsedMs: number, key = "a"): number {
  return Array.from({ length: count }).filter(() => rate.take(key, elapsedMs)).length;
}

Deno.test("An address may connect as often as the limit within the window, one more is refused", () => {
  const rate = new ConnectionRate();
  assert.equal(passed(rate, CONNECTIONS_PER_WINDOW - 1, 0), CONNECTIONS_PER_WINDOW - 1);
  assert.equal(rate.take("a", 1), true);
  assert.equal(rate.take("a", 1), false);
  assert.equal(rate.take("b", 1), true);
  assert.equal(rate.take("a", WINDOW_MS - 1), false);
  assert.equal(passed(rate, 1_000, WINDOW_MS), CONNECTIONS_PER_WINDOW - 1);
  assert.equal(passed(rate, 1_000, WINDOW_MS + 1), 1);
});

Deno.test("Addresses beyond the table share one place, so that filling it lets nobody past the rate", () => {
  const rate = new ConnectionRate();
  const busy = Array.from({ length: RATE_ADDRESSES_MAX }, (_, i) => `held-${i}`);
  for (const key of busy) assert.equal(rate.take(key, 0), true);
  assert.equal(rate.addresses, RATE_ADDRESSES_MAX);
  const fresh = Array.from({ length: CONNECTIONS_PER_WINDOW + 1 }, (_, i) => `fresh-${i}`);
  const verdicts = fresh.map((key) => rate.take(key, 1));
  assert.deepEqual(verdicts.filter((mayPass) => !mayPass).length, 1);
  assert.equal(rate.addresses, RATE_ADDRESSES_MAX + 1);
  // Who was there before keeps its own rate.
  assert.equal(rate.take(busy[0]!, 1), true);
  // What has rested is forgotten, and a new address has a place of its own again.
  assert.equal(rate.take("fresh-again", 2 * WINDOW_MS), true);
  assert.equal(rate.addresses, 1);
});
