import assert from "node:assert/strict";
import { PHASE_RUN } from "../../../core/engine/session.ts";
import { createEngine } from "../../../core/engine/state.ts";
import { step } from "../../../core/engine/step.ts";
import { feedStatus, isMatching } from "../../../core/tasks/feed_status.ts";
import { at, preOpenEvent, statusEvent } from "../../support/trade_events.ts";
import type { MarketEvent } from "../../../core/market/event.ts";

function engineOf(...events: readonly MarketEvent[]) {
  const engine = createEngine({ classifier: "feed", symbolsMax: 10 });
  for (const event of events) step(engine, event);
  return engine;
}

const facts = (provider: "ssi" | "sim", nowMs: number) => ({
  provider,
  isReplay: false,
  feed: { state: "live", reason: null, sinceMs: 0 } as const,
  universe: { vn30: [], futures: [], source: "feed" } as const,
  isRecorded: true,
  nowMs,
});

Deno.test("The feed's own phase stands before any clock", () => {
  const halted = Array.from(
    { length: PHASE_RUN },
    (_, i) => statusEvent({ symbol: `S${i}`, session: "H", exchangeMs: at("10:00:00") }),
  );
  const engine = engineOf(...halted);
  const { phases, state } = feedStatus(engine, facts("ssi", at("10:00:01")));
  assert.equal(phases.HOSE, "halted");
  assert.equal(phases.HNX, "continuous");
  assert.equal(state, "live");
  assert.equal(isMatching(engine), false);
  assert.equal(isMatching(engineOf(statusEvent())), true);
});

Deno.test("While the real feed is silent the timetable goes by our clock, whatever the day it left off", () => {
  const engine = engineOf(preOpenEvent({ exchangeMs: at("08:50:00") }));
  assert.equal(feedStatus(engine, facts("ssi", at("09:05:00"))).phases.HOSE, "ato");
  const sunday = facts("ssi", at("10:00:00", "2026-11-22"));
  assert.equal(feedStatus(engine, sunday).phases.HOSE, "closed");
  assert.equal(feedStatus(engine, sunday).state, "closed");
});

Deno.test("The simulated exchange has a clock of its own: at night its pre-open is no closed market", () => {
  const engine = engineOf(preOpenEvent({ exchangeMs: at("08:50:00") }));
  const night = feedStatus(engine, facts("sim", at("23:10:00")));
  assert.deepEqual([night.phases.HOSE, night.phases.DERIVATIVES], ["pre-open", "ato"]);
  assert.equal(night.state, "live");
  const silent = feedStatus(engineOf(), facts("sim", at("23:10:00")));
  assert.equal(silent.phases.HOSE, "closed");
});

Deno.test("A recorded day has a clock of its own too, and its status says so", () => {
  const engine = engineOf(preOpenEvent({ exchangeMs: at("08:50:00") }));
  const replay = { ...facts("ssi", at("10:00:00", "2026-11-22")), isReplay: true };
  const status = feedStatus(engine, replay);
  assert.deepEqual([status.phases.HOSE, status.replay], ["pre-open", true]);
});
