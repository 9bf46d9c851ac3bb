import assert from "node:assert/strict";
import { LimitStatsSchema } from "../../../core/wire/limit_schema.ts";
import { limitStats } from "../../../core/wire/limit_stats.ts";
import { fakeView } from "./fake_view.ts";

const NONE = { ceilReached: 0, ceilBroken: 0, ceilSecs: 0, ceilQueueMax: 0, ceilMatched: 0 };
const NO_FLOOR = { floorReached: 0, floorBroken: 0, floorSecs: 0, floorQueueMax: 0 };
const PRICES = { last: 10_700, ceil: 10_700, floor: 9_300, exchange: "HOSE", floorMatched: 0 };

/** A security at its ceiling with a queue worth `queueVal`. */
const there = (symbol: string, queueVal: number) => ({
  ...{ symbol, limit: "ceiling", since: "10:00:05", queue: queueVal / 10_700, queueVal },
  ...PRICES,
  ...NO_FLOOR,
  ...{ ceilReached: 2, ceilBroken: 1, ceilSecs: 95, ceilQueueMax: 900_000, ceilMatched: 300 },
});

/** One that was at its floor in the morning and is at its ceiling now. */
const both = {
  ...there("BOTH", 1_070_000),
  ...{ floorReached: 1, floorBroken: 1, floorSecs: 300, floorQueueMax: 50, floorMatched: 7 },
};
const left = {
  ...there("LEFT", 0),
  ...{ limit: null, since: null, queue: null, queueVal: null },
  ...{ last: 10_500, ceilBroken: 2, ceilSecs: 600 },
};
const touched = { symbol: "TOUCH", ...PRICES, ...NONE, ...NO_FLOOR, ceilMatched: 500, limit: null };

function stays() {
  const limits = [left, both, touched, there("BIG", 21_400_000), { symbol: "NULL" }];
  const payload = limitStats(fakeView({ tables: { limits } }));
  LimitStatsSchema.parse(payload);
  return payload.limits;
}

Deno.test("The largest queues come first, then what left, the longest stay first", () => {
  const order = stays().map(({ symbol, limit }) => `${symbol} ${limit}`);
  assert.deepEqual(order, ["BIG ceiling", "BOTH ceiling", "LEFT ceiling", "BOTH floor"]);
});

Deno.test("An entry tells of one limit; what left has no queue and no since", () => {
  const [big, , past, floor] = stays();
  assert.deepEqual(big, {
    symbol: "BIG",
    exchange: "HOSE",
    limit: "ceiling",
    is_there: true,
    since: "10:00:05",
    limit_price: 10_700,
    last: 10_700,
    queue_volume: 2_000,
    queue_value: 21_400_000,
    queue_max: 900_000,
    times_reached: 2,
    times_broken: 1,
    seconds: 95,
    matched_volume: 300,
  });
  const { is_there, since, queue_volume, queue_value, last } = past!;
  assert.deepEqual([is_there, since, queue_volume, queue_value, last], [
    ...[false, null, null, null, 10_500],
  ]);
  assert.deepEqual([floor!.is_there, floor!.limit_price, floor!.matched_volume], [false, 9_300, 7]);
});

Deno.test("A trade at a limit without a queue, or no word at all, is no stay", () => {
  assert.ok(stays().every(({ symbol }) => symbol !== "TOUCH" && symbol !== "NULL"));
  assert.deepEqual(limitStats(fakeView()).limits, []);
});
