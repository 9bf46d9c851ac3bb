import assert from "node:assert/strict";
import type { TradeChange } from "../../../core/engine/change.ts";
import { createEngine, type EngineOptions } from "../../../core/engine/state.ts";
import type { MarketEvent } from "../../../core/market/event.ts";
import { type Exchange, MORNING_ONLY, type SessionCode } from "../../../core/market/phase.ts";
import { at, DATE, preOpenEvent, statusEvent, tradeEvent } from "../../support/trade_events.ts";
import { stepOn } from "../../support/step_on.ts";

/** One board with the symbol AAA, and others to speak for the board. */
function board(exchange: Exchange, options: Partial<EngineOptions> = {}) {
  const state = createEngine({ classifier: "feed", symbolsMax: 100, ...options });
  const send = (...events: readonly MarketEvent[]) =>
    events.flatMap((event) => [...stepOn(state, event)]);
  let totalVolume = 0;
  send(preOpenEvent({ exchange }));
  return {
    state,
    /** Other securities of the board say a session, one after another; the last one at `time`. */
    say(session: SessionCode, time: string, symbols = 1): void {
      for (let i = symbols; i > 0; i--) {
        send(statusEvent({ symbol: `S${i}`, exchange, session, exchangeMs: at(time) }));
      }
    },
    /** AAA says a session. */
    own(session: SessionCode, time: string): void {
      send(statusEvent({ exchange, session, exchangeMs: at(time) }));
    },
    /** AAA trades; answers where the trade was placed and by which method it was judged. */
    trade(session: SessionCode, time: string): string {
      totalVolume += 100;
      const event = tradeEvent({
        exchange,
        session,
        totalVolume,
        side: "buy",
        exchangeMs: at(time),
      });
      const found = send(event).find((change): change is TradeChange => change.kind === "trade");
      return `${found?.phase} ${found?.method}`;
    },
  };
}

Deno.test("An auction that ends late on HOSE: the print under C at 14:49 is its", () => {
  const { say, own, trade } = board("HOSE");
  say("LO", "14:00:00");
  own("ATC", "14:30:00");
  say("ATC", "14:30:00");
  say("ATC", "14:48:59");
  assert.equal(trade("C", "14:49:01"), "atc auction");
  assert.equal(trade("C", "14:50:00"), "other none");
});

Deno.test("An auction that ends late on HNX: the print at 14:49 is its, and PLO comes after it", () => {
  for (const session of ["PLO", "C"] as const) {
    const { say, trade } = board("HNX");
    say("ATC", "14:30:00");
    say("ATC", "14:48:59");
    assert.equal(trade(session, "14:49:02"), "atc auction", session);
    assert.equal(trade("PLO", "14:59:10"), "plo none", session);
  }
});

Deno.test("After a late end on HNX the print is known even when others said PLO before it", () => {
  const { say, trade } = board("HNX");
  say("ATC", "14:30:00");
  say("ATC", "14:48:59");
  say("PLO", "14:49:00");
  assert.equal(trade("PLO", "14:49:58"), "atc auction");
  const late = board("HNX");
  late.say("ATC", "14:30:00");
  late.say("ATC", "14:48:59");
  late.say("PLO", "14:49:00");
  assert.equal(late.trade("PLO", "14:49:59"), "plo none");
});

Deno.test("An auction of futures that ends late prints under C", () => {
  const { say, trade } = board("DERIVATIVES");
  say("ATC", "14:30:00");
  say("ATC", "14:48:59");
  say("C", "14:49:00");
  assert.equal(trade("C", "14:49:01"), "atc auction");
});

Deno.test("An opening that ends late: its print is the opening's, the next trade is not", () => {
  const { say, own, trade } = board("HOSE");
  own("ATO", "09:00:00");
  say("ATO", "09:00:01");
  say("ATO", "09:18:59");
  say("LO", "09:19:00");
  assert.equal(trade("LO", "09:19:05"), "ato auction");
  assert.equal(trade("LO", "09:19:06"), "continuous feed");
});

Deno.test("A first trade long after a late opening is continuous, though it is early by that opening", () => {
  const { say, own, trade } = board("HOSE");
  own("ATO", "09:00:00");
  say("ATO", "09:18:59");
  say("LO", "09:19:00");
  assert.equal(trade("LO", "09:20:00"), "continuous feed");
});

Deno.test("An auction that ends early: the print under C at 14:40 is its, seen inside it or not", () => {
  for (const seen of [true, false]) {
    const { say, own, trade } = board("HOSE");
    say("LO", "14:00:00");
    if (seen) own("ATC", "14:30:00");
    say("ATC", "14:30:00");
    say("ATC", "14:39:59");
    assert.equal(trade("C", "14:40:01"), "atc auction");
    assert.equal(trade("C", "14:40:30"), "other none");
  }
});

Deno.test("A half day of the calendar prints its closing auction at 11:30", () => {
  const shortDays = [{ date: DATE, timetables: MORNING_ONLY }];
  for (const exchange of ["HOSE", "HNX", "DERIVATIVES"] as const) {
    const { say, own, trade, state } = board(exchange, { shortDays });
    say("LO", "11:00:00");
    own("ATC", "11:15:00");
    say("ATC", "11:15:01");
    assert.equal(state.market.boards[exchange].phase, "atc");
    assert.equal(trade("C", "11:30:01"), "atc auction", exchange);
  }
  const unseen = board("HOSE", { shortDays });
  assert.equal(unseen.trade("C", "11:30:02"), "atc auction");
  assert.equal(board("HOSE").trade("C", "11:30:02"), "other none");
});

Deno.test("A half day that nobody announced follows the feed, once several securities say so", () => {
  const { say, own, trade, state } = board("HOSE");
  say("LO", "11:00:00");
  own("ATC", "11:15:00");
  say("ATC", "11:15:00", 5);
  assert.equal(state.market.boards.HOSE.phase, "atc");
  say("ATC", "11:29:59");
  assert.equal(trade("C", "11:30:01"), "atc auction");
});

Deno.test("Connected inside a late auction, or after it, the print is found as far as it can be", () => {
  const inside = board("HOSE");
  inside.say("ATC", "14:46:30");
  inside.say("C", "14:49:00");
  assert.equal(inside.trade("C", "14:49:01"), "atc auction");
  const after = board("HNX");
  after.say("PLO", "14:50:00");
  assert.equal(after.trade("PLO", "14:59:00"), "plo none");
});

Deno.test("Connected in the morning, old snapshots do not move the end of the opening", () => {
  const { say, own, trade } = board("HOSE");
  // The last words of two securities: one has not traded since the auction began.
  own("ATO", "09:14:00");
  say("LO", "09:59:58");
  assert.equal(trade("LO", "10:00:10"), "continuous feed");
});

Deno.test("A stock with auctions of its own moves neither its board nor the board's auctions", () => {
  const { say, state } = board("HOSE");
  say("LO", "09:15:00");
  for (let minute = 10; minute < 40; minute++) {
    stepOn(
      state,
      statusEvent({ symbol: "OWN", session: "ATO", exchangeMs: at(`10:${minute}:00`) }),
    );
    say("LO", `10:${minute}:01`);
  }
  assert.equal(state.market.boards.HOSE.phase, "continuous");
  assert.deepEqual(state.market.boards.HOSE.ends, { ato: null, atc: null });
});
