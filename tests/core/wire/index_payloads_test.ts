import assert from "node:assert/strict";
import { contributions } from "../../../core/wire/contributions.ts";
import { indexIntraday } from "../../../core/wire/index_intraday.ts";
import { auctionPaths } from "../../../core/wire/auction_path.ts";
import { indexBreadth } from "../../../core/wire/index_breadth.ts";
import {
  AuctionPathsSchema,
  ContributionsSchema,
  IndexBreadthSchema,
  IndexIntradaySchema,
} from "../../../core/wire/index_schema.ts";
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

Deno.test("Breadth over the day is of one index, with the close of the day before", () => {
  const breadth = [
    [at("09:16:00"), "VN30", 190_050, 20, 3, 7, 1, 0],
    [at("09:16:00"), "HNXINDEX", 25_000, null, null, null, null, null],
    [at("09:17:00"), "VN30", 190_100, 21, 2, 7, 1, 0],
  ] as const;
  const view = fakeView({
    logs: { breadth },
    tables: { index: [{ symbol: "VN30", prior: 1_889 }] },
  });
  const payload = IndexBreadthSchema.parse(indexBreadth(view, "VN30"));
  assert.deepEqual([payload.prior, payload.points.map(({ value }) => value)], [1_889, [
    1_900.5,
    1_901,
  ]]);
  assert.deepEqual(payload.points[1], {
    timestamp: "2026-11-25T09:17:00.000+07:00",
    value: 1_901,
    ...{ advances: 21, no_changes: 2, declines: 7, ceilings: 1, floors: 0 },
  });
  const hnx = IndexBreadthSchema.parse(indexBreadth(view, "HNXINDEX"));
  assert.deepEqual([hnx.prior, hnx.points[0]!.advances], [null, null]);
});

Deno.test("An auction shows the feed's estimate beside what its members imply, with the difference (N-04)", () => {
  const auction = [
    [at("09:00:05"), "ato", null, 190_000, 2, ["FPT", "VNM"], [9_500_000, 6_000_000]],
    [at("09:00:10"), "ato", 190_025, 190_100, 2, ["FPT"], [9_510_000]],
    [at("14:30:05"), "atc", 190_000, null, 0, [], []],
  ] as const;
  const { auctions } = AuctionPathsSchema.parse(auctionPaths(fakeView({ logs: { auction } })));
  assert.deepEqual(auctions.map((course) => course.auction), ["ato", "atc"]);
  const [first, second] = auctions[0]!.points;
  assert.deepEqual([first!.estimate, first!.difference], [null, null]);
  assert.deepEqual([second!.estimate, second!.implied, second!.difference], [
    1_900.25,
    1_901,
    0.75,
  ]);
  assert.deepEqual(auctions[0]!.members.FPT!.map(({ price }) => price), [95_000, 95_100]);
  assert.deepEqual(AuctionPathsSchema.parse(auctionPaths(fakeView())).auctions, []);
});
