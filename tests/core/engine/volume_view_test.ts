import assert from "node:assert/strict";
import type { TradeEvent } from "../../../core/market/event.ts";
import { volumeRow } from "../../../core/engine/volume_view.ts";
import { VOLUME_FIELDS, type VolumeField } from "../../../core/wire/analytics.ts";
import type { Cell } from "../../../core/wire/board.ts";
import { sessionStats } from "../../../core/wire/session_stats.ts";
import { SessionStatsSchema } from "../../../core/wire/session_stats_schema.ts";
import { at, preOpenEvent, quoteEvent, tradeEvent } from "../../support/trade_events.ts";
import { engine } from "./trading_engine.ts";
import { named } from "../../support/named.ts";

type Engine = ReturnType<typeof engine>;

function rowOf({ state }: Engine, symbol = "AAA"): Record<VolumeField, Cell> {
  const cells = volumeRow(state, symbol);
  assert.equal(cells.length, VOLUME_FIELDS.length);
  return named(VOLUME_FIELDS, cells);
}

/** Trades of AAA one after the other, each of its own size. */
function trading(...trades: readonly Partial<TradeEvent>[]): Engine {
  const started = engine();
  let totalVolume = 0;
  for (const trade of trades) {
    totalVolume += trade.lastVolume ?? 100;
    started.send(tradeEvent({ totalVolume, ...trade }));
  }
  return started;
}

/** A day of every part on HNX: bought, sold, printed, matched after hours and between sessions. */
const wholeDay = () =>
  trading(
    { exchange: "HNX", side: "buy", lastVolume: 300 },
    { exchange: "HNX", side: "sell", lastVolume: 200 },
    { exchange: "HNX", session: "PT", exchangeMs: at("11:00:00"), lastVolume: 10 },
    { exchange: "HNX", session: "ATC", exchangeMs: at("14:45:00"), side: "buy", lastVolume: 400 },
    { exchange: "HNX", session: "PLO", exchangeMs: at("14:56:00"), side: "sell", lastVolume: 50 },
  );

Deno.test("Before any trading every cell is null, for an unknown symbol too", () => {
  const started = engine();
  started.send(quoteEvent(995_000, 1_000_000, { symbol: "BBB" }));
  for (const symbol of ["BBB", "ZZZ"]) {
    assert.deepEqual(volumeRow(started.state, symbol), VOLUME_FIELDS.map(() => null));
  }
});

Deno.test("A row has volumes by side and part of the day, values and the time of the last trade (F-040, F-042)", () => {
  assert.deepEqual(rowOf(wholeDay()), {
    buy: 300,
    sell: 200,
    none: 460,
    total: 960,
    buyVal: 3_000_000,
    sellVal: 2_000_000,
    noneVal: 4_600_000,
    atoBuy: 0,
    atoSell: 0,
    atoNone: 0,
    contBuy: 300,
    contSell: 200,
    contNone: 0,
    atcBuy: 0,
    atcSell: 0,
    atcNone: 400,
    ploBuy: 0,
    ploSell: 0,
    ploNone: 50,
    otherBuy: 0,
    otherSell: 0,
    otherNone: 10,
    missing: 0,
    day: 960,
    buyPctMin: 60,
    buyPctMax: 60,
    mFeed: 500,
    mQuote: 0,
    mTick: 0,
    mAuction: 400,
    mNone: 60,
    agree: 0,
    disagree: 0,
    time: "14:56:00",
    ploVal: 500_000,
    otherVal: 100_000,
  });
});

Deno.test("Total and missing make the exchange's own volume (N-02)", () => {
  const started = trading({ side: "buy" });
  started.send(tradeEvent({ totalVolume: 1_000, side: "sell" }));
  const { total, missing, day } = rowOf(started);
  assert.deepEqual([total, missing, day], [200, 800, 1_000]);
  started.send(tradeEvent({ totalVolume: 600, lastVolume: 300 }));
  const repaired = rowOf(started);
  assert.deepEqual([repaired.total, repaired.missing, repaired.day], [500, 500, 1_000]);
});

Deno.test("The share of active buying lies between all unknown volume sold and all of it bought (N-03)", () => {
  const started = trading({ side: "buy", lastVolume: 300 }, { side: "sell", lastVolume: 100 });
  // 100 without a side and 500 missing may each be either.
  started.send(tradeEvent({ totalVolume: 1_000, lastVolume: 100 }));
  const { contNone, missing, buyPctMin, buyPctMax } = rowOf(started);
  assert.deepEqual([contNone, missing], [100, 500]);
  assert.deepEqual([buyPctMin, buyPctMax], [30, 90]);
});

Deno.test("The bounds are rounded outward, by a hundredth of a per cent at most (N-03)", () => {
  const { buyPctMin, buyPctMax } = rowOf(
    trading({ side: "buy", lastVolume: 100 }, { side: "sell", lastVolume: 200 }),
  );
  assert.deepEqual([buyPctMin, buyPctMax], [33.33, 33.34]);
});

Deno.test("Auctions, PLO and put-through never had an aggressor and are not in the range (N-03)", () => {
  const { buyPctMin, buyPctMax } = rowOf(trading({ session: "ATO", exchangeMs: at("09:15:00") }));
  assert.deepEqual([buyPctMin, buyPctMax], [null, null]);
});

Deno.test("A snapshot alone leaves everything possible: 0 to 100 per cent (N-03, B-44)", () => {
  const started = engine();
  started.send({ kind: "connected" }, tradeEvent({ totalVolume: 5_000, side: "buy" }));
  const { buy, missing, buyPctMin, buyPctMax } = rowOf(started);
  assert.deepEqual([buy, missing, buyPctMin, buyPctMax], [0, 5_000, 0, 100]);
});

Deno.test("A share of one side only is 100 or 0 per cent, exactly (N-03)", () => {
  const range = (side: "buy" | "sell") => {
    const { buyPctMin, buyPctMax } = rowOf(trading({ side }));
    return [buyPctMin, buyPctMax];
  };
  assert.deepEqual([range("buy"), range("sell")], [[100, 100], [0, 0]]);
});

Deno.test("Session stats of an engine's row: overall is ATO, continuous and ATC, the rest is apart (F-042, F-043)", () => {
  const stats = sessionStats({ symbol: "AAA", ...rowOf(wholeDay()) });
  assert.deepEqual(SessionStatsSchema.parse(stats), stats);
  assert.deepEqual(
    [stats.mua_chu_dong_volume, stats.ban_chu_dong_volume, stats.neutral_volume],
    [300, 200, 400],
  );
  assert.equal(stats.total_volume, 900);
  assert.equal(stats.neutral_value, 4_000_000);
  assert.deepEqual([stats.plo.total_volume, stats.other.total_volume], [50, 10]);
  assert.equal(stats.day_volume, 960);
});

Deno.test("A security that waits for its first match has counted nothing and says so in zeroes", () => {
  const started = engine();
  started.send(preOpenEvent({ symbol: "BBB" }));
  const stats = sessionStats({ symbol: "BBB", ...rowOf(started, "BBB") });
  const { total_volume, day_volume, buy_pct, buy_pct_min } = stats;
  assert.deepEqual([total_volume, day_volume, buy_pct, buy_pct_min], [0, 0, null, null]);
});
