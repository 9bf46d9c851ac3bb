import assert from "node:assert/strict";
import { volumeStats } from "../../../core/wire/volume_stats.ts";
import { VolumeStatsSchema } from "../../../core/wire/volume_schema.ts";
import { fakeView } from "./fake_view.ts";

const FPT = {
  symbol: "FPT",
  buy: 111,
  sell: 222,
  none: 333,
  total: 666,
  buyVal: 1_110,
  sellVal: 2_220,
  noneVal: 3_330,
  atoBuy: 0,
  atoSell: 0,
  atoNone: 100,
  contBuy: 100,
  contSell: 200,
  contNone: 30,
  atcBuy: 0,
  atcSell: 0,
  atcNone: 200,
  ploBuy: 11,
  ploSell: 22,
  ploNone: 0,
  otherBuy: 0,
  otherSell: 0,
  otherNone: 3,
  missing: 34,
  day: 700,
  buyPctMin: 30,
  buyPctMax: 41.5,
  mFeed: 300,
  mQuote: 20,
  mTick: 10,
  mAuction: 300,
  mNone: 36,
  agree: 290,
  disagree: 10,
};
const boards = {
  "board:vn30": [{ symbol: "FPT" }, { symbol: "VNM" }],
  "board:extra": [{ symbol: "FPT" }],
  "board:der": [{ symbol: "41I1GC000" }],
};
const tables = {
  volume: [FPT, { symbol: "41I1GC000", contBuy: 5, contSell: 5 }, { symbol: "HUT", contBuy: 2 }],
};
const view = fakeView({ boards, tables });

Deno.test("The overall volumes are exactly ato, continuous and atc, with the rest beside them (F-086)", () => {
  const payload = volumeStats(view, ["FPT"]);
  VolumeStatsSchema.parse(payload);
  const [stats] = payload.stats;
  const overall = [
    stats!.mua_chu_dong_volume,
    stats!.ban_chu_dong_volume,
    stats!.neutral_volume,
    stats!.total_volume,
  ];
  assert.deepEqual(overall, [100, 200, 330, 630]);
  assert.deepEqual([stats!.ato.total_volume, stats!.continuous.total_volume], [100, 330]);
  assert.deepEqual([stats!.atc.total_volume, stats!.plo.total_volume], [200, 33]);
  assert.deepEqual([stats!.other.neutral_volume, stats!.buy_pct], [3, 33.33]);
});

Deno.test("What was not seen stands beside what was, with honest bounds (N-02, N-03)", () => {
  const [stats] = volumeStats(view, ["FPT"]).stats;
  assert.deepEqual([stats!.missing_volume, stats!.day_volume], [34, 700]);
  assert.deepEqual([stats!.buy_pct_min, stats!.buy_pct_max], [30, 41.5]);
  assert.equal(stats!.methods.auction, 300);
});

Deno.test("The boards are the default scope, each symbol once; the market is the other (F-086)", () => {
  const symbols = (scope: "board" | "all") =>
    volumeStats(view, scope).stats.map(({ symbol }) => symbol);
  assert.deepEqual(symbols("board"), ["FPT", "41I1GC000"]);
  assert.deepEqual(symbols("all"), ["FPT", "41I1GC000", "HUT"]);
});

Deno.test("Totals add the entries up, and a symbol without volumes is named (F-086)", () => {
  const payload = volumeStats(view, ["FPT", "HUT", "NONE"]);
  VolumeStatsSchema.parse(payload);
  const { totals, missing_symbols } = payload;
  assert.deepEqual(missing_symbols, ["NONE"]);
  assert.deepEqual([totals.mua_chu_dong_volume, totals.total_volume], [102, 632]);
  assert.deepEqual([totals.mua_chu_dong_value, totals.missing_volume], [1_110, 34]);
  assert.equal(totals.buy_pct, 33.77);
  const empty = volumeStats(fakeView(), "all");
  VolumeStatsSchema.parse(empty);
  assert.deepEqual([empty.stats, empty.totals.total_volume, empty.totals.buy_pct], [[], 0, null]);
});
