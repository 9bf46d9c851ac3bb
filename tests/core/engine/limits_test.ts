import assert from "node:assert/strict";
import { limitRow } from "../../../core/engine/limit_view.ts";
import type { QuoteEvent, TradeEvent } from "../../../core/market/event.ts";
import type { SessionCode } from "../../../core/market/phase.ts";
import { LIMIT_FIELDS, type LimitField } from "../../../core/wire/limits.ts";
import type { Cell } from "../../../core/wire/board.ts";
import { named } from "../../support/named.ts";
import { at, quoteEvent, statusEvent, tradeEvent } from "../../support/trade_events.ts";
import { engine } from "./trading_engine.ts";

type Engine = ReturnType<typeof engine>;

const CEILING = 1_070_000;
const FLOOR = 930_000;

function rowOf({ state }: Engine, symbol = "AAA"): Record<LimitField, Cell> {
  return named(LIMIT_FIELDS, limitRow(state, symbol));
}

/** A trade at the ceiling that brings the volume of the day to `totalVolume`. */
function tradeAt(time: string, totalVolume: number, changes: Partial<TradeEvent> = {}): TradeEvent {
  return tradeEvent({ exchangeMs: at(time), lastE2: CEILING, totalVolume, ...changes });
}

/** A book that only waits to buy at the ceiling. */
function queueAt(time: string, volume: number, changes: Partial<QuoteEvent> = {}): QuoteEvent {
  const bids = [{ priceE2: CEILING, volume }];
  return quoteEvent(null, null, { exchangeMs: at(time), bids, asks: [], ...changes });
}

const says = (time: string, session: SessionCode) => statusEvent({ exchangeMs: at(time), session });

/** AAA at its ceiling from 10:00:05 on. */
function started(): Engine {
  const one = engine();
  one.send(says("09:15:00", "LO"), tradeAt("10:00:00", 100), queueAt("10:00:05", 2_000));
  return one;
}

Deno.test("A row tells since when, what waits and what was matched at the ceiling", () => {
  const one = started();
  one.send(tradeAt("10:02:00", 250, { lastVolume: 150 }), queueAt("10:02:05", 1_850));
  assert.deepEqual(rowOf(one), {
    exchange: "HOSE",
    limit: "ceiling",
    since: "10:00:05",
    queue: 1_850,
    queueVal: 1_850 * 10_700,
    last: 10_700,
    ceil: 10_700,
    floor: 9_300,
    ceilReached: 1,
    ceilBroken: 0,
    ceilSecs: 120,
    ceilQueueMax: 2_000,
    ceilMatched: 250,
    floorReached: 0,
    floorBroken: 0,
    floorSecs: 0,
    floorQueueMax: 0,
    floorMatched: 0,
  });
});

Deno.test("A contract's queue is worth its points times the multiplier", () => {
  const one = engine();
  const future = { symbol: "41I1GC000", exchange: "DERIVATIVES" } as const;
  const limits = { ceilingE2: 200_000, floorE2: 170_000, referenceE2: 185_000 };
  one.send(
    tradeAt("10:00:00", 100, { ...future, ...limits, lastE2: 170_000 }),
    quoteEvent(null, 170_000, { ...future, exchangeMs: at("10:00:05"), bids: [] }),
  );
  const { limit, queue, queueVal } = rowOf(one, "41I1GC000");
  assert.deepEqual([limit, queue, queueVal], ["floor", 500, 500 * 1_700 * 100_000]);
});

Deno.test("Without a limit met there is no row; a trade there without a queue counts, and is no stay", () => {
  const one = engine();
  one.send(says("09:15:00", "LO"), tradeEvent(), quoteEvent(995_000, 1_000_000));
  assert.ok(Object.values(rowOf(one)).every((cell) => cell === null));
  one.send(tradeAt("10:01:00", 300, { lastVolume: 200 }));
  const { limit, ceilReached, ceilMatched, queue } = rowOf(one);
  assert.deepEqual([limit, ceilReached, ceilMatched, queue], [null, 0, 200, null]);
});

Deno.test("Time at a limit goes on without a message, and only while the board is matching", () => {
  const one = started();
  const aged = one.send(says("10:05:00", "LO"));
  assert.ok(aged.some((change) => change.kind === "limit" && change.symbol === "AAA"));
  assert.equal(rowOf(one).ceilSecs, 295);
  const hour = (hours: number, seconds: number) => hours * 3_600 + seconds;
  one.send(says("11:30:00", "BREAK"), says("12:10:00", "BREAK"));
  assert.equal(rowOf(one).ceilSecs, hour(1, 1_795));
  one.send(says("13:00:00", "LO"), says("13:10:00", "LO"));
  assert.equal(rowOf(one).ceilSecs, hour(1, 1_795 + 600));
  one.send(says("14:30:00", "ATC"), says("14:45:00", "C"), says("14:50:00", "C"));
  assert.equal(rowOf(one).ceilSecs, hour(1, 1_795) + hour(1, 2_700));
  assert.ok(!one.send(says("14:52:00", "C")).some(({ kind }) => kind === "limit"));
  assert.deepEqual([rowOf(one).limit, rowOf(one).since], ["ceiling", "10:00:05"]);
});

Deno.test("A board of which nothing was heard through the break counts no time in it", () => {
  const one = started();
  one.send(says("13:20:00", "LO"));
  assert.equal(rowOf(one).ceilSecs, (90 * 60 - 5) + 20 * 60);
});

Deno.test("A halt stops the time", () => {
  const one = started();
  for (const [n, symbol] of ["BBB", "CCC", "DDD", "EEE", "FFF"].entries()) {
    one.send(statusEvent({ symbol, session: "H", exchangeMs: at(`10:10:0${n}`) }));
  }
  one.send(says("10:40:00", "LO"), says("10:41:00", "LO"));
  assert.equal(rowOf(one).ceilSecs, (10 * 60 + 4 - 5) + 60);
});

Deno.test("A book that is emptied at the break is no break of the limit, the auction's print is one", () => {
  const one = started();
  one.send(says("11:30:00", "BREAK"), queueAt("11:30:01", 0, { bids: [], session: "BREAK" }));
  assert.deepEqual([rowOf(one).limit, rowOf(one).ceilBroken], ["ceiling", 0]);
  one.send(says("13:00:00", "LO"), queueAt("13:00:01", 900));
  one.send(says("14:30:00", "ATC"), says("14:45:00", "C"));
  one.send(tradeAt("14:45:01", 700, { lastE2: CEILING - 5_000, lastVolume: 600, session: "C" }));
  const { limit, since, queue, ceilReached, ceilBroken } = rowOf(one);
  assert.deepEqual([limit, since, queue, ceilReached, ceilBroken], [null, null, null, 1, 1]);
});

Deno.test("What is older than the newest book moves nothing", () => {
  const one = started();
  one.send(queueAt("10:00:10", 700), queueAt("10:00:07", 0, { bids: [] }));
  assert.deepEqual([rowOf(one).queue, rowOf(one).ceilBroken], [700, 0]);
});

Deno.test("Volume that the feed takes back was not matched at the limit either", () => {
  const one = started();
  one.send(tradeAt("10:01:00", 500, { lastVolume: 400 }));
  assert.equal(rowOf(one).ceilMatched, 500);
  const until = { lastVolume: 50, totalValueVnd: 2_140_000, averageE2: CEILING };
  for (const time of ["10:01:10", "10:01:11", "10:01:12", "10:01:13", "10:01:14"]) {
    one.send(tradeAt(time, 200, until));
    if (one.state.counters.trades.rebased > 0) break;
  }
  assert.equal(one.state.counters.trades.rebased, 1);
  assert.equal(rowOf(one).ceilMatched, 0);
  assert.equal(rowOf(one).ceilReached, 1);
});

Deno.test("A new day has met no limit", () => {
  const one = started();
  const next = { tradingDate: "2026-11-17", exchangeMs: at("08:46:00", "2026-11-17") };
  one.send(statusEvent({ ...next, session: null }));
  assert.equal(one.state.market.tradingDate, next.tradingDate);
  assert.ok(Object.values(rowOf(one)).every((cell) => cell === null));
});

Deno.test("At the floor the asks wait", () => {
  const one = engine();
  one.send(says("09:15:00", "LO"), tradeAt("10:00:00", 100, { lastE2: FLOOR }));
  one.send(quoteEvent(null, FLOOR, { exchangeMs: at("10:00:01"), bids: [] }));
  const { limit, queue, floorReached, floorMatched, ceilReached } = rowOf(one);
  assert.deepEqual([limit, queue, floorReached, floorMatched, ceilReached], [
    "floor",
    500,
    1,
    100,
    0,
  ]);
});
