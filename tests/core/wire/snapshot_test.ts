import assert from "node:assert/strict";
import { isoVn, marketSnapshot } from "../../../core/wire/snapshot.ts";
import { MarketSnapshotSchema } from "../../../core/wire/snapshot_schema.ts";
import { NINE_THIRTY_MS, ROWS, World } from "../hub/world.ts";

function snapshotOf(prepare: (world: World) => void) {
  const world = World.started();
  prepare(world);
  world.tick();
  return marketSnapshot(world.hub.view());
}

Deno.test("The snapshot of a market full of numbers and of an empty one has the promised shape (F-032)", () => {
  const full = snapshotOf((world) => {
    world.put("board:vn30", "FPT", { last: 101_500, ref: 100_000, b1p: 101_400, b1v: 900, vol: 5 });
    world.put("index", "VN30", { value: 1_900.5, prior: 1_890, up: 20, down: 7, same: 3 });
    world.put("board:der", "41I1G8000", { last: 1_905, ref: 1_895.5, basis: 4.5, vol: 100 });
  });
  const empty = marketSnapshot(new World().hub.view());
  for (const snapshot of [full, empty]) {
    MarketSnapshotSchema.parse(snapshot);
    assert.deepEqual(JSON.parse(JSON.stringify(snapshot)), snapshot);
  }
  assert.deepEqual([empty.seq, empty.epoch, empty.as_of], [0, "", null]);
});

Deno.test("Every row is there, also the symbols that have not traded", () => {
  const { quotes, prices, indices, derivatives } = snapshotOf(() => {});
  assert.deepEqual(Object.keys(prices), ["ACB", "FPT", "VNM", "41I1G8000"]);
  assert.deepEqual(Object.keys(quotes), Object.keys(prices));
  assert.deepEqual(Object.keys(indices), ["VN30", "VNINDEX"]);
  assert.deepEqual(Object.keys(derivatives), ["41I1G8000"]);
});

Deno.test("Before the first match last and change are null, never minus one hundred per cent", () => {
  const { prices, indices } = snapshotOf((world) => {
    world.put("board:vn30", "FPT", { ref: 100_000, ceil: 107_000, floor: 93_000 });
    world.put("index", "VN30", { prior: 1_900 });
  });
  assert.deepEqual(prices.FPT, {
    last: null,
    change: null,
    change_pct: null,
    ref: 100_000,
    ceiling: 107_000,
    floor: 93_000,
  });
  assert.deepEqual([indices.VN30!.change, indices.VN30!.ratio], [null, null]);
});

Deno.test("Changes are differences to the reference with two decimals and per cent of it", () => {
  const { prices, indices } = snapshotOf((world) => {
    world.put("board:vn30", "FPT", { last: 26_550, ref: 26_400 });
    world.put("index", "VN30", { value: 1_900.34, prior: 1_889.01, up: 9, down: 1, same: 2 });
  });
  assert.deepEqual([prices.FPT!.change, prices.FPT!.change_pct], [150, 0.57]);
  const { change, ratio, advance_ratio } = indices.VN30!;
  assert.deepEqual([change, ratio, advance_ratio], [11.33, 0.6, 0.9]);
});

Deno.test("The book has three levels; a market-order row keeps its volume and has no price", () => {
  const { quotes } = snapshotOf((world) => {
    world.put("board:vn30", "FPT", { b1p: null, b1v: 500, b3p: 1, b3v: 2, a2p: 3, a2v: 4, vol: 9 });
  });
  const { bid_price_1, bid_volume_1, bid_price_3, bid_volume_3, ask_price_2, ask_volume_2 } = quotes
    .FPT!;
  assert.deepEqual([bid_price_1, bid_volume_1, bid_price_3, bid_volume_3], [null, 500, 1, 2]);
  assert.deepEqual([ask_price_2, ask_volume_2, quotes.FPT!.total_volume], [3, 4, 9]);
});

Deno.test("A basis above zero is a premium, below a discount, and exactly zero neither", () => {
  const isPremium = (basis: number | null) =>
    snapshotOf((world) => {
      world.put("index", "VN30", { value: 2_000 });
      world.put("board:der", "41I1G8000", { last: 2_000, basis });
    }).derivatives["41I1G8000"]!;
  assert.deepEqual([isPremium(5).is_premium, isPremium(5).basis_pct], [true, 0.25]);
  assert.deepEqual([isPremium(-5).is_premium, isPremium(-5).basis_pct], [false, -0.25]);
  assert.deepEqual([isPremium(0).is_premium, isPremium(0).basis_pct], [null, 0]);
  assert.deepEqual([isPremium(null).is_premium, isPremium(null).basis_pct], [null, null]);
});

Deno.test("Foreign flow is net per symbol and in total; a symbol without flow counts as nothing", () => {
  const { foreign } = snapshotOf((world) => {
    world.put("board:vn30", "FPT", { fBuy: 700, fSell: 200, room: 10 });
    world.put("board:vn30", "ACB", { fBuy: 0, fSell: 900 });
  });
  assert.equal(foreign.stocks.FPT!.net_volume, 500);
  assert.equal(foreign.stocks.VNM!.net_volume, null);
  const { total_buy_volume, total_sell_volume, total_net_volume } = foreign;
  assert.deepEqual([total_buy_volume, total_sell_volume, total_net_volume], [700, 1_100, -400]);
});

Deno.test("Times are ISO 8601 with the offset of Viet Nam; a stale feed is not connected", () => {
  assert.equal(isoVn(NINE_THIRTY_MS), "2026-08-03T09:30:00.000+07:00");
  const world = World.started();
  world.put("board:vn30", "FPT", { last: 1 });
  world.tick();
  world.hub.markStale("worker died", world.nowMs);
  const { as_of, feed, data_status } = marketSnapshot(world.hub.view());
  assert.equal(as_of, "2026-08-03T09:30:00.000+07:00");
  assert.equal(data_status, "stale");
  assert.deepEqual([feed.connected, feed.reason], [false, "worker died"]);
});

Deno.test("A member that is an extra symbol as well is added up once", () => {
  const world = new World();
  world.publisher.setRows({ ...ROWS, "board:extra": ["FPT", "HUT"] }, "e1");
  world.put("board:vn30", "FPT", { fBuy: 700, fSell: 200 });
  world.put("board:extra", "FPT", { fBuy: 700, fSell: 200 });
  world.put("board:extra", "HUT", { fBuy: 5, fSell: 0 });
  world.tick();
  const { foreign } = marketSnapshot(world.hub.view());
  assert.deepEqual([foreign.total_buy_volume, foreign.total_sell_volume], [705, 200]);
});
