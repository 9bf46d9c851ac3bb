import assert from "node:assert/strict";
import { PHASE_RUN } from "../../../core/engine/session.ts";
import { createEngine } from "../../../core/engine/state.ts";
import { step } from "../../../core/engine/step.ts";
import { phases } from "../../../core/engine/views.ts";
import { at, statusEvent, tradeEvent } from "../../support/trade_events.ts";

const make = () => createEngine({ classifier: "feed", symbolsMax: 100 });

Deno.test("A board's phase follows the session codes of its securities", () => {
  const state = make();
  assert.equal(phases(state).HOSE, null);
  const first = step(state, statusEvent({ session: "ATO", exchangeMs: at("09:00:00") }));
  assert.deepEqual(first[1], { kind: "phase", exchange: "HOSE", phase: "ato" });
  step(state, statusEvent({ symbol: "BBB", session: "LO", exchangeMs: at("09:15:00") }));
  assert.equal(phases(state).HOSE, "continuous");
  assert.equal(phases(state).HNX, null);
});

Deno.test("Snapshots of earlier in the day do not take a board back", () => {
  const state = make();
  step(state, statusEvent({ session: "BREAK", exchangeMs: at("11:30:00") }));
  step(state, tradeEvent({ symbol: "BBB", session: "LO", exchangeMs: at("09:20:00") }));
  assert.equal(phases(state).HOSE, "lunch");
});

Deno.test("One stock with a session of its own does not speak for its board", () => {
  const state = make();
  step(state, statusEvent({ exchangeMs: at("10:00:00") }));
  for (let second = 10; second < 40; second++) {
    step(state, statusEvent({ symbol: "BBB", session: "ATO", exchangeMs: at(`10:00:${second}`) }));
  }
  assert.equal(phases(state).HOSE, "continuous");
  assert.equal(state.counters.phaseDisagreements, 0);
});

Deno.test("A halt that the timetable does not know is believed from several securities", () => {
  const state = make();
  step(state, statusEvent({ exchangeMs: at("10:00:00") }));
  for (let i = 0; i < PHASE_RUN; i++) {
    assert.equal(phases(state).HOSE, "continuous");
    step(state, statusEvent({ symbol: `S${i}`, session: "H", exchangeMs: at("10:00:01") }));
  }
  assert.equal(phases(state).HOSE, "halted");
  assert.equal(state.counters.phaseDisagreements, 1);
  step(state, statusEvent({ exchangeMs: at("10:30:00") }));
  assert.equal(phases(state).HOSE, "continuous");
});

Deno.test("Under code C the phase moves on with exchange time", () => {
  const state = make();
  step(state, statusEvent({ session: "C", exchangeMs: at("14:45:00") }));
  assert.equal(phases(state).HOSE, "put-through");
  const changes = step(state, {
    kind: "bar",
    symbol: "VNINDEX",
    tradingDate: "2026-11-16",
    exchangeMs: at("15:00:01"),
    priceE2: 1,
    volume: 0,
  });
  assert.deepEqual(changes, []);
  assert.equal(phases(state).HOSE, "put-through");
  const status = statusEvent({ symbol: "BBB", exchange: "UPCOM", session: "C" });
  step(state, { ...status, exchangeMs: at("15:00:02") });
  assert.deepEqual([phases(state).HOSE, phases(state).UPCOM], ["closed", "closed"]);
});

Deno.test("One message from a clock far ahead does not hold its board in its phase", () => {
  const state = make();
  step(state, statusEvent({ session: "LO", exchangeMs: at("13:00:00") }));
  step(state, tradeEvent({ symbol: "BBB", session: "LO", exchangeMs: at("23:59:59") }));
  step(state, statusEvent({ symbol: "CCC", session: "ATC", exchangeMs: at("14:30:00") }));
  assert.equal(phases(state).HOSE, "atc");
});

Deno.test("The first word about a board is no phase of it when its timetable has another", () => {
  const state = make();
  step(state, statusEvent({ session: "H", exchangeMs: at("10:00:00") }));
  assert.equal(phases(state).HOSE, null);
  step(state, statusEvent({ symbol: "BBB", session: "LO", exchangeMs: at("10:00:01") }));
  assert.equal(phases(state).HOSE, "continuous");
});

Deno.test("One security that names an auction an hour too late does not make it last", () => {
  const state = make();
  step(state, statusEvent({ session: "ATO", exchangeMs: at("09:14:30") }));
  step(state, statusEvent({ symbol: "BBB", session: "ATO", exchangeMs: at("10:15:00") }));
  step(state, statusEvent({ symbol: "CCC", session: "LO", exchangeMs: at("10:15:01") }));
  assert.equal(state.market.boards.HOSE.ends.ato, 9.25 * 3600);
});
