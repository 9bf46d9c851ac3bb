import assert from "node:assert/strict";
import {
  EXCHANGES,
  type Phase,
  phaseAtSecond,
  phaseByClock,
  phaseOfSession,
  TIMETABLES,
} from "../../../core/market/phase.ts";
import { parseVnTime, vnInstantMs } from "../../../core/market/time.ts";

const at = (text: string) => parseVnTime(text)!;

Deno.test("Each board changes phase on the second of its timetable", () => {
  const expected: readonly (readonly [typeof EXCHANGES[number], string, Phase, Phase])[] = [
    ["HOSE", "09:00:00", "pre-open", "ato"],
    ["HOSE", "09:15:00", "ato", "continuous"],
    ["HOSE", "14:30:00", "continuous", "atc"],
    ["HOSE", "14:45:00", "atc", "put-through"],
    ["HOSE", "15:00:00", "put-through", "closed"],
    ["HNX", "09:00:00", "pre-open", "continuous"],
    ["HNX", "14:45:00", "atc", "plo"],
    ["UPCOM", "11:30:00", "continuous", "lunch"],
    ["UPCOM", "15:00:00", "continuous", "closed"],
    ["DERIVATIVES", "08:45:00", "pre-open", "ato"],
    ["DERIVATIVES", "09:00:00", "ato", "continuous"],
    ["DERIVATIVES", "14:45:00", "atc", "closed"],
  ];
  for (const [exchange, time, before, after] of expected) {
    assert.equal(phaseAtSecond(exchange, at(time) - 1), before, `${exchange} before ${time}`);
    assert.equal(phaseAtSecond(exchange, at(time)), after, `${exchange} at ${time}`);
  }
});

Deno.test("Every second of a day has one phase, and it changes only at rows of the table (P7)", () => {
  for (const exchange of EXCHANGES) {
    const starts = new Set(TIMETABLES[exchange].map(([start]) => start));
    let previous = phaseAtSecond(exchange, 0);
    for (let second = 1; second < 86_400; second++) {
      const phase = phaseAtSecond(exchange, second);
      if (phase !== previous) assert.ok(starts.has(second), `${exchange} ${second}`);
      previous = phase;
    }
  }
});

Deno.test("On a holiday and at weekends the clock says closed", () => {
  assert.equal(phaseByClock("HOSE", vnInstantMs("2026-11-16", at("10:00:00"))), "continuous");
  assert.equal(phaseByClock("HOSE", vnInstantMs("2026-11-15", at("10:00:00"))), "closed");
  assert.equal(phaseByClock("HOSE", vnInstantMs("2026-02-17", at("10:00:00"))), "closed");
});

Deno.test("Code C stands for put-through on HOSE and PLO on HNX until 15:00, then for closed", () => {
  assert.equal(phaseOfSession("C", "HOSE", at("14:45:00")), "put-through");
  assert.equal(phaseOfSession("C", "HNX", at("14:50:00")), "plo");
  assert.equal(phaseOfSession("C", "HOSE", at("15:00:00")), "closed");
  assert.equal(phaseOfSession("C", "DERIVATIVES", at("14:45:00")), "closed");
  assert.equal(phaseOfSession("C", "UPCOM", at("10:00:00")), "closed");
});

Deno.test("Every other session code means the same at any time", () => {
  const expected = [
    ["ATO", "ato"],
    ["LO", "continuous"],
    ["BREAK", "lunch"],
    ["ATC", "atc"],
    ["PT", "put-through"],
    ["PLO", "plo"],
    ["H", "halted"],
  ] as const;
  for (const [code, phase] of expected) {
    assert.equal(phaseOfSession(code, "HOSE", at("03:00:00")), phase);
    assert.equal(phaseOfSession(code, "UPCOM", at("10:00:00")), phase);
  }
});
