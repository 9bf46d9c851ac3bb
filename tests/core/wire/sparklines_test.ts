import assert from "node:assert/strict";
import { sparklineOf, sparklines } from "../../../core/wire/sparklines.ts";
import { SparklinesSchema } from "../../../core/wire/sparklines_schema.ts";
import { at, fakeView } from "./fake_view.ts";

const prices = [
  [at("09:20:00"), ["FPT", "VNM"], [9_500_000, 6_000_000]],
  [at("09:25:00"), ["VNM"], [6_010_050]],
  [at("09:30:00"), ["FPT"], [9_510_000]],
] as const;
const stock = [
  { symbol: "FPT", last: 95_200 },
  { symbol: "VNM", last: 60_100.5 },
  { symbol: "HPG", last: null },
];
const view = fakeView({
  asOfMs: at("09:32:00"),
  logs: { prices },
  tables: { stock },
  boards: { "board:vn30": [{ symbol: "FPT" }], "board:der": [{ symbol: "FPT" }] },
});

Deno.test("A path has the prices that moved and ends with the price now; without a trade it is empty (B-33)", () => {
  const paths = sparklineOf(view, ["FPT", "HPG", "NONE"]);
  assert.deepEqual([...paths], [
    ["FPT", [[at("09:20:00"), 95_000], [at("09:30:00"), 95_100], [at("09:32:00"), 95_200]]],
    ["HPG", []],
    ["NONE", []],
  ]);
});

Deno.test("The price now is no point of its own at the very end of a step", () => {
  const early = fakeView({ asOfMs: at("09:30:00"), logs: { prices }, tables: { stock } });
  assert.equal(sparklineOf(early, ["FPT"]).get("FPT")!.length, 2);
});

Deno.test("The table has a price for every step: the last known one holds, before it there is none (B-33)", () => {
  const payload = sparklines(view, ["VNM", "FPT", "HPG", "NONE"]);
  SparklinesSchema.parse(payload);
  assert.equal(payload.step_seconds, 300);
  assert.deepEqual(payload.timestamps.map((time) => time.slice(11, 16)), [
    "09:20",
    "09:25",
    "09:30",
  ]);
  assert.deepEqual(payload.prices, {
    VNM: [60_000, 60_100.5, 60_100.5],
    FPT: [95_000, 95_000, 95_100],
    HPG: [null, null, null],
  });
  assert.deepEqual(payload.missing_symbols, ["NONE"]);
});

Deno.test("The board names each of its securities once, the market all of them", () => {
  assert.deepEqual(Object.keys(sparklines(view, "board").prices), ["FPT"]);
  assert.deepEqual(Object.keys(sparklines(view, "all").prices), ["FPT", "VNM", "HPG"]);
});
