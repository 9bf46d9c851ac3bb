import assert from "node:assert/strict";
import { BoardLines } from "../../../components/board/board_lines.ts";
import { sectorRank, sectorSums } from "../../../components/board/sectors.ts";
import type { BoardRow } from "../../../core/wire/board.ts";
import { deltaOf, HPG, snapshotOf } from "../fixture_rows.ts";

const TEN = Date.parse("2026-11-20T03:00:00Z");

function linesOf(rows: readonly BoardRow[], paths = {}): BoardLines {
  const lines = new BoardLines({ sumsOf: (rows) => sectorSums(rows, "en"), paths });
  lines.snapshot({ ...snapshotOf("board:vn30", rows), t: TEN });
  return lines;
}

Deno.test("The line of a sector is the sum of its members, and follows them", () => {
  const bank = { ref: 100, last: 102, vol: 10, val: 1_000, fBuy: 4, fSell: 1, exchange: "HOSE" };
  const rows: BoardRow[] = [
    { symbol: "ACB", ...bank },
    { symbol: "VCB", ...bank, last: 98, vol: 5 },
    { symbol: "BID", ref: 100 },
    HPG,
  ];
  const lines = linesOf(rows);
  const banks = () => lines.lines.find(({ symbol }) => symbol === "sector:banks")!;
  assert.deepEqual(banks().sum, { name: "Banks", members: 3, meanPercentE2: 0 });
  assert.deepEqual([banks().vol, banks().val, banks().fBuy, banks().fSell], [15, 2_000, 8, 2]);
  const touched: string[] = [];
  lines.delta(deltaOf("board:vn30", 1, { last: 102, vol: 6 }), (symbol) => touched.push(symbol));
  assert.ok(touched.includes("VCB") && touched.includes("sector:banks"));
  assert.equal(banks().sum!.meanPercentE2, 200);
  assert.equal(banks().vol, 16);
});

Deno.test("A sector stands above its members, and sectors in their own order", () => {
  const sorted = [...linesOf([HPG, { symbol: "VCB" }, { symbol: "XYZ" }]).lines]
    .sort((a, b) => sectorRank(a) - sectorRank(b)).map(({ symbol }) => symbol);
  assert.deepEqual(sorted, [
    ...["sector:banks", "VCB", "sector:steel", "HPG", "sector:other", "XYZ"],
  ]);
});

Deno.test("A price of the day goes on from what the server knows (B-33)", () => {
  const lines = linesOf([HPG], { HPG: [550, 26_300] });
  const [line] = lines.lines.filter(({ symbol }) => symbol === "HPG");
  assert.deepEqual(line!.path, [550, 26_300, 600, 26_550]);
  lines.delta({ ...deltaOf("board:vn30", 0, { last: 26_600 }), t: TEN + 6 * 60_000 }, () => {});
  assert.deepEqual(line!.path, [550, 26_300, 600, 26_550, 606, 26_600]);
});

Deno.test("A line whose morning is unknown has no trend until the server tells it", () => {
  const lines = linesOf([HPG]);
  assert.equal(lines.lacksPath("HPG"), true);
  assert.equal(lines.lacksPath("sector:steel"), false);
  const touched: string[] = [];
  lines.addPaths(new Map([["HPG", [550, 26_300]]]), (symbol) => touched.push(symbol));
  assert.deepEqual(touched, ["HPG"]);
  assert.equal(lines.lacksPath("HPG"), false);
});

Deno.test("An earlier minute shows no later price, and takes none away", () => {
  const lines = linesOf([HPG], { HPG: [550, 26_300] });
  lines.snapshot({ ...snapshotOf("board:vn30", [HPG]), t: TEN - 40 * 60_000 });
  const path = () => lines.lines.find(({ symbol }) => symbol === "HPG")!.path;
  assert.deepEqual(path(), [550, 26_300, 560, 26_550]);
  lines.snapshot({ ...snapshotOf("board:vn30", [HPG]), t: TEN });
  assert.deepEqual(path()!.slice(-2), [600, 26_550]);
});

Deno.test("A leap over minutes that nobody told asks for the prices anew, a step does not (N-15)", () => {
  const lines = linesOf([HPG], { HPG: [550, 26_300] });
  const show = (minutes: number) =>
    lines.snapshot({ ...snapshotOf("board:vn30", [HPG]), t: TEN + minutes * 60_000 });
  show(5);
  assert.equal(lines.lacksPath("HPG"), false);
  show(30);
  assert.equal(lines.lacksPath("HPG"), true);
  lines.addPaths(new Map([["HPG", [550, 26_300, 615, 26_500]]]), () => {});
  const [line] = lines.lines.filter(({ symbol }) => symbol === "HPG");
  assert.deepEqual(line!.path, [550, 26_300, 615, 26_500, 630, 26_550]);
});

Deno.test("Another day forgets the prices of the one before, another epoch of the day does not", () => {
  const lines = linesOf([HPG], { HPG: [550, 26_300] });
  lines.snapshot({ ...snapshotOf("board:vn30", [HPG], "e2"), t: TEN });
  assert.equal(lines.lacksPath("HPG"), false);
  lines.snapshot({ ...snapshotOf("board:vn30", [HPG], "e2"), t: TEN + 86_400_000 });
  assert.equal(lines.lacksPath("HPG"), true);
  assert.equal(lines.lines.find(({ symbol }) => symbol === "HPG")!.path, undefined);
});

Deno.test("A future gets expiry and theory from its analytics, whichever comes first", () => {
  const future = { symbol: "41I1GC000", exchange: "DERIVATIVES", last: 1250 };
  const known = { underlying: "VN30", expiry: "2026-12-17", daysLeft: 21, fair: 1251.5, last: 1 };
  const listed = [
    { symbol: "41I1H1000", underlying: "VN30", expiry: "2027-01-21" },
    { symbol: future.symbol, ...known },
    { symbol: "41I2GC000", underlying: "VN100", expiry: "2026-12-17" },
    ...["2027-03-18", "2027-06-17", "2027-09-16"].map((expiry) => {
      return { symbol: expiry, underlying: "VN30", expiry };
    }),
    { symbol: "41I2H1000", underlying: "VN100" },
  ];
  const analytics = snapshotOf("derivatives", listed);
  const others = ["41I1H1000", "41I2GC000", "2027-06-17", "2027-09-16", "41I2H1000"];
  const board = snapshotOf("board:der", [future, ...others.map((symbol) => ({ symbol }))]);
  for (const isBoardFirst of [true, false]) {
    const lines = new BoardLines({ sumsOf: null, paths: {} });
    if (isBoardFirst) lines.snapshot(board);
    lines.futures(analytics);
    if (!isBoardFirst) lines.snapshot(board);
    const [line] = lines.lines;
    assert.deepEqual([line!.expiry, line!.daysLeft, line!.fair], ["2026-12-17", 21, 1251.5]);
    assert.equal(line!.last, 1250);
    const series = ["VN30F1M", "VN30F2M", "VN100F1M", "VN30F2Q", null, null];
    assert.deepEqual(lines.lines.map((each) => each.series ?? null), series);
  }
});
