import assert from "node:assert/strict";
import fc from "fast-check";
import { BOARD_COLUMNS } from "../../../components/board/board_columns.ts";
import type { BoardLine, BoardStyle } from "../../../components/board/board_line.ts";
import { type CellView, toneOf } from "../../../components/cell_view.ts";
import { numberStyleOf } from "../../../components/i18n.ts";
import { INDEX_COLUMNS } from "../../../components/board/index_columns.ts";
import {
  BOARD_FIELDS,
  type BoardRow,
  INDEX_FIELDS,
  type IndexRow,
} from "../../../core/wire/board.ts";
import { HPG, VN30_INDEX } from "../fixture_rows.ts";

const vi = { ...numberStyleOf("vi"), priceScale: "thousand" } as const;

function viewOf(row: BoardLine, key: string, style: BoardStyle = vi): CellView {
  return BOARD_COLUMNS.find((column) => column.key === key)!.view(row, style);
}

function shown(row: BoardLine, key: string): [text: string, tone: string] {
  const { text, tone } = viewOf(row, key);
  return [text, tone];
}

Deno.test("A price takes its tone from its own row, limits before up and down", () => {
  const limits = { ref: 26_200, ceil: 28_000, floor: 24_400 };
  assert.equal(toneOf(28_000, limits), "ce");
  assert.equal(toneOf(27_950, limits), "up");
  assert.equal(toneOf(26_200, limits), "re");
  assert.equal(toneOf(26_150, limits), "dn");
  assert.equal(toneOf(24_400, limits), "fl");
  assert.equal(toneOf(null, limits), "");
  assert.equal(toneOf(26_000, {}), "");
});

Deno.test("Limits are compared as integers, so float noise hides no ceiling", () => {
  assert.equal(toneOf(0.1 + 0.2, { ref: 0.2, ceil: 0.3, floor: 0.1 }), "ce");
});

Deno.test("Every price cell of a row is coloured by its own value, volumes like their price", () => {
  assert.deepEqual(shown(HPG, "last"), ["26,55", "up"]);
  assert.deepEqual(shown(HPG, "lastVol"), ["12.300", "up"]);
  assert.deepEqual(shown(HPG, "high"), ["28,00", "ce"]);
  assert.deepEqual(shown(HPG, "low"), ["24,40", "fl"]);
  assert.deepEqual(shown(HPG, "avg"), ["26,55", "up"]);
  assert.deepEqual(shown(HPG, "b2p"), ["26,20", "re"]);
  assert.deepEqual(shown(HPG, "b2v"), ["1.000", "re"]);
  assert.deepEqual(shown(HPG, "b3p"), ["26,15", "dn"]);
  assert.deepEqual(shown(HPG, "vol"), ["12.345.600", ""]);
  assert.deepEqual(shown(HPG, "val"), ["327,65", ""]);
  assert.deepEqual(shown(HPG, "change"), ["+0,35", "up"]);
  assert.deepEqual(shown(HPG, "percent"), ["+1,34%", "up"]);
});

Deno.test("An empty book level stays blank while a room that is used up shows its zero", () => {
  assert.deepEqual(shown(HPG, "a2p"), ["", ""]);
  assert.deepEqual(shown(HPG, "a2v"), ["", ""]);
  assert.deepEqual(shown(HPG, "room"), ["0", ""]);
});

Deno.test("Before the first match nothing says -100 %, not even when the feed sends zero (B-46)", () => {
  for (const last of [null, 0, undefined]) {
    const row: BoardRow = { symbol: "FPT", ref: 100_000, ceil: 107_000, floor: 93_000, last };
    assert.deepEqual(shown(row, "last"), ["", ""]);
    assert.deepEqual(shown(row, "change"), ["", ""]);
    assert.deepEqual(shown(row, "percent"), ["", ""]);
    assert.deepEqual(shown(row, "symbol"), ["FPT", ""]);
    assert.deepEqual(shown(row, "ref"), ["100,00", "re"]);
  }
});

Deno.test("In a call auction the match column shows the expected price, marked as such", () => {
  const row: BoardRow = { ...HPG, session: "ATC", est: 24_400 };
  assert.deepEqual(shown(row, "last"), ["24,40", "fl"]);
  assert.equal(viewOf(row, "last").expected, true);
  assert.deepEqual(shown(row, "lastVol"), ["", ""]);
  assert.deepEqual(shown(row, "change"), ["-1,80", "fl"]);
  const afterwards: BoardRow = { ...HPG, session: "LO", est: 24_400 };
  assert.deepEqual(shown(afterwards, "last"), ["26,55", "up"]);
});

Deno.test("A market-order row shows the auction's name in place of a price", () => {
  const row: BoardRow = { ...HPG, session: "ATO", b1p: null, b1v: 125_600 };
  assert.deepEqual(shown(row, "b1p"), ["ATO", ""]);
  assert.deepEqual(shown(row, "b1v"), ["125.600", ""]);
  assert.deepEqual(shown({ ...row, session: null }, "b1p"), ["ATO/ATC", ""]);
});

Deno.test("A trading status out of the ordinary stands beside the symbol", () => {
  assert.deepEqual(shown({ ...HPG, status: "H" }, "symbol"), ["HPG (H)", "up"]);
});

Deno.test("A future is shown in points", () => {
  const row: BoardRow = {
    symbol: "41I1GC000",
    exchange: "DERIVATIVES",
    ref: 1250,
    last: 1250.3,
    avg: 1250.25,
  };
  assert.deepEqual(shown(row, "last"), ["1.250,3", "up"]);
  assert.deepEqual(shown(row, "change"), ["+0,3", "up"]);
  assert.deepEqual(shown(row, "avg"), ["1.250,25", "up"]);
});

Deno.test("Prices are written in thousands of VND or in VND, futures in points either way", () => {
  const inVnd = { ...vi, priceScale: "vnd" } as const;
  assert.equal(viewOf(HPG, "last", inVnd).text, "26.550");
  assert.equal(viewOf(HPG, "change", inVnd).text, "+350");
  const future = { symbol: "41I1GC000", exchange: "DERIVATIVES", ref: 1250, last: 1250.3 };
  assert.equal(viewOf(future, "last", inVnd).text, "1.250,3");
});

Deno.test("The mean of a sector is sorted among the changes of its members", () => {
  const sum = { name: "Banks", members: 3, meanPercentE2: -125 };
  const { text, tone, sortKey } = viewOf({ symbol: "sector:banks", sum }, "percent");
  assert.deepEqual([text, tone], ["-1,25%", "dn"]);
  const member = { symbol: "VCB", exchange: "HOSE", ref: 100_000, last: 98_750 };
  assert.equal(sortKey, viewOf(member, "percent").sortKey);
});

Deno.test("A future shows its expiry, its distance from index and theory, and an honest N/A (F-209)", () => {
  const line: BoardLine = {
    ...{ symbol: "41I1GC000", exchange: "DERIVATIVES", last: 1250.3, basis: 0.8 },
    ...{ expiry: "2026-12-17", daysLeft: 21, fair: 1252.55, rich: -2.25 },
  };
  assert.deepEqual(shown(line, "symbol"), ["41I1GC000", ""]);
  assert.deepEqual(shown({ ...line, series: "VN30F1M" }, "symbol"), ["VN30F1M", ""]);
  assert.deepEqual(shown(line, "expiry"), ["17/12/2026", ""]);
  assert.deepEqual(shown(line, "daysLeft"), ["21", ""]);
  assert.deepEqual(shown(line, "basis"), ["+0,80", "up"]);
  assert.deepEqual(shown(line, "fair"), ["1.252,55", ""]);
  assert.deepEqual(shown(line, "rich"), ["-2,25", "dn"]);
  assert.deepEqual(shown(line, "oi"), ["N/A", ""]);
});

Deno.test("Pressure is the share of active buying and selling, and nothing before either (U-33)", () => {
  const line = { ...HPG, buyVol: 300, sellVol: 100, neutVol: 600 };
  const { text, sortKey, strokes } = viewOf(line, "pressure");
  assert.equal(text, "▲ 75% ▼ 25%");
  assert.equal(sortKey, 0.75);
  assert.deepEqual(strokes?.map(({ tone, d }) => [tone, d.slice(0, d.indexOf("v"))]), [
    ["up", "M0 8h30"],
    ["dim", "M30 8h60"],
    ["dn", "M90 8h10"],
  ]);
  assert.deepEqual(shown({ ...HPG, neutVol: 600 }, "pressure"), ["", ""]);
});

Deno.test("A row's trend is the day's price as a line above its reference (U-28)", () => {
  const view = viewOf({ ...HPG, path: [560, 26_200, 570, 26_550] }, "trend");
  assert.equal(view.text, "26,20 → 26,55 (26,20 – 26,55)");
  assert.deepEqual(view.strokes, [
    { tone: "dim", d: "M0 26H100" },
    { tone: "up", d: "M12 26H16V4" },
  ]);
  assert.deepEqual(shown(HPG, "trend"), ["", ""]);
});

Deno.test("An index shows change, volume in millions, value in billions and its breadth", () => {
  const texts = INDEX_COLUMNS.map((column) => column.view(VN30_INDEX, vi).text);
  assert.deepEqual(texts, [
    "VN30",
    "1.893,22",
    "+13,12",
    "+0,70%",
    "423,5 tr",
    "12.346 tỷ",
    "18 (1)",
    "2",
    "10",
  ]);
});

const anyCell = fc.oneof(
  fc.constant(null),
  fc.constant(undefined),
  fc.constantFrom(0, -1, NaN, Infinity, -Infinity, 1e13, 0.005),
  fc.double({ min: 0, max: 200_000 }),
  fc.integer({ min: 0, max: 5_000_000_000 }),
  fc.constantFrom("", "ATO", "ATC", "LO", "H", "DERIVATIVES", "HOSE"),
);

function anyRow(fields: readonly string[]) {
  return fc.record(Object.fromEntries(fields.map((field) => [field, anyCell]))).map((cells) => ({
    ...cells,
    symbol: "XYZ",
  }));
}

Deno.test("No row whatsoever shows NaN, undefined, null or Infinity", () => {
  const broken = /NaN|undefined|null|Infinity/;
  fc.assert(fc.property(anyRow(BOARD_FIELDS), (row) => {
    for (const column of BOARD_COLUMNS) {
      const view = column.view(row as BoardRow, vi);
      assert.doesNotMatch(view.text, broken, column.key);
      assert.match(view.tone, /^(ce|up|re|dn|fl|)$/, column.key);
    }
  }));
  fc.assert(fc.property(anyRow(INDEX_FIELDS), (row) => {
    for (const column of INDEX_COLUMNS) {
      assert.doesNotMatch(column.view(row as IndexRow, vi).text, broken, column.key);
    }
  }));
});
