import type { Alert, AlertSeverity, AlertType } from "../../core/wire/alert.ts";

/** Alerts that a page holds at most: as many as the server keeps of a day. */
export const ALERTS_KEPT = 500;

/** Which alerts a reader wants to see; "all" and "" do not limit. */
export interface AlertFilter {
  readonly type: AlertType | "all";
  readonly severity: AlertSeverity | "all";
  readonly symbol: string;
}

export function fits(alert: Alert, { type, severity, symbol }: AlertFilter): boolean {
  return (type === "all" || alert.alert_type === type) &&
    (severity === "all" || alert.severity === severity) &&
    (symbol === "" || alert.symbol === symbol);
}

/** A filter as the query of the page and of the API have it, without what does not limit. */
export function filterQuery({ type, severity, symbol }: AlertFilter): URLSearchParams {
  const query = new URLSearchParams();
  if (type !== "all") query.set("type", type);
  if (severity !== "all") query.set("severity", severity);
  if (symbol !== "") query.set("symbol", symbol);
  return query;
}

/** Whether one id is of a later alert than another; dates first, as numbers start over each day. */
export function isLater(id: string, than: string): boolean {
  const [date, otherDate] = [dateOf(id), dateOf(than)];
  return date === otherDate ? numberOf(id) > numberOf(than) : date > otherDate;
}

/** The trading date of an alert. */
export function dateOf(id: string): string {
  return id.slice(0, 10);
}

function numberOf(id: string): number {
  return Number(id.slice(11));
}

/** Alerts from several sources, each once, newest first: those of the newest trading day. */
export function mergeAlerts(...lists: readonly (readonly Alert[])[]): readonly Alert[] {
  const byId = new Map(lists.flat().map((alert) => [alert.id, alert]));
  const sorted = [...byId.values()].sort((a, b) => isLater(a.id, b.id) ? -1 : 1);
  const newest = sorted[0];
  if (newest === undefined) return [];
  return sorted.filter(({ id }) => dateOf(id) === dateOf(newest.id)).slice(0, ALERTS_KEPT);
}

/** Alerts in the order of the exchange's clock, newest first: after a gap older ones arrive late. */
export function byTime(alerts: readonly Alert[]): readonly Alert[] {
  return alerts.toSorted((a, b) =>
    Date.parse(b.timestamp) - Date.parse(a.timestamp) || (isLater(a.id, b.id) ? -1 : 1)
  );
}

const GRAVITY: Readonly<Record<AlertSeverity, number>> = { info: 0, warning: 1, critical: 2 };

/** The gravest of some alerts, the newest of those; null of none. */
export function gravest(alerts: readonly Alert[]): Alert | null {
  return alerts.reduce<Alert | null>((found, alert) => {
    if (found === null) return alert;
    const more = GRAVITY[alert.severity] - GRAVITY[found.severity];
    return more > 0 || more === 0 && isLater(alert.id, found.id) ? alert : found;
  }, null);
}
