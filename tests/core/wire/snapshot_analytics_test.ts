import assert from "node:assert/strict";
import { marketSnapshot } from "../../../core/wire/snapshot.ts";
import { MarketSnapshotSchema } from "../../../core/wire/snapshot_schema.ts";
import { fakeView } from "./fake_view.ts";

const DEC = "41I1GC000";
const VN100 = "41I2GC000";

const view = fakeView({
  boards: {
    "board:vn30": [{ symbol: "FPT", exchange: "HOSE", last: 101, ref: 100, fBuy: 7, room: 40 }],
    "board:der": [{ symbol: DEC, exchange: "DERIVATIVES", last: 1_905, basis: 5, b1p: 1_904 }],
  },
  tables: {
    index: [{
      symbol: "VN30",
      value: 1_900,
      prior: 1_890,
      open: 1_891,
      high: 1_902,
      low: 1_888,
      ptVol: 50,
      ptVal: 5_000,
      up: 20,
      down: 5,
      same: 5,
      ceil: 1,
      floor: 0,
      members: 30,
      fUp: 0,
      contrib: 9.7,
      resid: 0.3,
    }],
    stock: [{ symbol: "HUT", exchange: "HNX", last: 20, ref: 19 }],
    foreign: [{
      symbol: "FPT",
      buyVol: 8,
      sellVol: 3,
      netVol: 5,
      netVal: 500,
      totalRoom: 100,
      roomUsed: 60,
      room: 40,
    }],
    flow: [{ symbol: "ALL", buyVol: 80, netVal: 9_000, buySpeed: 2, symbols: 900 }],
    derivatives: [
      {
        symbol: DEC,
        last: 1_905,
        bid: 1_904,
        underlying: "VN30",
        month: "2026-12",
        expiry: "2026-12-17",
        daysLeft: 22,
        active: 1,
        spot: 1_900,
        basis: 5,
        basisPct: 0.26,
        premium: "premium",
        fair: 1_903,
        fairLow: 1_900,
        fairHigh: 1_906,
        rich: 2,
        richVnd: 200_000,
        carryPct: 4.5,
        slope: -0.01,
        trend: "converging",
        spread: null,
        oi: null,
        basisTime: "09:59:58",
      },
      { symbol: VN100, underlying: "VN100", last: 1_800 },
    ],
  },
});
const snapshot = marketSnapshot(view);

Deno.test("The snapshot with all analytics in it has the promised shape (F-084, U-52, U-53, U-54, U-56)", () => {
  MarketSnapshotSchema.parse(snapshot);
  assert.deepEqual(JSON.parse(JSON.stringify(snapshot)), snapshot);
  assert.deepEqual(snapshot.prices.FPT, {
    last: 101,
    change: 1,
    change_pct: 1,
    ref: 100,
    ceiling: null,
    floor: null,
  });
});

Deno.test("An index has its range, put-through, counted breadth beside the feed's, and contribution (N-12, N-18)", () => {
  const vn30 = snapshot.indices.VN30!;
  assert.deepEqual([vn30.open, vn30.high, vn30.low], [1_891, 1_902, 1_888]);
  assert.deepEqual([vn30.put_through_volume, vn30.put_through_value], [50, 5_000]);
  assert.deepEqual([vn30.advances, vn30.feed_advances, vn30.members], [20, 0, 30]);
  assert.deepEqual(
    [vn30.contribution_points, vn30.contribution_residual, vn30.contribution_approximate],
    [9.7, 0.3, true],
  );
});

Deno.test("A future has U-54's fields with fair value, band, trend and expiry (U-54)", () => {
  const future = snapshot.derivatives[DEC]!;
  assert.deepEqual([future.last, future.bid, future.basis, future.basis_pct, future.is_premium], [
    1_905,
    1_904,
    5,
    0.26,
    true,
  ]);
  assert.deepEqual([future.fair_value, future.fair_low, future.fair_high, future.rich], [
    1_903,
    1_900,
    1_906,
    2,
  ]);
  assert.deepEqual([future.expiry, future.days_left, future.trend, future.is_active], [
    "2026-12-17",
    22,
    "converging",
    true,
  ]);
  assert.deepEqual(Object.keys(snapshot.derivatives), [DEC, VN100]);
});

Deno.test("What the source cannot give is said and is null, never zero (C-37)", () => {
  assert.deepEqual(snapshot.capabilities, {
    open_interest: false,
    put_through_tape: false,
    proprietary: false,
  });
  for (const future of Object.values(snapshot.derivatives)) {
    assert.equal(future.open_interest, null);
  }
});

Deno.test("Foreign flow has values and room per stock and totals per scope (U-55)", () => {
  const { stocks, scopes } = snapshot.foreign;
  assert.deepEqual(
    [stocks.FPT!.buy_volume, stocks.FPT!.net_value, stocks.FPT!.room_used_pct],
    [8, 500, 60],
  );
  assert.deepEqual([scopes.ALL!.buy_volume, scopes.ALL!.buy_speed, scopes.VN30], [80, 2, null]);
  assert.equal(snapshot.foreign.total_net_volume, 5);
});

Deno.test("A snapshot of named symbols holds them, from any board, and names those not known (F-084)", () => {
  const part = marketSnapshot(view, ["HUT", DEC, "NONE"]);
  MarketSnapshotSchema.parse(part);
  assert.deepEqual(Object.keys(part.quotes), ["HUT", DEC]);
  assert.deepEqual(Object.keys(part.prices), ["HUT", DEC]);
  assert.deepEqual(Object.keys(part.foreign.stocks), ["HUT"]);
  assert.deepEqual(Object.keys(part.derivatives), [DEC]);
  assert.deepEqual(Object.keys(part.indices), ["VN30"]);
  assert.deepEqual(part.missing_symbols, ["NONE"]);
  assert.deepEqual(snapshot.missing_symbols, []);
});
