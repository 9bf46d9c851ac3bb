import { addDays, weekday } from "./time.ts";

/** A day on which no board trades. */
export interface Holiday {
  readonly date: string;
  readonly vi: string;
  readonly en: string;
}

/** The newest day of which the exchange has said whether it trades. */
export const CONFIRMED_UNTIL = "2026-12-31";
/** When this table was changed last; whoever changes it changes this. */
export const CALENDAR_REVISED = "2026-11-26";

/**
 * Weekdays without trading, as dated data. 2025 and 2026 follow the published trading calendars;
 * 2027 follows the lunar calendar and the labour law and is to be checked against the exchange's
 * notice. The feed's own session code overrides this table, which is only the fallback.
 */
export const HOLIDAYS: readonly Holiday[] = [
  ...closed("Tết Dương lịch", "New Year", ["2025-01-01", "2026-01-01", "2026-01-02", "2027-01-01"]),
  ...closed("Tết Nguyên đán", "Lunar New Year", [
    ...["2025-01-27", "2025-01-28", "2025-01-29", "2025-01-30", "2025-01-31"],
    ...["2026-02-16", "2026-02-17", "2026-02-18", "2026-02-19", "2026-02-20"],
    ...["2027-02-04", "2027-02-05", "2027-02-08", "2027-02-09", "2027-02-10"],
  ]),
  ...closed("Giỗ Tổ Hùng Vương", "Hung Kings' Day", ["2025-04-07", "2026-04-27", "2027-04-16"]),
  ...closed("Ngày Chiến thắng", "Reunification Day", ["2025-04-30", "2026-04-30", "2027-04-30"]),
  ...closed("Quốc tế Lao động", "Labour Day", [
    ...["2025-05-01", "2025-05-02", "2026-05-01", "2027-05-03"],
  ]),
  ...closed("Quốc khánh", "National Day", [
    ...["2025-09-01", "2025-09-02", "2026-08-31", "2026-09-01", "2026-09-02"],
    ...["2027-09-02", "2027-09-03"],
  ]),
];

const holidayByDate = new Map(HOLIDAYS.map((holiday) => [holiday.date, holiday]));

/** The holiday of a date, or null. */
export function holidayOn(date: string): Holiday | null {
  return holidayByDate.get(date) ?? null;
}

/** Whether the boards trade on a date: a weekday that is no holiday. */
export function isTradingDay(date: string): boolean {
  const day = weekday(date);
  return day !== 0 && day !== 6 && !holidayByDate.has(date);
}

/** The newest trading day on or before a date. */
export function tradingDayOnOrBefore(date: string): string {
  let day = date;
  while (!isTradingDay(day)) day = addDays(day, -1);
  return day;
}

/** The first trading day after a date. */
export function nextTradingDay(date: string): string {
  let day = addDays(date, 1);
  while (!isTradingDay(day)) day = addDays(day, 1);
  return day;
}

function closed(vi: string, en: string, dates: readonly string[]): Holiday[] {
  return dates.map((date) => ({ date, vi, en }));
}
