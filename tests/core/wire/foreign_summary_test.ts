import assert from "node:assert/strict";
import { sectorOf, VN30_SECTORS } from "../../../core/market/vn30.ts";
import { foreignDetail, foreignSummary } from "../../../core/wire/foreign_summary.ts";
import { ForeignDetailSchema } from "../../../core/wire/foreign_schema.ts";
import { at, fakeView, type Held } from "./fake_view.ts";

const MEMBERS = ["ACB", "BID", "FPT", "HPG", "MWG", "SSI", "TCB", "VCB", "VHM", "VIC", "VNM"];
const boards = { "board:vn30": MEMBERS.map((symbol) => ({ symbol })) };

/** A flow with a net value, bought for two and sold for the rest. */
function flow(symbol: string, netVal: number | null) {
  const buyVal = netVal === null ? null : 2_000 + netVal;
  const sellVal = netVal === null ? null : 2_000;
  return { symbol, buyVol: 20, sellVol: 10, netVol: 10, buyVal, sellVal, netVal };
}

/** The sums of a scope. */
function scope(symbol: string, netVal: number) {
  return { ...flow(symbol, netVal), symbols: 1 };
}

Deno.test("The summary of an empty market and of a full one has the promised shape (F-049)", () => {
  const full = fakeView({
    boards,
    tables: {
      foreign: [{ ...flow("FPT", 500), approx: 1, time: "09:59:58", buyDelta: 3, sellDelta: 0 }],
      flow: [
        {
          ...flow("VN30", 900),
          symbols: 30,
          buySpeed: 5,
          sellSpeed: 4,
          buyAccel: 1,
          sellAccel: -1,
        },
        { ...flow("HOSE", 700), symbols: 400 },
        { ...flow("sector:technology", 500), symbols: 1 },
      ],
    },
  });
  for (const view of [full, fakeView({ asOfMs: null, status: { tradingDate: null } })]) {
    for (const scope of ["vn30", "all"] as const) {
      const detail = foreignDetail(view, scope, { series: "1m" });
      ForeignDetailSchema.parse(detail);
      assert.deepEqual(JSON.parse(JSON.stringify(detail)), detail);
    }
  }
  const summary = foreignSummary(full, "vn30");
  assert.deepEqual(
    [summary.total_net_value, summary.buy_speed, summary.sell_acceleration],
    [900, 5, -1],
  );
  assert.deepEqual([summary.market.HOSE?.net_value, summary.market.HNX], [700, null]);
  assert.deepEqual([summary.as_of, summary.seq, summary.epoch, summary.data_status], [
    "2026-11-25T10:00:00.000+07:00",
    7,
    "e1",
    "live",
  ]);
});

Deno.test("Top movers are five net buyers and five net sellers by value, never the same (F-049, U-19, U-51)", () => {
  const values = [9, 8, 8, 7, 6, 5, -1, -2, 0, -2, null];
  const rows = MEMBERS.map((symbol, i) => flow(symbol, values[i]!));
  const { top_buy, top_sell } = foreignSummary(fakeView({ boards, tables: { foreign: rows } }));
  const names = (list: typeof top_buy) => list.map(({ symbol }) => symbol);
  // Equal values stand by symbol; the sixth buyer, the zero and the unknown are in neither list.
  assert.deepEqual(names(top_buy), ["ACB", "BID", "FPT", "HPG", "MWG"]);
  assert.deepEqual(names(top_sell), ["VCB", "VIC", "TCB"]);
});

Deno.test("With few movers each list holds only its own kind (F-049)", () => {
  const view = fakeView({ boards, tables: { foreign: [flow("FPT", 1), flow("VNM", -1)] } });
  const { top_buy, top_sell } = foreignSummary(view);
  assert.deepEqual([top_buy.length, top_sell.length], [1, 1]);
  assert.deepEqual([top_buy[0]!.symbol, top_sell[0]!.symbol], ["FPT", "VNM"]);
});

Deno.test("The VN30 scope lists its members, the other one everybody, each with U-55's fields (F-085, U-55)", () => {
  const view = fakeView({
    boards,
    tables: {
      foreign: [
        flow("XYZ", 5),
        {
          ...flow("FPT", 500),
          room: 250,
          totalRoom: 1_000,
          roomUsed: 75,
          buySpeed: 30,
          sellSpeed: 5,
        },
      ],
    },
  });
  const [fpt, ...rest] = foreignDetail(view, "vn30", {}).stocks;
  assert.deepEqual(rest, []);
  assert.deepEqual(fpt, {
    symbol: "FPT",
    sector: "technology",
    buy_volume: 20,
    sell_volume: 10,
    net_volume: 10,
    buy_value: 2_500,
    sell_value: 2_000,
    net_value: 500,
    buy_speed: 30,
    sell_speed: 5,
    buy_acceleration: null,
    sell_acceleration: null,
    total_room: 1_000,
    current_room: 250,
    room_used_pct: 75,
    room_exhaustion_minutes: 10,
    is_approximate: null,
    time: null,
    buy_delta: null,
    sell_delta: null,
  });
  const everybody = foreignDetail(view, "all", {}).stocks;
  assert.deepEqual(everybody.map(({ symbol, sector }) => [symbol, sector]), [
    ["FPT", "technology"],
    ["XYZ", "other"],
  ]);
});

Deno.test("With top only the securities of the largest foreign turnover are listed, and the sums stay", () => {
  const view = fakeView({
    boards,
    tables: {
      foreign: [flow("ACB", 10), flow("BID", 400), flow("FPT", -900), flow("VNM", null)],
      flow: [scope("ALL", 7)],
    },
  });
  const { stocks, summary } = foreignDetail(view, "all", { top: 2 });
  // Bought and sold together are 4,400, 4,010 and 3,100.
  assert.deepEqual(stocks.map(({ symbol }) => symbol), ["ACB", "BID"]);
  assert.equal(summary.top_sell[0]?.symbol, "FPT");
  assert.equal(summary.total_net_value, 7);
  assert.equal(foreignDetail(view, "all", { top: 500 }).stocks.length, 4);
});

Deno.test("The room clock runs only while foreigners take more than they give back (N-08)", () => {
  type Cell = number | null;
  const minutes = (room: Cell, buySpeed: Cell, sellSpeed: Cell, totalRoom = 1_000) => {
    const row = { symbol: "FPT", room, buySpeed, sellSpeed, totalRoom };
    const view = fakeView({ boards, tables: { foreign: [row] } });
    return foreignDetail(view, "vn30", {}).stocks[0]!.room_exhaustion_minutes;
  };
  assert.equal(minutes(100, 30, 0), 3.3);
  assert.equal(minutes(100, 30, 20), 10);
  assert.equal(minutes(0, 30, 20), 0);
  assert.equal(minutes(100, 30, 30), null);
  assert.equal(minutes(100, 20, 30), null);
  assert.equal(minutes(null, 30, 20), null);
  assert.equal(minutes(100, null, 20), null);
  // UPCOM: the feed gives no room.
  assert.equal(minutes(0, 30, 20, 0), null);
});

Deno.test("Sectors have ids of their own; a member that the list does not know is seen as other (F-223)", () => {
  assert.deepEqual(VN30_SECTORS.map(({ id }) => id), [
    "banks",
    "securities",
    "real-estate",
    "leisure",
    "consumer",
    "retail",
    "oil-gas",
    "steel",
    "rubber",
    "airlines",
    "technology",
  ]);
  assert.deepEqual([sectorOf("VCB"), sectorOf("FPT"), sectorOf("NEW")], [
    "banks",
    "technology",
    "other",
  ]);
  const tables = {
    flow: [
      scope("sector:other", 1),
      scope("sector:banks", 2),
      scope("VN30", 3),
      { symbol: "sector:steel", symbols: null },
    ],
  };
  const { sectors } = foreignSummary(fakeView({ tables }));
  assert.deepEqual(sectors.map(({ id, name_vi, net_value }) => [id, name_vi, net_value]), [
    ["banks", "Ngân hàng", 2],
    ["other", "Ngành khác", 1],
  ]);
});

function seriesOf(held: Held) {
  return foreignDetail(fakeView(held), "vn30", { series: "1m" }).series!;
}

Deno.test("The day's course is cumulative, one point a minute, the last of each (F-225, C-18, B-31, B-33)", () => {
  const day = Array.from({ length: 22_000 }, (_, i) => {
    const scope = i % 2 === 0 ? "VN30" : "ALL";
    return [at("09:00:00") + i * 1_000, scope, i + 1, 1, 10 * i, 5] as const;
  });
  const { points, trading_date, interval } = seriesOf({ logs: { flow: day } });
  assert.deepEqual([trading_date, interval, points.length], ["2026-11-25", "1m", 367]);
  assert.deepEqual(points[0], {
    timestamp: "2026-11-25T09:00:58.000+07:00",
    buy_volume: 59,
    sell_volume: 1,
    net_volume: 58,
    buy_value: 580,
    sell_value: 5,
    net_value: 575,
  });
});

Deno.test("The course starts over with the feed's trading date, not with our clock (F-225, C-44)", () => {
  const before = [at("14:45:00", "2026-11-24"), "VN30", 9, 9, 9, 9] as const;
  const after = [at("09:00:00"), "VN30", 1, 0, 1, 0] as const;
  const both = seriesOf({ logs: { flow: [before, after] } });
  assert.deepEqual([both.trading_date, both.points.map((p) => p.buy_volume)], ["2026-11-25", [1]]);
  // The status of the new day may come before its first flow, or a moment after it.
  const early = seriesOf({ logs: { flow: [before] } });
  assert.deepEqual([early.trading_date, early.points], ["2026-11-25", []]);
  const late = seriesOf({ logs: { flow: [before, after] }, status: { tradingDate: "2026-11-24" } });
  assert.deepEqual([late.trading_date, late.points.length], ["2026-11-25", 1]);
});

Deno.test("Every time of the series is ISO 8601 with the offset of Viet Nam (B-15)", () => {
  const { points } = seriesOf({ logs: { flow: [[at("09:00:00"), "VN30", 1, 0, 1, 0]] } });
  assert.match(points[0]!.timestamp, /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}\+07:00$/);
});
