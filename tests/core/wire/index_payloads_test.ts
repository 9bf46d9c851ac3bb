import assert from "node:assert/strict";
import { contributions } from "../../../core/wire/contributions.ts";
import { indexIntraday } from "../../../core/wire/index_intraday.ts";
import { ContributionsSchema, IndexIntradaySchema } from "../../../core/wire/index_schema.ts";
import { at, fakeView } from "./fake_view.ts";

Deno.test("The course of an index ends at the newest exchange time and is that index alone (U-53)", () => {
  const intraday = [
    [at("09:15:00"), "VN30", 190_000],
    [at("09:15:00"), "VNINDEX", 170_000],
    [at("09:59:00"), "VN30", 190_100],
    [at("10:00:00"), "VN30", 190_234],
  ] as const;
  const view = fakeView({
    logs: { intraday },
    tables: { index: [{ symbol: "VN30", prior: 1_889 }] },
  });
  const whole = indexIntraday(view, "VN30", 380);
  IndexIntradaySchema.parse(whole);
  assert.deepEqual([whole.prior, whole.points.map(({ value }) => value)], [
    1_889,
    [1_900, 1_901, 1_902.34],
  ]);
  assert.equal(indexIntraday(view, "VN30", 1).points.length, 2);
  assert.equal(indexIntraday(view, "VNINDEX", 380).points[0]!.value, 1_700);
  IndexIntradaySchema.parse(indexIntraday(fakeView({ asOfMs: null }), "VN30", 1));
});

Deno.test("A full day of both indices fits the answer, its newest point in it", () => {
  const intraday = Array.from(
    { length: 45_600 },
    (_, i) => [at("08:45:00") + Math.floor(i / 2) * 1_000, i % 2 ? "VN30" : "VNINDEX", i] as const,
  );
  const view = fakeView({ asOfMs: at("15:05:00"), logs: { intraday } });
  const course = indexIntraday(view, "VN30", 380);
  IndexIntradaySchema.parse(course);
  assert.deepEqual([course.step_seconds, course.points.at(-1)!.value], [23, 455.99]);
});

Deno.test("Contributions are the largest each way in points, with sum and residual, and approximate (N-12, N-18)", () => {
  const view = fakeView({
    tables: {
      index: [{ symbol: "VN30", value: 1_905.5, prior: 1_900, contrib: 5.2, resid: 0.3 }],
      stock: [
        { symbol: "ACB", cVn30: 1, last: 102, ref: 100 },
        { symbol: "BID", cVn30: 1 },
        { symbol: "FPT", cVn30: 4.5, cVnindex: 0.5 },
        { symbol: "HPG", cVn30: 0 },
        { symbol: "VIC", cVn30: -0.2 },
        { symbol: "VNM", cVn30: -1.1 },
        { symbol: "XYZ", cVn30: null, cVnindex: -2 },
      ],
    },
  });
  const payload = contributions(view, "VN30", 2);
  ContributionsSchema.parse(payload);
  assert.deepEqual([payload.change, payload.sum, payload.residual], [5.5, 5.2, 0.3]);
  assert.deepEqual([payload.approximate, payload.members], [true, 6]);
  assert.deepEqual(payload.top_positive.map((c) => [c.symbol, c.points, c.change_pct]), [
    ["FPT", 4.5, null],
    ["ACB", 1, 2],
  ]);
  assert.deepEqual(payload.top_negative.map((c) => c.symbol), ["VNM", "VIC"]);
  const market = contributions(view, "VNINDEX", 10);
  ContributionsSchema.parse(market);
  assert.deepEqual([market.members, market.sum], [2, null]);
});
