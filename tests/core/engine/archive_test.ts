import assert from "node:assert/strict";
import { boardRow } from "../../../core/engine/views.ts";
import type { Change } from "../../../core/engine/change.ts";
import { stateHash } from "../../../core/engine/hash.ts";
import { createEngine } from "../../../core/engine/state.ts";
import { step } from "../../../core/engine/step.ts";
import type { ClockEvent, MarketEvent } from "../../../core/market/event.ts";
import { EXCHANGES, MORNING_ONLY, type SessionCode } from "../../../core/market/phase.ts";
import { alertEngine, alertsOf } from "../../support/alert_engine.ts";
import {
  at,
  DATE,
  indexEvent,
  preOpenEvent,
  quoteEvent,
  statusEvent,
  tradeEvent,
} from "../../support/trade_events.ts";

const TOMORROW = "2026-11-17";

/** All boards say the same. */
const say = (session: SessionCode, time: string): MarketEvent[] =>
  EXCHANGES.map((exchange, i) =>
    statusEvent({ symbol: `B${i}`, exchange, session, exchangeMs: at(time) })
  );
const clock = (time: string, date = DATE): ClockEvent => {
  return { kind: "clock", exchangeMs: at(time, date) };
};
const archives = (changes: readonly Change[]) => changes.filter(({ kind }) => kind === "archive");

/** An engine after a session of two trades and a spike, closed at 15:00. */
function closedEngine() {
  const engine = alertEngine();
  engine.send(...say("LO", "09:30:00"), engine.trade({ lastVolume: 100, side: "buy" }));
  engine.send(engine.trade({ lastVolume: 200, lastE2: 1_070_000, totalValueVnd: 3_140_000 }));
  engine.send(...say("C", "15:00:00"));
  return engine;
}

Deno.test("The session is archived at 15:05:00 of exchange time and not a second before (F-069, C-17)", () => {
  const { state, send, alerts } = closedEngine();
  assert.deepEqual(archives(send(clock("15:04:59"))), []);
  assert.equal(state.market.archivedMs, null);
  assert.deepEqual(archives(send(clock("15:05:00"))), [{ kind: "archive", tradingDate: DATE }]);
  assert.equal(state.market.archivedMs, at("15:05:00"));
  assert.equal(alerts().at(-1)?.message_vi, "Đã lưu phiên 16/11/2026 lúc 15:05:00");
  assert.deepEqual(archives(send(clock("15:06:00"), clock("16:30:00"))), []);
});

Deno.test("A message of 15:05 archives as our clock does (F-069, B-03)", () => {
  const { send } = closedEngine();
  const late = preOpenEvent({ symbol: "BBB", session: "C", exchangeMs: at("15:05:03") });
  assert.equal(archives(send(late)).length, 1);
});

Deno.test("After 15:05 everything stays readable until the next day's first message (B-26, N-40, F-069)", () => {
  const { state, send, alerts } = closedEngine();
  const row = boardRow(state, "AAA");
  const before = [...alerts()];
  send(clock("15:05:00"), clock("23:00:00"), clock("08:00:00", TOMORROW));
  assert.deepEqual(boardRow(state, "AAA"), row);
  assert.deepEqual(alerts().slice(0, before.length), before);
  const changes = send(preOpenEvent({
    tradingDate: TOMORROW,
    exchangeMs: at("08:30:00", TOMORROW),
  }));
  assert.equal(changes.some(({ kind }) => kind === "day"), true);
  assert.deepEqual([alerts().length, state.market.archivedMs], [0, null]);
  assert.equal(boardRow(state, "AAA").includes(10_700), true, "the ceiling of the new day");
  assert.equal(state.market.instruments.get("AAA")!.tape.head, 0);
});

Deno.test("Archiving is told as information, and ends the cooldowns (F-068, F-069)", () => {
  const { state, send, alerts } = closedEngine();
  assert.ok(state.market.alerts.lastMs.size > 0);
  const told = alertsOf(send(clock("15:05:00")));
  assert.deepEqual(told.map(({ alert_type, severity, symbol }) => [alert_type, severity, symbol]), [
    ["session_event", "info", "ALL"],
  ]);
  assert.equal(alerts().at(-1), told[0]);
  assert.equal(state.market.alerts.lastMs.size, 0);
});

Deno.test("A late close puts the archive off until the boards are closed (F-069, N-16)", () => {
  const { send } = alertEngine();
  send(...say("ATC", "14:30:00"), ...say("ATC", "15:04:00"));
  assert.deepEqual(archives(send(...say("ATC", "15:06:00"), clock("15:07:00"))), []);
  const closing = say("C", "15:08:00");
  assert.deepEqual(archives(send(...closing.slice(0, -1), clock("15:08:01"))), []);
  assert.equal(archives(send(...closing.slice(-1), clock("15:08:02"))).length, 1);
});

Deno.test("A board that fell silent in an open phase holds the archive up for an hour at most (F-069)", () => {
  const { send } = alertEngine();
  send(...say("LO", "14:20:00"));
  assert.deepEqual(archives(send(clock("15:05:00"), clock("16:04:59"))), []);
  assert.equal(archives(send(clock("16:05:00"))).length, 1);
});

Deno.test("A day on which the feed never spoke of a session is archived by the clock (F-069)", () => {
  const { send } = alertEngine();
  assert.equal(archives(send(clock("15:05:00"))).length, 1);
});

Deno.test("One message from a clock far ahead does not archive a running day (F-069)", () => {
  const before = alertEngine();
  const ahead = tradeEvent({ symbol: "ZZZ", session: null, exchangeMs: at("23:59:59") });
  assert.deepEqual(archives(before.send(ahead)), []);
  const within = alertEngine();
  within.send(...say("LO", "10:00:00"));
  assert.deepEqual(archives(within.send(ahead)), []);
  // And our clock still archives after such a message.
  within.send(...say("C", "15:00:00"));
  assert.equal(archives(within.send(clock("15:05:00"))).length, 1);
});

Deno.test("A half day is archived five minutes after its close (F-069)", () => {
  const { send } = alertEngine({ shortDays: [{ date: DATE, timetables: MORNING_ONLY }] });
  send(...say("LO", "09:30:00"), ...say("C", "11:45:00"));
  assert.deepEqual(archives(send(clock("11:49:59"))), []);
  assert.equal(archives(send(clock("11:50:00"))).length, 1);
});

Deno.test("A day that nobody archived is archived before the next one begins (N-40)", () => {
  const { state, send } = alertEngine();
  send(...say("LO", "09:30:00"), tradeEvent({ exchangeMs: at("11:00:00") }));
  const changes = send(preOpenEvent({
    tradingDate: TOMORROW,
    exchangeMs: at("08:30:00", TOMORROW),
  }));
  const kinds = changes.map(({ kind }) => kind);
  assert.deepEqual(kinds.slice(0, 3), ["alert", "archive", "day"]);
  assert.deepEqual([state.lastSession?.tradingDate, state.lastSession?.archivedMs], [
    DATE,
    at("11:00:00"),
  ]);
  assert.equal(state.market.tradingDate, TOMORROW);
});

Deno.test("What is left of a session tells its totals, closes, alerts and quality (N-17, N-40)", () => {
  const { state, send } = closedEngine();
  send(indexEvent({ exchangeMs: at("15:01:00") }));
  // The trade of 10:00 again, and a hole of 700.
  send(tradeEvent());
  send(tradeEvent({ totalVolume: 1_100, lastVolume: 100, exchangeMs: at("15:00:01") }));
  send(clock("15:05:00"));
  const last = state.lastSession!;
  assert.deepEqual([last.tradingDate, last.archivedMs], [DATE, at("15:05:00")]);
  assert.deepEqual(last.boards.HOSE, { trades: 3, volume: 1_100, valueVnd: 1_000_000 });
  assert.deepEqual(last.boards.UPCOM, { trades: 0, volume: 0, valueVnd: 0 });
  assert.deepEqual(last.indices, { VN30: { closeE2: 185_000, changeE2: 500 } });
  assert.equal(last.alerts.price_breakout, 1);
  const { quality } = last;
  assert.deepEqual([quality.countedVolume, quality.missingVolume], [400, 700]);
  assert.deepEqual(
    [quality.messages.duplicate, quality.messages["accepted-after-gap"]],
    [1, 1],
  );
  assert.deepEqual(quality.phaseDrifts, []);
});

Deno.test("The certificate of a day counts that day's messages alone, and names its drifts (N-17)", () => {
  const { state, send } = closedEngine();
  send(tradeEvent(), tradeEvent(), clock("15:05:00"));
  assert.equal(state.lastSession?.quality.messages.duplicate, 2);
  const tomorrow = (time: string) => ({ tradingDate: TOMORROW, exchangeMs: at(time, TOMORROW) });
  send(preOpenEvent(tomorrow("08:30:00")), tradeEvent(tomorrow("10:00:00")));
  send(quoteEvent(1, 2, tomorrow("13:00:00")));
  for (const time of ["14:30:00", "14:45:00", "14:46:00", "14:47:00"]) {
    send(statusEvent({ ...tomorrow(time), session: "ATC" }));
  }
  send(statusEvent({ ...tomorrow("14:49:00"), session: "C" }), clock("15:05:00", TOMORROW));
  const { quality, tradingDate } = state.lastSession!;
  assert.deepEqual([tradingDate, quality.messages.duplicate, quality.messages.accepted], [
    TOMORROW,
    0,
    1,
  ]);
  assert.deepEqual(quality.phaseDrifts, [{
    exchange: "HOSE",
    phase: "atc",
    timetablePhase: "put-through",
    sinceMs: at("14:45:00", TOMORROW),
  }]);
});

Deno.test("What is kept of the last session is plain data and no part of the hash of the next", () => {
  const live = closedEngine();
  const fresh = alertEngine();
  live.send(clock("15:05:00"));
  assert.deepEqual(structuredClone(live.state.lastSession), live.state.lastSession);
  const next = preOpenEvent({ tradingDate: TOMORROW, exchangeMs: at("08:30:00", TOMORROW) });
  live.send(next);
  fresh.state.market.tradingDate = null;
  fresh.send(next);
  assert.equal(stateHash(live.state), stateHash(fresh.state));
});

Deno.test("A clock before any message begins no day and archives none (F-069)", () => {
  const state = createEngine({ classifier: "feed", symbolsMax: 10 });
  assert.deepEqual(step(state, clock("16:30:00")), []);
  assert.deepEqual([state.market.tradingDate, state.market.archivedMs], [null, null]);
});
