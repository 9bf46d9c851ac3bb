import assert from "node:assert/strict";
import {
  clearMatched,
  createLimitTrack,
  type LimitMoment,
  type LimitPrices,
  takePrices,
  takeTime,
} from "../../../core/analytics/limit_queue.ts";
import type { BookLevel } from "../../../core/market/event.ts";

const CEILING = 1_070_000;
const FLOOR = 930_000;

const level = (priceE2: number | null, volume: number): BookLevel => ({ priceE2, volume });

function prices(lastE2: number | null, changes: Partial<LimitPrices> = {}): LimitPrices {
  return { lastE2, ceilingE2: CEILING, floorE2: FLOOR, bids: [], asks: [], ...changes };
}

/** `second` seconds into continuous matching. */
function at(second: number, isMatching = true): LimitMoment {
  return { exchangeMs: second * 1_000, matchedSeconds: second, isMatching };
}

const atCeiling = (volume: number) => prices(CEILING, { bids: [level(CEILING, volume)] });
const atFloor = (volume: number) => prices(FLOOR, { asks: [level(FLOOR, volume)] });

Deno.test("A security stands at the ceiling when its last price and its best bid are the ceiling", () => {
  for (
    const [shown, limit] of [
      [atCeiling(500), "ceiling"],
      [atFloor(700), "floor"],
      // The price without a queue, and the queue without the price.
      [prices(CEILING), null],
      [prices(CEILING, { asks: [level(CEILING, 500)] }), null],
      [prices(CEILING, { bids: [level(CEILING - 5_000, 500)] }), null],
      [prices(CEILING - 5_000, { bids: [level(CEILING, 500)] }), null],
      [prices(null, { bids: [level(CEILING, 500)] }), null],
      [prices(FLOOR, { bids: [level(FLOOR, 500)] }), null],
      // Limits that are not known, and a band without width.
      [prices(CEILING, { ceilingE2: null, bids: [level(CEILING, 500)] }), null],
      [prices(CEILING, { floorE2: CEILING, bids: [level(CEILING, 500)] }), null],
    ] as const
  ) {
    const track = createLimitTrack();
    takePrices(track, shown, at(10));
    assert.equal(track.limit, limit);
    assert.equal(track.sinceMs, limit === null ? null : 10_000);
  }
});

Deno.test("The queue is the volume at the limit price; market orders before it wait at no price", () => {
  const track = createLimitTrack();
  const bids = [level(null, 9_000), level(CEILING, 400), level(CEILING - 5_000, 50)];
  takePrices(track, prices(CEILING, { bids }), at(0));
  assert.equal(track.queue, 400);
  takePrices(track, atCeiling(1_200), at(1));
  takePrices(track, atCeiling(300), at(2));
  assert.deepEqual([track.queue, track.ceiling.queueMax], [300, 1_200]);
  assert.equal(track.sinceMs, 0);
});

Deno.test("It breaks when the price leaves or the queue is gone, and each stay adds to its time", () => {
  const track = createLimitTrack();
  takePrices(track, atCeiling(500), at(100));
  takePrices(track, prices(CEILING - 5_000, { bids: [level(CEILING, 500)] }), at(160));
  assert.deepEqual([track.limit, track.sinceMs, track.queue], [null, null, 0]);
  takePrices(track, atCeiling(200), at(200));
  takePrices(track, prices(CEILING), at(230));
  takePrices(track, atCeiling(100), at(300));
  assert.equal(takeTime(track, 310), true);
  assert.equal(takeTime(track, 310), false);
  const sums = { reached: 3, broken: 2, seconds: 60 + 30 + 10, queueMax: 500, matched: 0 };
  assert.deepEqual(track.ceiling, sums);
  assert.equal(track.floor.seconds, 0);
});

Deno.test("From one limit to the other it breaks there and arrives here at once", () => {
  const track = createLimitTrack();
  takePrices(track, atCeiling(500), at(0));
  takePrices(track, atFloor(800), at(30));
  assert.deepEqual([track.limit, track.queue, track.sinceMs], ["floor", 800, 30_000]);
  assert.deepEqual([track.ceiling.reached, track.ceiling.broken, track.ceiling.seconds], [
    1,
    1,
    30,
  ]);
  assert.deepEqual([track.floor.reached, track.floor.broken, track.floor.queueMax], [1, 0, 800]);
});

Deno.test("While the board does not match an emptied book is no break, another price is", () => {
  const track = createLimitTrack();
  takePrices(track, atCeiling(500), at(60));
  takePrices(track, prices(CEILING), at(60, false));
  assert.deepEqual([track.limit, track.queue, track.ceiling.broken], ["ceiling", 500, 0]);
  // The closing auction printed below the ceiling.
  takePrices(track, prices(CEILING - 5_000), at(60, false));
  assert.deepEqual([track.limit, track.ceiling.broken], [null, 1]);
});

Deno.test("The close may bring a security to its limit: the last auction's print comes after it", () => {
  const track = createLimitTrack();
  takePrices(track, atCeiling(500), at(90, false));
  assert.deepEqual([track.limit, track.ceiling.reached], ["ceiling", 1]);
  assert.equal(track.ceiling.seconds, 0);
});

Deno.test("A tape that is re-based forgets what was matched and nothing else", () => {
  const track = createLimitTrack();
  takePrices(track, atCeiling(500), at(0));
  track.ceiling.matched = 100;
  track.floor.matched = 50;
  clearMatched(track);
  assert.deepEqual([track.ceiling.matched, track.floor.matched, track.ceiling.reached], [0, 0, 1]);
});
