import assert from "node:assert/strict";
import {
  closingSecond,
  EXCHANGES,
  MORNING_ONLY,
  type Phase,
  phaseAtSecond,
  phaseByClock,
  phaseOfSession,
  phaseSeconds,
  SHORT_DAYS,
  TIMETABLES,
  timetablesOn,
} from "../../../core/market/phase.ts";
import { parseVnTime, vnInstantMs } from "../../../core/market/time.ts";

const at = (text: string) => parseVnTime(text)!;

Deno.test("Each board changes phase on the second of its own timetable (B-27, C-33)", () => {
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

Deno.test("Seconds of phases between two moments are those of the timetable, on a half day too", () => {
  const isContinuous = (phase: Phase) => phase === "continuous";
  const from = at("11:00:00");
  const until = at("13:10:00");
  assert.equal(phaseSeconds("HOSE", [from, until], isContinuous), 40 * 60);
  assert.equal(phaseSeconds("HOSE", [from, until], isContinuous, MORNING_ONLY), 15 * 60);
  assert.equal(phaseSeconds("HOSE", [until, from], isContinuous), 0);
  assert.equal(phaseSeconds("HOSE", [0, 86_400], (phase) => phase === "closed"), 17.75 * 3_600);
  for (const exchange of EXCHANGES) {
    assert.equal(phaseSeconds(exchange, [0, 86_400], () => true), 86_400);
  }
});

Deno.test("Outside the hours of a board the clock says that nothing trades (F-024, C-33)", () => {
  for (const exchange of EXCHANGES) {
    for (const time of ["00:00:00", "08:29:59", "15:00:00", "23:59:59"]) {
      assert.equal(phaseByClock(exchange, vnInstantMs("2026-11-16", at(time))), "closed");
    }
    assert.equal(phaseByClock(exchange, vnInstantMs("2026-11-16", at("12:00:00"))), "lunch");
  }
});

Deno.test("On a holiday and at weekends the clock says closed on every board (B-27, F-024, C-33)", () => {
  for (const exchange of EXCHANGES) {
    for (const date of ["2026-11-14", "2026-11-15", "2026-02-17", "2026-09-02"]) {
      assert.equal(phaseByClock(exchange, vnInstantMs(date, at("10:00:00"))), "closed", date);
    }
  }
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

Deno.test("A half day has hours of its own, the days around it have not", () => {
  const days = [{ date: "2026-11-17", timetables: MORNING_ONLY }];
  const phase = (date: string, time: string) =>
    phaseByClock("HOSE", vnInstantMs(date, at(time)), days);
  assert.equal(phase("2026-11-17", "11:14:59"), "continuous");
  assert.equal(phase("2026-11-17", "11:15:00"), "atc");
  assert.equal(phase("2026-11-17", "11:30:00"), "put-through");
  assert.equal(phase("2026-11-17", "11:45:00"), "closed");
  assert.equal(phase("2026-11-17", "14:00:00"), "closed");
  assert.equal(phase("2026-11-16", "11:15:00"), "continuous");
  assert.equal(phase("2026-11-18", "14:00:00"), "continuous");
  assert.equal(phaseOfSession("C", "HNX", at("11:31:00"), MORNING_ONLY), "plo");
  assert.equal(phaseOfSession("C", "HNX", at("11:31:00")), "closed");
});

Deno.test("The last board closes at 15:00, on a half day at 11:45", () => {
  assert.equal(closingSecond(TIMETABLES), at("15:00:00"));
  assert.equal(closingSecond(MORNING_ONLY), at("11:45:00"));
  assert.equal(timetablesOn(null), TIMETABLES);
});

Deno.test("Every timetable begins and ends closed and its rows are in order, half days too", () => {
  for (const tables of [TIMETABLES, MORNING_ONLY, ...SHORT_DAYS.map((day) => day.timetables)]) {
    for (const exchange of EXCHANGES) {
      const rows = tables[exchange];
      assert.deepEqual([rows[0]![0], rows[0]![1], rows.at(-1)![1]], [0, "closed", "closed"]);
      for (let i = 1; i < rows.length; i++) assert.ok(rows[i]![0] > rows[i - 1]![0], exchange);
    }
  }
});
