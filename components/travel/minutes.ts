/** Minutes of a day as numbers, from midnight; `HH:mm` in texts. */

/** Nothing trades between these; playing skips them. */
const LUNCH_START = 11 * 60 + 30;
const LUNCH_END = 13 * 60;

export function minuteNumber(text: string): number {
  return Number(text.slice(0, 2)) * 60 + Number(text.slice(3, 5));
}

export function minuteText(minute: number): string {
  const part = (n: number) => String(n).padStart(2, "0");
  return `${part(Math.floor(minute / 60))}:${part(minute % 60)}`;
}

/** The minute that playing shows after this one. */
export function minuteAfter(minute: number): number {
  return minute > LUNCH_START && minute < LUNCH_END ? LUNCH_END : minute + 1;
}
