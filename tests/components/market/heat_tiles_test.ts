import assert from "node:assert/strict";
import { numberStyleOf } from "../../../components/i18n.ts";
import {
  heatTiles,
  newestMinute,
  type Place,
  sectorName,
  shownTile,
} from "../../../components/market/heat_tiles.ts";

const rows = [
  { symbol: "VCB", val: 300e9, time: "10:41:59" },
  { symbol: "BID", val: 100e9, time: "10:42:03" },
  { symbol: "FPT", val: 200e9, time: null },
  { symbol: "NEW", val: 50e9 },
  { symbol: "HPG", val: null },
  { symbol: "GAS", val: 0 },
];
const area = ({ width, height }: Place) => width * height / 1e4;

Deno.test("Tiles are as large as what traded, by sector; who has not traded has none, an unknown name is under other", () => {
  const tiles = heatTiles(rows);
  assert.deepEqual(tiles.map(({ id, symbols }) => [id, symbols.map(({ symbol }) => symbol)]), [
    ["banks", ["VCB", "BID"]],
    ["technology", ["FPT"]],
    ["other", ["NEW"]],
  ]);
  const shares = tiles.map(({ place }) => area(place));
  assert.ok(shares.every((share, i) => Math.abs(share - [400, 200, 50][i]! / 650) < 1e-9));
  const [vcb, bid] = tiles[0]!.symbols.map(({ place }) => area(place));
  assert.ok(Math.abs(vcb! / bid! - 3) < 1e-9);
  assert.deepEqual(heatTiles([]), []);
});

Deno.test("A tile tells its change with sign, limits by letters, and what traded", () => {
  const [vi, limits] = [numberStyleOf("vi"), { ref: 100, ceil: 107, floor: 93 }];
  const percentOf = (last: number | null) =>
    shownTile({ symbol: "FPT", last, val: 1.25e9, ...limits }, vi);
  assert.deepEqual(percentOf(107), {
    symbol: "FPT",
    tone: "ce",
    percent: "CE +7,00%",
    turnover: "1,3 tỷ",
  });
  assert.equal(percentOf(93).percent, "FL -7,00%");
  assert.equal(percentOf(101.5).percent, "+1,50%");
  assert.deepEqual([percentOf(null).percent, percentOf(null).tone], ["–", ""]);
});

Deno.test("Sectors have names in both languages, and the newest minute is that of any row", () => {
  assert.deepEqual(["vi", "en"].map((lang) => sectorName("banks", lang as "vi", "Khác")), [
    "Ngân hàng",
    "Banks",
  ]);
  assert.equal(sectorName("other", "vi", "Khác"), "Khác");
  assert.deepEqual([newestMinute(rows), newestMinute([])], ["10:42", ""]);
});
