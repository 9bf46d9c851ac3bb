import assert from "node:assert/strict";
import { ask, COOLDOWN_MS, raise } from "../../../core/engine/alerts.ts";
import { logFrom } from "../../../core/engine/logs.ts";
import type { Change } from "../../../core/engine/change.ts";
import type { Finding } from "../../../core/analytics/finding.ts";
import { ALERT_SEVERITIES, ALERT_TYPES } from "../../../core/wire/alert.ts";
import { alertEngine, alertsOf } from "../../support/alert_engine.ts";
import { at, DATE, preOpenEvent, tradeEvent } from "../../support/trade_events.ts";

const basis = (exchangeMs: number, symbol = "41I1GC000"): Finding => ({
  type: "basis_divergence",
  symbol,
  exchangeMs,
  lastE2: 100,
  basisE2: -100,
});

/** Which of these findings become alerts, in this order. */
function raised(...findings: readonly Finding[]): boolean[] {
  const { state } = alertEngine();
  return findings.map((finding) => {
    const changes: Change[] = [];
    raise(state, finding, changes);
    return changes.length === 1;
  });
}

Deno.test("The names of types and severities are those of the wire (F-061, F-062)", () => {
  assert.deepEqual(ALERT_TYPES, [
    "foreign_acceleration",
    "basis_divergence",
    "volume_spike",
    "price_breakout",
    "session_event",
  ]);
  assert.deepEqual(ALERT_SEVERITIES, ["info", "warning", "critical"]);
});

Deno.test("An alert has every field of its record, and its change carries the same (F-063, F-067)", () => {
  const { state, alerts } = alertEngine();
  const changes: Change[] = [];
  raise(state, basis(at("10:00:05")), changes);
  const [alert] = alertsOf(changes);
  assert.deepEqual(alert, {
    id: `${DATE}-1`,
    n: 1,
    alert_type: "basis_divergence",
    severity: "warning",
    symbol: "41I1GC000",
    message: "41I1GC000: basis turned negative, from +1.00 to -1.00 points",
    message_vi: "41I1GC000: độ lệch (basis) đổi dấu sang âm, từ +1,00 thành -1,00 điểm",
    timestamp: "2026-11-16T10:00:05.000+07:00",
    data: {
      inputs: { basis: -1, previous_basis: 1, kind: "discount" },
      threshold: { basis: 0 },
      explanation: "The basis went from +1.00 to -1.00 points, across zero",
    },
  });
  assert.deepEqual(alerts(), [alert]);
});

Deno.test("Each type has its severity (F-062, C-40)", () => {
  const { state, alerts } = alertEngine();
  const exchangeMs = at("10:00:00");
  const fact = {
    symbol: "AAA",
    exchangeMs,
    volume: 1,
    totalVolume: 1,
    priceE2: 1,
    isFuture: false,
  };
  const findings: readonly Finding[] = [
    {
      type: "foreign_acceleration",
      symbol: "AAA",
      exchangeMs,
      move: "reversal",
      nowNetVnd: -1,
      pastNetVnd: 1,
    },
    basis(exchangeMs),
    { type: "volume_spike", ...fact, windowTrades: 1, windowVolume: 1, valueVnd: 1, minVnd: 0 },
    { type: "price_breakout", ...fact, limit: "floor", referenceE2: null },
    { type: "session_event", event: "archive", symbol: "ALL", exchangeMs, tradingDate: DATE },
    {
      type: "session_event",
      event: "rule-disabled",
      symbol: "AAA",
      exchangeMs,
      rule: "volume_spike",
    },
  ];
  for (const finding of findings) raise(state, finding, []);
  assert.deepEqual(alerts().map(({ severity }) => severity), [
    "warning",
    "warning",
    "warning",
    "critical",
    "info",
    "warning",
  ]);
  assert.deepEqual(new Set(alerts().map(({ id }) => id)).size, findings.length);
});

Deno.test("59.999 s after an alert the next one is held back, 60 s after it is not (F-065)", () => {
  const first = at("10:00:00");
  assert.deepEqual(raised(basis(first), basis(first + COOLDOWN_MS - 1)), [true, false]);
  assert.deepEqual(raised(basis(first), basis(first + COOLDOWN_MS)), [true, true]);
});

Deno.test("What is held back does not make the silence longer (F-065)", () => {
  const first = at("10:00:00");
  const times = [0, 30_000, 59_000, 60_000, 119_999, 120_000];
  assert.deepEqual(
    raised(...times.map((ms) => basis(first + ms))),
    [true, false, false, true, false, true],
  );
});

Deno.test("An older finding is held back and does not move the clock back (F-065, B-03)", () => {
  const first = at("10:00:00");
  assert.deepEqual(
    raised(basis(first), basis(first - 3_600_000), basis(first + 59_999), basis(first + 60_000)),
    [true, false, false, true],
  );
});

Deno.test("The silence is of one type and symbol alone, and what it holds back is counted (F-065)", () => {
  const { state } = alertEngine();
  const first = at("10:00:00");
  raise(state, basis(first), []);
  raise(state, basis(first, "41I1GB000"), []);
  raise(
    state,
    {
      ...basis(first),
      type: "foreign_acceleration",
      move: "reversal",
      nowNetVnd: -1,
      pastNetVnd: 1,
    } as Finding,
    [],
  );
  raise(state, basis(first + 1), []);
  assert.deepEqual(state.counters.alerts, { raised: 3, suppressed: 1, faults: 0 });
});

Deno.test("The log keeps the newest 500 alerts: the 501st pushes the first out (F-064)", () => {
  const { state } = alertEngine();
  for (let i = 0; i < 500; i++) raise(state, basis(at("09:15:00") + i * COOLDOWN_MS), []);
  const held = () => logFrom(state, "alerts", 0);
  assert.deepEqual([held().entries.length, held().from], [500, 0]);
  raise(state, basis(at("09:15:00") + 500 * COOLDOWN_MS), []);
  assert.deepEqual([held().entries.length, held().from], [500, 1]);
  assert.deepEqual([held().entries[0]!.n, held().entries.at(-1)!.n], [2, 501]);
  // Far more than that, and the log itself stays small.
  for (let i = 501; i < 3_000; i++) raise(state, basis(at("09:15:00") + i * COOLDOWN_MS), []);
  assert.ok(state.market.logs.alerts.entries.length <= 563);
  assert.equal(state.market.alerts.counts.basis_divergence, 3_000);
});

Deno.test("The memory of cooldowns holds one entry for each type and symbol", () => {
  const { state } = alertEngine();
  for (let i = 0; i < 1_000; i++) {
    raise(state, basis(at("09:15:00") + i * COOLDOWN_MS, ["41I1GC000", "41I1GB000"][i % 2]), []);
  }
  assert.equal(state.market.alerts.lastMs.size, 2);
});

Deno.test("A new day starts without alerts and cooldowns and numbers from 1 (F-068)", () => {
  const { state, send, alerts } = alertEngine();
  send(tradeEvent({ exchangeMs: at("11:00:00") }));
  raise(state, basis(at("11:00:00")), []);
  assert.equal(alerts().length, 1);
  const date = "2026-11-17";
  send(preOpenEvent({ tradingDate: date, exchangeMs: at("08:45:00", date) }));
  assert.deepEqual([alerts().length, state.market.alerts.lastMs.size], [0, 0]);
  assert.equal(state.market.alerts.counts.basis_divergence, 0);
  raise(state, basis(at("09:00:00", date)), []);
  assert.deepEqual(alerts().map(({ id, n }) => [id, n]), [[`${date}-1`, 1]]);
});

Deno.test("A rule that throws is off for its symbol alone, told and counted, and the engine goes on", () => {
  const { state, send, trade } = alertEngine();
  send(trade({ lastVolume: 100 }), tradeEvent({ symbol: "BBB" }));
  const { instruments } = state.market;
  const asked: string[] = [];
  const bad = (symbol: string, exchangeMs: number) => {
    const changes: Change[] = [];
    ask(state, instruments.get(symbol)!, {
      rule: "volume_spike",
      find: (_, instrument) => {
        asked.push(instrument.symbol);
        if (instrument.symbol === "AAA") throw new TypeError("no such bucket");
        return null;
      },
      input: { exchangeMs },
    }, changes);
    return alertsOf(changes);
  };
  const [told] = bad("AAA", at("10:00:00"));
  assert.deepEqual([told?.alert_type, told?.severity, told?.symbol], [
    "session_event",
    "warning",
    "AAA",
  ]);
  assert.equal(told?.data.inputs.rule, "volume_spike");
  assert.deepEqual(bad("AAA", at("10:05:00")), []);
  assert.deepEqual(bad("BBB", at("10:05:00")), []);
  assert.deepEqual(asked, ["AAA", "BBB"]);
  assert.equal(state.counters.alerts.faults, 1);
  assert.deepEqual(state.lastRuleFault, {
    symbol: "AAA",
    rule: "volume_spike",
    message: "TypeError: no such bucket",
  });
  const ceiling = trade({ lastVolume: 100, lastE2: 1_070_000, exchangeMs: at("10:06:00") });
  assert.equal(alertsOf(send(ceiling))[0]?.alert_type, "price_breakout");
});

Deno.test("A rule that fails inside a frame costs its symbol that rule and nothing else", () => {
  const { state, send, trade } = alertEngine();
  send(trade({ lastVolume: 100 }));
  // Damaged memory of one security, as no journal could bring about.
  Object.assign(state.market.instruments.get("AAA")!.watch!, { spike: null });
  const changes = send(trade({ lastVolume: 100, lastE2: 1_070_000 }));
  assert.deepEqual(alertsOf(changes).map(({ alert_type }) => alert_type), [
    "session_event",
    "price_breakout",
  ]);
  assert.equal(changes.some(({ kind }) => kind === "trade"), true);
  assert.equal(state.market.instruments.get("AAA")!.tape.counted, 200);
});
