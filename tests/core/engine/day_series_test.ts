import assert from "node:assert/strict";
import { logFrom } from "../../../core/engine/logs.ts";
import { createEngine } from "../../../core/engine/state.ts";
import { step } from "../../../core/engine/step.ts";
import { LOG_MAX } from "../../../core/wire/log.ts";
import { indexEvent, timeOf } from "../../support/index_market.ts";
import { at, preOpenEvent, statusEvent, tradeEvent } from "../../support/trade_events.ts";

const MEMBERS = ["AAA", "BBB"];
/** AAA weighs 1,000 and BBB 3,000, both with a reference of 10,000: VN30 of 1,845 moves by weight. */
const SHARES = { AAA: 1_000_000, BBB: 3_000_000 };

/** An engine that knows two members of VN30 with weights, and what is to be said to it. */
function market() {
  const state = createEngine({ classifier: "feed", symbolsMax: 100 });
  step(state, { kind: "reference", members: { VN30: MEMBERS }, shares: SHARES });
  for (const symbol of MEMBERS) step(state, preOpenEvent({ symbol }));
  let totalVolume = 0;
  return {
    state,
    session: (session: "ATO" | "LO" | "ATC" | "C", time: string) => {
      for (const symbol of MEMBERS) {
        step(state, statusEvent({ symbol, session, exchangeMs: at(time) }));
      }
    },
    index: (time: string, valueE2: number, estimatedE2: number | null = null, id = "VN30") => {
      const exchangeMs = at(time);
      step(state, indexEvent({ symbol: id, exchangeMs, valueE2, estimatedE2, volume: 1 }));
    },
    trade: (symbol: string, time: string, lastE2: number) => {
      totalVolume += 100;
      step(state, tradeEvent({ symbol, lastE2, totalVolume, exchangeMs: at(time) }));
    },
    expect: (symbol: string, time: string, estimatedE2: number, session: "ATO" | "ATC") => {
      step(state, preOpenEvent({ symbol, exchangeMs: at(time), session, estimatedE2 }));
    },
    clock: (time: string) => step(state, { kind: "clock", exchangeMs: at(time) }),
    breadth: () =>
      logFrom(state, "breadth", 0).entries.map(([ms, ...rest]) => [timeOf(ms), ...rest]),
    auction: () =>
      logFrom(state, "auction", 0).entries.map(([ms, ...rest]) => [timeOf(ms), ...rest]),
  };
}

Deno.test("Each minute in which an index or its members moved has its value and breadth (B-31, B-33)", () => {
  const { session, index, trade, clock, breadth } = market();
  session("LO", "09:15:00");
  index("09:15:01", 184_600);
  trade("AAA", "09:15:02", 1_070_000);
  trade("BBB", "09:16:30", 990_000);
  index("09:18:00", 184_700);
  clock("09:25:00");
  assert.deepEqual(breadth(), [
    ["09:16:00", "VN30", 184_600, 1, 0, 0, 1, 0],
    ["09:17:00", "VN30", 184_600, 1, 0, 1, 1, 0],
    ["09:19:00", "VN30", 184_700, 1, 0, 1, 1, 0],
  ]);
});

Deno.test("An index without known members has the feed's own counters, or none; other indices have no minutes", () => {
  const { state, session, clock, breadth } = market();
  session("LO", "09:15:00");
  for (const [id, advances] of [["HNXINDEX", 0], ["HNXUPCOMINDEX", 70], ["VN100", 9]] as const) {
    step(state, indexEvent({ symbol: id, exchangeMs: at("09:15:01"), volume: 1, advances }));
  }
  clock("09:16:00");
  assert.deepEqual(breadth(), [
    ["09:16:00", "HNXINDEX", 184_500, null, null, null, null, null],
    ["09:16:00", "HNXUPCOMINDEX", 184_500, 70, 0, 0, 0, 0],
  ]);
});

Deno.test("Yesterday's value of the morning is in no minute", () => {
  const { session, index, clock, breadth } = market();
  session("ATO", "09:00:00");
  index("09:05:00", 184_500);
  clock("09:14:00");
  assert.deepEqual(breadth(), []);
});

Deno.test("While the opening auction runs VN30 is implied every five seconds by expected prices, beside the feed's estimate (N-04)", () => {
  const { session, index, expect, clock, auction } = market();
  session("ATO", "09:00:00");
  index("09:00:01", 184_500, 184_700);
  expect("AAA", "09:00:02", 1_020_000, "ATO");
  expect("BBB", "09:00:06", 1_020_000, "ATO");
  expect("AAA", "09:00:08", 1_000_000, "ATO");
  clock("09:00:12");
  clock("09:01:00");
  assert.deepEqual(auction(), [
    // A quarter of the weight rises by 2 %: 0.5 % of 1,845.
    ["09:00:05", "ato", 184_700, 185_423, 1, ["AAA"], [1_020_000]],
    ["09:00:10", "ato", 184_700, 187_268, 2, ["AAA", "BBB"], [1_000_000, 1_020_000]],
  ]);
});

Deno.test("The closing auction starts from the index as it stands, and from the last prices (N-04)", () => {
  const { session, index, trade, expect, auction, clock } = market();
  session("ATO", "09:00:00");
  expect("AAA", "09:00:02", 1_020_000, "ATO");
  session("LO", "09:15:00");
  index("09:15:01", 190_000);
  trade("AAA", "09:15:02", 1_030_000);
  clock("11:00:00");
  clock("13:00:00");
  const before = auction().length;
  index("14:29:58", 190_000);
  session("ATC", "14:30:00");
  clock("14:30:04");
  expect("BBB", "14:30:06", 1_020_000, "ATC");
  session("C", "14:45:00");
  index("14:45:01", 190_100);
  clock("14:46:00");
  const [first, ...rest] = auction().slice(before);
  // What was expected of AAA in the morning is no part of it.
  assert.deepEqual(first, ["14:30:10", "atc", null, 192_768, 1, ["BBB"], [1_020_000]]);
  assert.deepEqual(rest, []);
});

Deno.test("A day of minutes and two auctions fit their logs", () => {
  const minutes = (at("15:05:00") - at("08:45:00")) / 60_000;
  assert.equal(4 * minutes, LOG_MAX.breadth);
  assert.ok(2 * 15 * 60 / 5 <= LOG_MAX.auction);
});
