import assert from "node:assert/strict";
import { stateHash } from "../../../core/engine/hash.ts";
import { indexRow } from "../../../core/engine/index_view.ts";
import { logNext } from "../../../core/engine/logs.ts";
import { step } from "../../../core/engine/step.ts";
import { boardRow } from "../../../core/engine/views.ts";
import { INDEX_FIELDS } from "../../../core/wire/board.ts";
import { LOG_MAX } from "../../../core/wire/log.ts";
import { CountedMap, indexEvent, IndexMarket } from "../../support/index_market.ts";
import { at, preOpenEvent } from "../../support/trade_events.ts";

function dayOf({ state }: IndexMarket, id = "VN30") {
  const row = indexRow(state, id);
  return ["open", "high", "low"].map((field) => row[INDEX_FIELDS.indexOf(field as "open")]);
}

/** A morning on which HOSE opens at 09:15. */
function opened(): IndexMarket {
  const market = new IndexMarket();
  market.session("ATO", "09:00:00", "HOSE");
  market.tick("VN30", 184_500, "09:05:00", 0);
  market.session("LO", "09:15:00", "HOSE");
  return market;
}

Deno.test("Open, high and low of an index are of today: yesterday's value before 09:15 is in none", () => {
  const market = opened();
  assert.deepEqual(dayOf(market), [null, null, null]);
  // The phase has changed and the index has not: still yesterday's.
  market.tick("VN30", 184_500, "09:15:00", 0);
  assert.deepEqual(dayOf(market), [null, null, null]);
  market.tick("VN30", 184_700, "09:15:01");
  market.tick("VN30", 184_900, "09:15:02");
  market.tick("VN30", 184_600, "09:15:03");
  assert.deepEqual(dayOf(market), [1_847, 1_849, 1_846]);
});

Deno.test("A value in the auction counts for nothing, whatever it is", () => {
  const market = new IndexMarket();
  market.session("ATO", "09:00:00", "HOSE");
  market.tick("VN30", 190_000, "09:10:00");
  assert.deepEqual(dayOf(market), [null, null, null]);
});

Deno.test("An index that trades at its prior value has opened there once there is volume", () => {
  const market = opened();
  market.tick("VN30", 184_500, "09:15:01", 100);
  assert.deepEqual(dayOf(market), [1_845, 1_845, 1_845]);
});

Deno.test("HNX opens at 09:00, when HOSE has not", () => {
  const market = new IndexMarket();
  market.session("ATO", "09:00:00", "HOSE");
  market.session("LO", "09:00:00", "HNX");
  market.tick("HNXINDEX", 25_000, "09:00:30");
  market.tick("VN30", 184_700, "09:00:30");
  assert.deepEqual(dayOf(market, "HNXINDEX"), [250, 250, 250]);
  assert.deepEqual(dayOf(market), [null, null, null]);
});

Deno.test("Before any session code the timetable says whether an index may have traded", () => {
  const market = new IndexMarket();
  market.tick("VN30", 184_700, "09:14:59");
  assert.deepEqual(dayOf(market), [null, null, null]);
  market.tick("VN30", 184_800, "09:15:00");
  assert.deepEqual(dayOf(market), [1_848, 1_848, 1_848]);
});

Deno.test("Whoever comes after the open has high and low of what was heard, and claims no open", () => {
  const market = new IndexMarket();
  market.session("LO", "10:00:00", "HOSE");
  market.tick("VN30", 184_700, "10:00:00");
  market.tick("VN30", 184_900, "10:00:01");
  assert.deepEqual(dayOf(market), [null, 1_849, 1_847]);
});

Deno.test("The first minute of matching is early enough to have heard the open, the second is not", () => {
  const openAt = (time: string) => {
    const market = new IndexMarket();
    market.tick("VN30", 184_700, time);
    return dayOf(market)[0];
  };
  assert.deepEqual([openAt("09:15:59"), openAt("09:16:00")], [1_847, null]);
});

Deno.test("A late value joins the day and its candles, and does not become the value", () => {
  const market = opened();
  market.tick("VN30", 184_700, "09:16:05");
  market.tick("VN30", 184_900, "09:15:30");
  const index = market.state.market.indices.get("VN30")!;
  assert.equal(index.event.valueE2, 184_700);
  assert.deepEqual(dayOf(market), [1_849, 1_849, 1_847]);
  assert.deepEqual(index.candles.map(({ closeE2 }) => closeE2), [184_900, 184_700]);
  assert.equal(market.state.counters.ignored["older-time"], 1);
});

Deno.test("Of two messages of a second the one with less volume is the older one", () => {
  const market = opened();
  market.tick("VN30", 184_700, "09:15:05", 200);
  market.tick("VN30", 184_600, "09:15:05", 100);
  assert.equal(market.state.market.indices.get("VN30")!.event.valueE2, 184_700);
});

Deno.test("The series of the day has one entry a second, the last value, once a later second begins (B-14)", () => {
  const market = opened();
  market.tick("VN30", 184_700, "09:15:01");
  market.tick("VN30", 184_800, "09:15:01");
  assert.deepEqual(market.intraday("VN30"), []);
  market.tick("VN30", 184_900, "09:15:02");
  market.tick("VNINDEX", 160_000, "09:15:02");
  market.tick("VN30", 184_900, "09:15:05");
  assert.deepEqual(market.intraday("VN30"), [["09:15:01", 184_800], ["09:15:02", 184_900]]);
  assert.deepEqual(market.intraday("VNINDEX"), []);
});

Deno.test("Entries never change and never come twice: late and repeated messages add none (B-14)", () => {
  const market = opened();
  market.tick("VN30", 184_700, "09:15:01");
  market.tick("VN30", 184_800, "09:15:02");
  const before = market.intraday("VN30");
  market.tick("VN30", 184_000, "09:15:01");
  market.tick("VN30", 184_800, "09:15:02");
  market.clock("09:16:00");
  market.clock("09:17:00");
  market.tick("VN30", 184_800, "09:15:02");
  market.tick("VN30", 184_900, "09:17:01");
  assert.deepEqual(before, [["09:15:01", 184_700]]);
  assert.deepEqual(market.intraday("VN30"), [...before, ["09:15:02", 184_800]]);
});

Deno.test("The last value of the day is in the series although nothing follows it", () => {
  const market = opened();
  market.clock("13:00:00");
  market.tick("VN30", 184_700, "14:45:01");
  market.clock("14:45:59");
  assert.deepEqual(market.intraday("VN30"), []);
  market.clock("14:46:00");
  assert.deepEqual(market.intraday("VN30"), [["14:45:01", 184_700]]);
});

Deno.test("Only VN30 and VNINDEX have a series, and yesterday's value is in neither", () => {
  const market = opened();
  market.tick("VN30", 184_500, "09:15:00", 0);
  for (const id of ["VN30", "VNINDEX", "VN100", "HNXINDEX"]) {
    market.tick(id, 184_700, "09:15:01");
    market.tick(id, 184_800, "09:15:02");
  }
  assert.equal(logNext(market.state, "intraday"), 2);
});

Deno.test("The series is stored once and in no row: a row does not grow with the day (B-14)", () => {
  const market = opened();
  const reach = (seconds: number) => {
    for (let i = 0; i < seconds; i++) {
      const exchangeMs = at("10:00:00") + i * 1_000;
      step(market.state, indexEvent({ exchangeMs, valueE2: 184_000 + i % 100, volume: i + 1 }));
    }
    return JSON.stringify(indexRow(market.state, "VN30")).length;
  };
  const early = reach(10);
  assert.ok(reach(3_600) <= early + 8);
  const cells = [...indexRow(market.state, "VN30"), ...boardRow(market.state, "HOSE1")];
  for (const cell of cells) assert.ok(cell === null || typeof cell !== "object");
  assert.equal(logNext(market.state, "intraday"), 3_599);
});

Deno.test("An index message costs the same however many securities are listed and however long the day is (F-052)", () => {
  const costOf = (symbols: number, ticks: number) => {
    const market = opened();
    for (let i = 0; i < symbols; i++) step(market.state, preOpenEvent({ symbol: `S${i}` }));
    for (const code of ["41I1GC000", "41I1H1000"]) market.trade(code, 184_900, "09:20:00");
    for (let i = 0; i < ticks; i++) {
      const exchangeMs = at("09:30:00") + i * 1_000;
      step(market.state, indexEvent({ exchangeMs, valueE2: 184_000 + i % 50, volume: i + 1 }));
    }
    // What is looked at once a minute is behind us.
    market.clock("14:00:00");
    const instruments = new CountedMap(market.state.market.instruments);
    market.state.market.instruments = instruments;
    instruments.reads = 0;
    const changes = market.tick("VN30", 184_777, "14:00:01", 1_000_000);
    const { candles } = market.state.market.indices.get("VN30")!;
    const closes = market.state.market.basis.get("41I1GC000")!.closes.length;
    return { reads: instruments.reads, changes: changes.length, candles: candles.length, closes };
  };
  const small = costOf(10, 10);
  const large = costOf(2_000, 7_200);
  // Two futures, each read for its basis and for its alert; candles are one a minute of the day.
  assert.deepEqual([small.reads, large.reads], [4, 4]);
  assert.equal(large.changes, small.changes);
  assert.ok(large.candles <= 121 && large.closes <= 30);
});

Deno.test("The series keeps a day of seconds of both indices and then lets the oldest go", () => {
  const market = opened();
  const seconds = LOG_MAX.intraday * 1.2;
  for (let i = 0; i < seconds; i++) {
    // As if trading ran on past midnight: only the limit is looked at here.
    const exchangeMs = at("09:15:01") + i * 1_000;
    step(market.state, indexEvent({ exchangeMs, valueE2: 184_000, volume: i + 1 }));
  }
  const { first, entries } = market.state.market.logs.intraday;
  assert.ok(first > 0 && entries.length <= LOG_MAX.intraday * 1.125);
  assert.equal(logNext(market.state, "intraday"), seconds - 1);
});

Deno.test("Two engines that hear the same of indices and futures have the same hash", () => {
  const play = () => {
    const market = opened();
    market.session("LO", "09:15:00", "DERIVATIVES");
    market.tick("VN30", 184_700, "09:15:01");
    market.trade("41I1GC000", 184_900, "09:15:02");
    market.tick("VN30", 184_800, "09:15:03");
    market.clock("09:17:00");
    return stateHash(market.state);
  };
  assert.equal(play(), play());
});
