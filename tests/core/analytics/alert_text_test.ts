import assert from "node:assert/strict";
import { alertText } from "../../../core/analytics/alert_text.ts";
import { write, writeSigned } from "../../../core/analytics/alert_words.ts";
import { cooldownKey, type SessionFinding } from "../../../core/analytics/finding.ts";
import { at } from "../../support/trade_events.ts";

const exchangeMs = at("10:00:00");
const facts = { symbol: "FPT", exchangeMs, volume: 50_000, totalVolume: 1_200_000 };

Deno.test("Numbers are written as each language writes them", () => {
  assert.deepEqual(write(1_234_567, 0), { en: "1,234,567", vi: "1.234.567" });
  assert.deepEqual(write(-1_234.5, 2), { en: "-1,234.50", vi: "-1.234,50" });
  assert.deepEqual(write(999, 0), { en: "999", vi: "999" });
  assert.deepEqual(writeSigned(0.4, 1), { en: "+0.4", vi: "+0,4" });
  assert.deepEqual(writeSigned(0, 1), { en: "0.0", vi: "0,0" });
});

Deno.test("A spike says how large the trade was and against what (N-22)", () => {
  const window = { windowTrades: 40, windowVolume: 476_000 };
  const price = { priceE2: 10_700_000, isFuture: false, valueVnd: 5_350_000_000, minVnd: 1e9 };
  const text = alertText({ type: "volume_spike", ...facts, ...window, ...price });
  assert.equal(
    text.message,
    "FPT: volume spike, one trade of 50,000 shares, 4.2 times the 20-minute mean",
  );
  assert.equal(
    text.message_vi,
    "FPT: đột biến khối lượng, một lệnh khớp 50.000 cp, gấp 4,2 lần trung bình 20 phút",
  );
  assert.deepEqual(text.data.inputs, {
    volume: 50_000,
    total_volume: 1_200_000,
    price: 107_000,
    value: 5_350_000_000,
    mean_volume: 11_900,
    window_trades: 40,
    window_volume: 476_000,
    ratio: 4.2,
  });
  assert.deepEqual(text.data.threshold, {
    ratio: 3,
    minutes: 20,
    trades_min: 10,
    value_min: 1_000_000_000,
  });
  assert.match(text.data.explanation, /50,000 is more than 3 times 11,900/);
  const future = alertText({
    type: "volume_spike",
    ...facts,
    ...window,
    ...price,
    priceE2: 185_230,
    isFuture: true,
  });
  assert.match(future.message, /contracts/);
  assert.match(future.message_vi, /hợp đồng/);
});

Deno.test("A breakout says which limit and its price, in dong or points (F-074, N-22)", () => {
  const at = { type: "price_breakout", ...facts, referenceE2: 10_000_000 } as const;
  const up = alertText({ ...at, limit: "ceiling", priceE2: 10_700_000, isFuture: false });
  assert.equal(up.message, "FPT: last price at the ceiling, 107,000 VND");
  assert.equal(up.message_vi, "FPT: khớp giá trần 107.000 đ");
  assert.deepEqual(up.data.threshold, { ceiling: 107_000 });
  assert.equal(up.data.inputs.last, 107_000);
  const down = alertText({ ...at, limit: "floor", priceE2: 172_270, isFuture: true });
  assert.equal(down.message, "FPT: last price at the floor, 1,722.7 points");
  assert.equal(down.message_vi, "FPT: khớp giá sàn 1.722,7 điểm");
  assert.deepEqual(down.data.threshold, { floor: 1_722.7 });
});

Deno.test("A foreign alert gives both net values in dong and the kind of the move (B-07, N-22)", () => {
  const text = alertText({
    type: "foreign_acceleration",
    symbol: "FPT",
    exchangeMs,
    move: "reversal",
    nowNetVnd: -5_200_000_000,
    pastNetVnd: 10_000_000_000,
  });
  assert.equal(
    text.message,
    "FPT: foreign net value changed sides from +10.00 to -5.20 bn VND in 5 minutes (152.0%)",
  );
  assert.equal(
    text.message_vi,
    "FPT: khối ngoại đảo chiều, giá trị ròng từ +10,00 tỷ thành -5,20 tỷ sau 5 phút (152,0%)",
  );
  assert.deepEqual(text.data.inputs, {
    net_value: -5_200_000_000,
    past_net_value: 10_000_000_000,
    change_pct: 152,
    kind: "reversal",
  });
  assert.deepEqual(text.data.threshold, { change_pct: 30, minutes: 5, past_min: 1_000_000_000 });
});

Deno.test("A basis alert gives both values in points (F-077, N-22)", () => {
  const basis = { type: "basis_divergence", symbol: "41I1GC000", exchangeMs } as const;
  const down = alertText({ ...basis, lastE2: 120, basisE2: -80 });
  assert.equal(down.message, "41I1GC000: basis turned negative, from +1.20 to -0.80 points");
  assert.equal(
    down.message_vi,
    "41I1GC000: độ lệch (basis) đổi dấu sang âm, từ +1,20 thành -0,80 điểm",
  );
  assert.deepEqual(down.data.inputs, { basis: -0.8, previous_basis: 1.2, kind: "discount" });
  assert.match(alertText({ ...basis, lastE2: -80, basisE2: 120 }).message, /turned positive/);
});

Deno.test("Session events speak of phases in both languages and say both in a drift (N-16)", () => {
  const event = { type: "session_event", symbol: "HOSE", exchangeMs: at("14:46:00") } as const;
  const phase = alertText({ ...event, event: "phase", before: "continuous", phase: "atc" });
  assert.equal(phase.message, "HOSE: closing auction (ATC) since 14:46:00");
  assert.equal(phase.message_vi, "HOSE: khớp lệnh định kỳ đóng cửa (ATC) từ 14:46:00");
  const sinceMs = at("14:45:00");
  const drift = alertText({
    ...event,
    event: "drift",
    phase: "atc",
    timetablePhase: "put-through",
    sinceMs,
  });
  assert.match(drift.message, /since 14:45:00.*closing auction.*put-through/);
  assert.match(drift.message_vi, /từ 14:45:00.*đóng cửa.*thỏa thuận/);
  assert.deepEqual(drift.data.threshold, { seconds: 60 });
});

Deno.test("Two events of one board share no cooldown, two spikes of one symbol do (F-065)", () => {
  const board = { type: "session_event", symbol: "HOSE", exchangeMs } as const;
  const findings: readonly SessionFinding[] = [
    { ...board, event: "phase", before: null, phase: "ato" },
    { ...board, event: "phase", before: "ato", phase: "continuous" },
    { ...board, event: "drift", phase: "ato", timetablePhase: "continuous", sinceMs: 0 },
    { ...board, event: "archive", tradingDate: "2026-11-16" },
    { ...board, event: "rule-disabled", rule: "volume_spike" },
    { ...board, event: "rule-disabled", rule: "price_breakout" },
  ];
  assert.equal(new Set(findings.map(cooldownKey)).size, findings.length);
  const basis = { type: "basis_divergence", symbol: "41I1GC000", exchangeMs } as const;
  assert.equal(
    cooldownKey({ ...basis, lastE2: 1, basisE2: -1 }),
    cooldownKey({ ...basis, lastE2: -1, basisE2: 1 }),
  );
});
