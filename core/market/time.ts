/**
 * Exchange time. Viet Nam keeps UTC+7 all year, so local time is arithmetic and never asks the
 * machine's zone. Instants are `…Ms` (Unix epoch, milliseconds); dates are `YYYY-MM-DD`.
 */

const VN_OFFSET_MS = 7 * 3_600_000;
const DAY_MS = 86_400_000;

/** The trading date (`YYYY-MM-DD`, Viet Nam) of an instant. */
export function vnDate(instantMs: number): string {
  return new Date(instantMs + VN_OFFSET_MS).toISOString().slice(0, 10);
}

/** Seconds since midnight in Viet Nam of an instant, 0–86,399. */
export function vnSecondOfDay(instantMs: number): number {
  const local = instantMs + VN_OFFSET_MS;
  return Math.floor((local - Math.floor(local / DAY_MS) * DAY_MS) / 1000);
}

/** The instant of a second of the day on a Viet Nam date; the date must be `YYYY-MM-DD`. */
export function vnInstantMs(date: string, secondOfDay: number): number {
  return Date.parse(`${date}T00:00:00Z`) - VN_OFFSET_MS + secondOfDay * 1000;
}

/** Reads SSI's `dd/MM/yyyy` into `YYYY-MM-DD`, or null when no such day exists. */
export function parseVnDate(text: string): string | null {
  const match = /^(\d{2})\/(\d{2})\/(\d{4})$/.exec(text);
  if (match === null) return null;
  const date = `${match[3]}-${match[2]}-${match[1]}`;
  return isDate(date) ? date : null;
}

/** Whether a text is a day of the calendar, `YYYY-MM-DD`. */
export function isDate(text: string): boolean {
  if (!/^\d{4}-\d{2}-\d{2}$/.test(text)) return false;
  const instant = Date.parse(`${text}T00:00:00Z`);
  // V8 reads 31/02 as 2 March; only a date that survives the round trip exists.
  return !Number.isNaN(instant) && new Date(instant).toISOString().slice(0, 10) === text;
}

/** Reads `HH:mm:ss` into seconds since midnight, or null when it is not a time of day. */
export function parseVnTime(text: string): number | null {
  const match = /^([01]\d|2[0-3]):([0-5]\d):([0-5]\d)$/.exec(text);
  if (match === null) return null;
  return Number(match[1]) * 3600 + Number(match[2]) * 60 + Number(match[3]);
}

/** Writes `YYYY-MM-DD` as SSI's `dd/MM/yyyy`. */
export function formatVnDate(date: string): string {
  return `${date.slice(8, 10)}/${date.slice(5, 7)}/${date.slice(0, 4)}`;
}

/** Writes seconds since midnight as `HH:mm:ss`. */
export function formatVnTime(secondOfDay: number): string {
  const part = (n: number) => String(Math.floor(n)).padStart(2, "0");
  return `${part(secondOfDay / 3600)}:${part(secondOfDay / 60 % 60)}:${part(secondOfDay % 60)}`;
}

/** The date `days` later (or earlier when negative). */
export function addDays(date: string, days: number): string {
  return new Date(Date.parse(`${date}T00:00:00Z`) + days * DAY_MS).toISOString().slice(0, 10);
}

/** Calendar days from one date to another; negative when the other is earlier. */
export function daysBetween(from: string, to: string): number {
  return (Date.parse(`${to}T00:00:00Z`) - Date.parse(`${from}T00:00:00Z`)) / DAY_MS;
}

/** Day of the week of a date: 0 is Sunday, 6 is Saturday. */
export function weekday(date: string): number {
  return new Date(Date.parse(`${date}T00:00:00Z`)).getUTCDay();
}
