import assert from "node:assert/strict";
import { PHASE_RUN } from "../../../core/engine/session.ts";
import type { MarketEvent } from "../../../core/market/event.ts";
import type { SessionCode } from "../../../core/market/phase.ts";
import { alertEngine, alertsOf } from "../../support/alert_engine.ts";
import { at, statusEvent } from "../../support/trade_events.ts";

/** A board's word through AAA. */
const says = (session: SessionCode, time: string, exchange: "HOSE" | "HNX" = "HOSE") =>
  statusEvent({
    symbol: exchange === "HOSE" ? "AAA" : "HHH",
    session,
    exchange,
    exchangeMs: at(time),
  });

/** Messages of the session once a second. */
function every(session: SessionCode, from: string, seconds: number): MarketEvent[] {
  return Array.from({ length: seconds }, (_, i) => {
    return { ...says(session, from), exchangeMs: at(from) + i * 1_000 };
  });
}

Deno.test("Each change of a board's phase is one event of it, and information (C-40)", () => {
  const { send, alerts } = alertEngine();
  send(says("ATO", "09:00:00"), says("ATO", "09:01:00"), says("LO", "09:15:00"));
  send(says("LO", "09:16:00"), says("BREAK", "11:30:00"), says("LO", "13:00:00"));
  send(says("ATC", "14:30:00"), says("C", "14:45:00"), says("C", "15:00:00"));
  assert.deepEqual(
    alerts().map(({ symbol, severity, data }) => [symbol, severity, data.inputs.phase]),
    [
      ["HOSE", "info", "ato"],
      ["HOSE", "info", "continuous"],
      ["HOSE", "info", "lunch"],
      ["HOSE", "info", "continuous"],
      ["HOSE", "info", "atc"],
      ["HOSE", "info", "put-through"],
      ["HOSE", "info", "closed"],
    ],
  );
});

Deno.test("The close that only the clock tells is told with its own time", () => {
  const { send } = alertEngine();
  send(says("ATC", "14:30:00"), says("C", "14:45:00"));
  const [closed] = alertsOf(send({ kind: "clock", exchangeMs: at("15:03:20") }));
  assert.equal(closed?.message, "HOSE: closed since 15:00:00");
});

Deno.test("A phase found on connecting is no event, the next one is", () => {
  const { send } = alertEngine();
  assert.deepEqual(alertsOf(send(says("BREAK", "12:00:00"))), []);
  assert.equal(alertsOf(send(says("LO", "13:00:00"))).length, 1);
});

Deno.test("Two phases of a board within a minute are two events (F-065)", () => {
  const { send } = alertEngine();
  send(says("LO", "14:29:30"));
  assert.equal(alertsOf(send(says("ATC", "14:30:00"))).length, 1);
  const halt = Array.from({ length: PHASE_RUN }, (_, i) => {
    return statusEvent({ symbol: `S${i}`, session: "H", exchangeMs: at("14:30:20") });
  });
  assert.deepEqual(alertsOf(send(...halt)).map(({ data }) => data.inputs.phase), ["halted"]);
});

Deno.test("Boards change phase each for itself", () => {
  const { send } = alertEngine();
  send(says("LO", "14:00:00"), says("LO", "14:00:00", "HNX"));
  const both = alertsOf(send(says("ATC", "14:30:00"), says("ATC", "14:30:00", "HNX")));
  assert.deepEqual(both.map(({ symbol }) => symbol), ["HOSE", "HNX"]);
});

const drifts = (alerts: ReturnType<typeof alertsOf>) =>
  alerts.filter(({ data }) => data.inputs.event === "drift");

Deno.test("A late close is told once, after a minute, with both phases (N-16)", () => {
  const { send, state } = alertEngine();
  send(says("LO", "10:30:00"), says("LO", "13:00:00"));
  send(...every("ATC", "14:44:00", 60), ...every("ATC", "14:45:00", 60));
  assert.deepEqual(drifts([...state.market.logs.alerts.entries]), []);
  const told = drifts(alertsOf(send(...every("ATC", "14:46:00", 180))));
  assert.equal(told.length, 1);
  assert.deepEqual(told[0]?.data.inputs, {
    event: "drift",
    phase: "atc",
    timetable_phase: "put-through",
    since: "14:45:00",
  });
  assert.ok(told[0]!.timestamp <= "2026-11-16T14:47:00");
});

Deno.test("A board that is a few seconds late is not told (N-16)", () => {
  const { send, state } = alertEngine();
  send(...every("ATC", "14:44:00", 60), ...every("ATC", "14:45:00", 58), says("C", "14:45:58"));
  send(says("C", "14:46:30"), says("C", "14:50:00"), says("C", "15:00:00"));
  assert.deepEqual(drifts([...state.market.logs.alerts.entries]), []);
});

Deno.test("59 seconds against the timetable are no drift, 60 are (N-16)", () => {
  for (const [last, count] of [["14:45:59", 0], ["14:46:00", 1]] as const) {
    const { send, state } = alertEngine();
    send(says("LO", "10:30:00"), says("LO", "13:00:00"));
    send(says("ATC", "14:30:00"), says("ATC", "14:45:10"), says("ATC", last));
    send({ kind: "clock", exchangeMs: at("14:47:00") });
    assert.equal(drifts([...state.market.logs.alerts.entries]).length, count, last);
  }
});

Deno.test("A board that fell silent does not drift, however late it becomes (N-16)", () => {
  const { send, state } = alertEngine();
  send(...every("ATC", "14:44:00", 60));
  for (const time of ["14:46:00", "14:47:00", "14:48:00", "14:49:00"]) {
    send({ kind: "clock", exchangeMs: at(time) });
  }
  assert.deepEqual(drifts([...state.market.logs.alerts.entries]), []);
});

Deno.test("One message from a clock far ahead is no drift (N-16)", () => {
  const { send, state } = alertEngine();
  send(...every("LO", "13:00:00", 60), says("LO", "23:59:59"));
  assert.deepEqual(drifts([...state.market.logs.alerts.entries]), []);
});

Deno.test("A morning before the open that is called closed is no drift (N-16)", () => {
  const { send, state } = alertEngine();
  send(...every("C", "08:45:00", 300));
  assert.deepEqual(drifts([...state.market.logs.alerts.entries]), []);
});
