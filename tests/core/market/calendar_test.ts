import assert from "node:assert/strict";
import {
  holidayOn,
  HOLIDAYS,
  isTradingDay,
  nextTradingDay,
  tradingDayOnOrBefore,
} from "../../../core/market/calendar.ts";
import { weekday } from "../../../core/market/time.ts";

Deno.test("Weekends and holidays are no trading days", () => {
  assert.equal(isTradingDay("2026-11-16"), true);
  assert.equal(isTradingDay("2026-11-14"), false);
  assert.equal(isTradingDay("2026-11-15"), false);
  assert.equal(isTradingDay("2026-02-17"), false);
  assert.equal(holidayOn("2026-02-17")?.en, "Lunar New Year");
  assert.equal(holidayOn("2026-11-16"), null);
});

Deno.test("The day before and after a long holiday are found across it", () => {
  assert.equal(tradingDayOnOrBefore("2026-02-22"), "2026-02-13");
  assert.equal(nextTradingDay("2026-02-13"), "2026-02-23");
  assert.equal(tradingDayOnOrBefore("2026-11-16"), "2026-11-16");
  assert.equal(nextTradingDay("2026-11-20"), "2026-11-23");
});

Deno.test("The table of holidays names each day once, and only weekdays", () => {
  const dates = HOLIDAYS.map((holiday) => holiday.date);
  assert.equal(new Set(dates).size, dates.length);
  for (const date of dates) assert.ok(weekday(date) >= 1 && weekday(date) <= 5, date);
});
