/** Where the reader's place in the alerts is kept. */
const SEEN_KEY = "alertsSeen";

/** The newest alert that the reader has looked at; numbers begin with each trading date. */
export interface SeenAlerts {
  readonly date: string;
  readonly n: number;
}

/** Alerts of a date that came after those looked at. */
export function unseenOf(seen: SeenAlerts | null, date: string, newest: number): number {
  return seen?.date === date ? Math.max(0, newest - seen.n) : newest;
}

/** An alert's place in the order of all alerts, as a text that compares like it. */
export function placeOf({ date, n }: SeenAlerts): string {
  return `${date}#${String(n).padStart(6, "0")}`;
}

/** The place that was kept; null for none, or for one that cannot be read. */
export function readSeen(): SeenAlerts | null {
  const [date, n] = (localStorage.getItem(SEEN_KEY) ?? "").split("#");
  return date && /^\d+$/.test(n ?? "") ? { date, n: Number(n) } : null;
}

export function writeSeen({ date, n }: SeenAlerts): void {
  localStorage.setItem(SEEN_KEY, `${date}#${n}`);
}
