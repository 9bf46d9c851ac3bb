import assert from "node:assert/strict";
import { chartPoints, courseOf } from "../../../components/market/index_course.ts";
import { indexBreadth } from "../../../core/wire/index_breadth.ts";
import { at, fakeView } from "../../core/wire/fake_view.ts";

const breadth = [
  [at("09:16:00"), "VN30", 190_000, 10, 5, 15, 0, 0],
  [at("09:17:00"), "VN30", 190_100, 12, 4, 14, 0, 0],
  [at("09:18:00"), "VN30", 190_200, null, null, null, null, null],
] as const;
const course = courseOf(indexBreadth(fakeView({ logs: { breadth } }), "VN30"));
const traded = { symbol: "VN30", value: 1_903, high: 1_903, up: 20, time: "09:30:10" };

Deno.test("A card draws the course and ends it with the value now", () => {
  const points = chartPoints(course, traded, "value");
  assert.deepEqual(points.map(({ label, value }) => [label, value]), [
    ["09:17", 1_901],
    ["09:18", 1_902],
    ["09:30", 1_903],
  ]);
  assert.ok(points[0]!.at < points[1]!.at && points[1]!.at < points[2]!.at);
});

Deno.test("The value now stands for its whole minute, so that no minute is drawn twice", () => {
  const points = chartPoints(course, { ...traded, time: "09:18:20" }, "value");
  assert.deepEqual(points.map(({ label, value }) => [label, value]), [
    ["09:17", 1_901],
    ["09:18", 1_903],
  ]);
});

Deno.test("A moment without breadth has no point of it, and the lunch break takes no room", () => {
  assert.deepEqual(chartPoints(course, undefined, "down").map(({ value }) => value), [14]);
  const [before, after] = ["11:30:00", "13:00:00"].map((time) =>
    chartPoints(course, { ...traded, time }, "up").at(-1)!.at
  );
  assert.equal(before, after);
});

Deno.test("Yesterday's value of the morning, and a row older than the course, are no value now", () => {
  assert.equal(chartPoints(course, { ...traded, high: null }, "value").length, 2);
  assert.equal(chartPoints(course, { ...traded, time: "09:10:00" }, "value").length, 2);
});
