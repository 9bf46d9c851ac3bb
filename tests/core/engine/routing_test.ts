import assert from "node:assert/strict";
import type { MarketEvent } from "../../../core/market/event.ts";
import { createEngine } from "../../../core/engine/state.ts";
import { step } from "../../../core/engine/step.ts";
import {
  foreignEvent,
  indexEvent,
  preOpenEvent,
  quoteEvent,
  statusEvent,
  tradeEvent,
} from "../../support/trade_events.ts";
import { engine } from "./trading_engine.ts";

const foreign = foreignEvent({ buyVolume: 10, sellVolume: 5 });
const index = indexEvent();

/** What each sort of message must change, whatever else it changes. */
const ROUTES: readonly (readonly [MarketEvent, kind: string, symbol: string])[] = [
  [quoteEvent(995_000, 1_000_000), "instrument", "AAA"],
  [statusEvent(), "instrument", "AAA"],
  [tradeEvent(), "instrument", "AAA"],
  [tradeEvent(), "trade", "AAA"],
  [foreign, "foreign", "AAA"],
  [foreign, "instrument", "AAA"],
  [index, "index", "VN30"],
];

Deno.test("One step takes quotes, trades, foreign flow and indices, and says what each changed (F-029, F-031)", () => {
  for (const [event, kind, symbol] of ROUTES) {
    const { state, send } = engine();
    const told = send(event).filter((change) => change.kind === kind);
    assert.deepEqual(told.map((change) => "symbol" in change && change.symbol), [symbol]);
    assert.equal(state.counters.events[event.kind], event.kind === "trade" ? 2 : 1);
  }
});

Deno.test("Changes are complete when step returns: a reader that fails cannot leave the state half-changed", () => {
  const calm = engine();
  const hurt = engine();
  for (let n = 1; n <= 3; n++) {
    const trade = tradeEvent({ totalVolume: 300 * n, side: "buy" });
    calm.send(trade);
    assert.throws(() => {
      for (const change of step(hurt.state, trade)) throw new Error(`Reader of ${change.kind}`);
    }, /Reader of/);
  }
  assert.deepEqual(hurt.state.market, calm.state.market);
});

Deno.test("The newest book and the reference prices are held per symbol, and partial messages erase nothing (F-034)", () => {
  const { send, aaa } = engine();
  send(quoteEvent(995_000, 1_000_000), tradeEvent({ openE2: 1_010_000, highE2: 1_020_000 }));
  send(tradeEvent({
    ...{ totalVolume: 200, ceilingE2: null, floorE2: null, referenceE2: null },
    ...{ openE2: null, highE2: null, lowE2: null, averageE2: null, status: null },
  }));
  const { ceilingE2, floorE2, referenceE2, openE2, highE2, status, bids } = aaa();
  assert.deepEqual([ceilingE2, floorE2, referenceE2], [1_070_000, 930_000, 1_000_000]);
  assert.deepEqual([openE2, highE2, status], [1_010_000, 1_020_000, "N"]);
  send(quoteEvent(990_000, 1_005_000), preOpenEvent({ symbol: "BBB" }));
  assert.deepEqual([bids[0]?.priceE2, aaa().bids[0]?.priceE2], [995_000, 990_000]);
  assert.equal(aaa().lastE2, 1_000_000, "a quote leaves the last trade alone");
});

Deno.test("An engine needs nothing but its options: no file, no database, no clock (F-059)", () => {
  const state = createEngine({ classifier: "feed", symbolsMax: 1 });
  step(state, preOpenEvent());
  assert.equal(step(state, tradeEvent()).some(({ kind }) => kind === "trade"), true);
});
