import assert from "node:assert/strict";
import { bar, DAY, reply, withHistory } from "./support/histories.ts";

Deno.test("history - a day is read from texts, its value rounded", () =>
  withHistory(async ({ ssi, history }) => {
    ssi.scripts.dailyohlc = (request) => {
      const { searchParams } = new URL(request.url);
      assert.deepEqual(Object.fromEntries(searchParams), {
        symbol: "FPT",
        fromDate: "18/11/2026",
        toDate: "18/11/2026",
        ascending: "true",
        pageIndex: "1",
        pageSize: "1000",
      });
      return reply([bar("18/11/2026")]);
    };
    assert.deepEqual(await history.dailyOhlc("FPT", DAY), {
      ok: true,
      skipped: 0,
      rows: [{
        symbol: "FPT",
        tradingDate: "2026-11-18",
        openE2: 10_000_000,
        highE2: 10_100_000,
        lowE2: 9_950_000,
        closeE2: 10_050_000,
        volume: 1_000,
        valueVnd: 100_250_001,
      }],
    });
  }));

Deno.test("history - rows that cannot be are skipped and counted, days without trading are not rows", () =>
  withHistory(async ({ ssi, history }) => {
    const none = { Open: "0", High: "0", Low: "0", Close: null, Volume: "0", Value: "0" };
    ssi.scripts.dailyohlc = () =>
      reply([
        bar("18/11/2026", { Low: "101000", High: "99500" }),
        bar("18/11/2026", { Close: "101500" }),
        bar("18/11/2026", { Open: "0" }),
        bar("18/11/2026", { Volume: "-100" }),
        bar("18/11/2026", { Value: "NaN" }),
        bar("18/11/2026", { Open: "99999999" }),
        bar("17/11/2026"),
        bar("19/11/2026"),
        bar("31/02/2026"),
        bar("18/11/2026", { Symbol: "VCB" }),
        bar("18/11/2026", none),
        "FPT",
        bar("18/11/2026", { Symbol: "fpt", Open: 100_000, Value: "-0.2" }),
      ]);
    const result = await history.dailyOhlc("fpt", DAY);
    assert.ok(result.ok);
    assert.equal(result.skipped, 11);
    assert.deepEqual(result.rows.map((row) => [row.openE2, row.valueVnd]), [[10_000_000, 0]]);
    assert.ok(Object.is(result.rows[0]!.valueVnd, 0));
    ssi.scripts.dailyohlc = () => reply([{ Ticker: "FPT" }]);
    const other = await history.dailyOhlc("FPT", DAY);
    assert.equal(!other.ok && other.kind, "bad-shape");
  }));

Deno.test("history - a minute keeps the second of its last trade, and its Value is not read", () =>
  withHistory(async ({ ssi, history }) => {
    ssi.scripts.intradayohlc = (request) => {
      assert.equal(new URL(request.url).searchParams.get("resolution"), "1");
      return reply([
        bar("18/11/2026", { Time: "14:29:59", Value: "100500" }),
        bar("18/11/2026", { Time: "14:45:04", Value: null }),
        bar("18/11/2026", { Time: "24:00:00" }),
        bar("18/11/2026"),
      ]);
    };
    const result = await history.intradayOhlc("FPT", DAY);
    assert.ok(result.ok);
    assert.equal(result.skipped, 2);
    const seconds = result.rows.map((row) => row.lastSecond);
    assert.deepEqual(seconds, [14 * 3600 + 29 * 60 + 59, 14 * 3600 + 45 * 60 + 4]);
    assert.ok(!("valueVnd" in result.rows[0]!));
  }));

Deno.test("history - an index's day has its reference and its breadth, where they are told", () =>
  withHistory(async ({ ssi, history }) => {
    const row = {
      IndexId: "HNXIndex",
      IndexValue: "263.17",
      TradingDate: "18/11/2026",
      Change: "-1.08",
      TotalMatchVol: "81000000",
      TotalMatchVal: "1620000000000.0",
      TotalDealVol: "0",
      TotalDealVal: "",
      Advances: "71",
      NoChanges: "60",
      Declines: null,
    };
    ssi.scripts.dailyindex = (request) => {
      assert.equal(new URL(request.url).searchParams.get("indexId"), "HNXIndex");
      return reply([row, { ...row, Change: null }, { ...row, IndexValue: "0" }]);
    };
    const result = await history.dailyIndex("HNXIndex", DAY);
    assert.ok(result.ok);
    assert.equal(result.skipped, 1);
    assert.deepEqual(result.rows[0], {
      code: "HNXINDEX",
      tradingDate: "2026-11-18",
      closeE2: 26_317,
      referenceE2: 26_425,
      volume: 81_000_000,
      valueVnd: 1_620_000_000_000,
      putThroughVolume: 0,
      putThroughValueVnd: null,
      advances: 71,
      noChanges: 60,
      declines: null,
    });
    assert.equal(result.rows[1]!.referenceE2, null);
  }));

Deno.test("history - a security that did not trade has a reference and no prices", () =>
  withHistory(async ({ ssi, history }) => {
    const row = {
      TradingDate: "18/11/2026",
      Symbol: "ABC",
      RefPrice: "10000",
      CeilingPrice: "10700",
      FloorPrice: "9300",
      OpenPrice: "0",
      HighestPrice: "0",
      LowestPrice: "0",
      ClosePrice: "0",
      AveragePrice: "0",
      TotalMatchVol: "0",
      TotalMatchVal: "0",
      TotalDealVol: "500",
      TotalDealVal: "5000000",
      ForeignBuyVolTotal: "0",
      ForeignCurrentRoom: "123",
    };
    ssi.scripts.dailystockprice = (request) => {
      assert.equal(new URL(request.url).searchParams.get("market"), "UPCOM");
      return reply([row, { ...row, LowestPrice: "10100", HighestPrice: "10000" }]);
    };
    const result = await history.dailyStockPrice({ market: "UPCOM" }, DAY);
    assert.ok(result.ok);
    assert.equal(result.skipped, 1);
    const [day] = result.rows;
    assert.deepEqual([day!.referenceE2, day!.closeE2, day!.lowE2], [1_000_000, null, null]);
    assert.deepEqual([day!.putThroughVolume, day!.foreignBuyVolume], [500, 0]);
    assert.deepEqual([day!.foreignSellVolume, day!.foreignRoom], [null, 123]);
  }));
