import assert from "node:assert/strict";
import {
  addDays,
  daysBetween,
  formatVnDate,
  formatVnTime,
  parseVnDate,
  parseVnTime,
  vnDate,
  vnInstantMs,
  vnSecondOfDay,
  weekday,
} from "../../../core/market/time.ts";

Deno.test("A date that does not exist is no date, though V8 would roll it over", () => {
  assert.equal(parseVnDate("16/11/2026"), "2026-11-16");
  assert.equal(parseVnDate("29/02/2028"), "2028-02-29");
  for (const text of ["31/02/2026", "29/02/2026", "00/01/2026", "01/13/2026", "1/1/2026", ""]) {
    assert.equal(parseVnDate(text), null, text);
  }
});

Deno.test("A time of day is read to the second or not at all", () => {
  assert.equal(parseVnTime("00:00:00"), 0);
  assert.equal(parseVnTime("23:59:59"), 86_399);
  for (const text of ["24:00:00", "09:60:00", "09:00:60", "9:00:00", "09:00", ""]) {
    assert.equal(parseVnTime(text), null, text);
  }
});

Deno.test("The Viet Nam day begins at 17:00 UTC", () => {
  const midnight = Date.parse("2026-11-15T17:00:00Z");
  assert.equal(vnDate(midnight - 1), "2026-11-15");
  assert.equal(vnDate(midnight), "2026-11-16");
  assert.equal(vnSecondOfDay(midnight), 0);
  assert.equal(vnSecondOfDay(midnight - 1), 86_399);
  assert.equal(vnInstantMs("2026-11-16", 33_300), midnight + 33_300_000);
});

Deno.test("Dates and times are written as SSI writes them", () => {
  assert.equal(formatVnDate("2026-11-06"), "06/11/2026");
  assert.equal(formatVnTime(33_307), "09:15:07");
  assert.equal(formatVnTime(0), "00:00:00");
});

Deno.test("Days are counted across months and years", () => {
  assert.equal(addDays("2026-12-31", 1), "2027-01-01");
  assert.equal(addDays("2028-03-01", -1), "2028-02-29");
  assert.equal(daysBetween("2026-12-31", "2027-01-21"), 21);
  assert.equal(daysBetween("2028-03-01", "2028-02-28"), -2);
  assert.equal(weekday("2026-11-16"), 1);
  assert.equal(weekday("2026-11-15"), 0);
});
