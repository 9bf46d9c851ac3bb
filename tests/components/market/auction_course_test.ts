import assert from "node:assert/strict";
import {
  auctionLines,
  auctionPoints,
  auctionTicks,
} from "../../../components/market/auction_course.ts";
import { auctionPaths } from "../../../core/wire/auction_path.ts";
import { at, fakeView } from "../../core/wire/fake_view.ts";

const auction = [
  [at("09:00:05"), "ato", null, 190_000, 2, ["FPT", "VNM"], [9_500_000, 6_000_000]],
  [at("09:07:30"), "ato", 190_025, 190_100, 2, ["FPT"], [9_400_000]],
  [at("14:45:00"), "atc", 190_000, null, 0, [], []],
] as const;
const [ato, atc] = auctionLines(auctionPaths(fakeView({ logs: { auction } })));

Deno.test("An auction is drawn over its fifteen minutes, each line where it has values (N-04)", () => {
  assert.deepEqual(auctionPoints(ato!, "estimate"), [{
    at: 0.5,
    value: 1_900.25,
    label: "09:07:30",
  }]);
  assert.equal(auctionPoints(ato!, "implied").length, 2);
  assert.deepEqual(auctionPoints(atc!, "implied"), []);
  assert.equal(auctionPoints(atc!, "estimate")[0]!.at, 1);
  assert.deepEqual(auctionTicks("atc").map(({ label }) => label), [
    "14:30",
    "14:35",
    "14:40",
    "14:45",
  ]);
});

Deno.test("Of each member the expected price and its range are kept (N-04)", () => {
  assert.deepEqual(ato!.members, [
    ["FPT", 94_000, 95_000, 94_000],
    ["VNM", 60_000, 60_000, 60_000],
  ]);
});
