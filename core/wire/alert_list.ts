import type { Alert, AlertSeverity, AlertType } from "./alert.ts";

/** Which alerts of a log are wanted. */
export interface AlertQuery {
  readonly limit: number;
  readonly type?: AlertType;
  readonly severity?: AlertSeverity;
  readonly symbol?: string;
  /** Number of an alert: only those before it, as `next_cursor` of the page before says. */
  readonly before?: number;
}

/** A page of alerts, newest first. */
export interface AlertPage {
  readonly alerts: readonly Alert[];
  /** `before` of the next page; null when there is none. */
  readonly next_cursor: number | null;
}

/** Picks the newest alerts that fit a query; `entries` are oldest first, as a log has them. */
export function selectAlerts(entries: readonly Alert[], query: AlertQuery): AlertPage {
  const { limit, type, severity, symbol, before = Infinity } = query;
  const alerts: Alert[] = [];
  for (let i = entries.length - 1; i >= 0; i--) {
    const alert = entries[i]!;
    if (alert.n >= before) continue;
    if (type !== undefined && alert.alert_type !== type) continue;
    if (severity !== undefined && alert.severity !== severity) continue;
    if (symbol !== undefined && alert.symbol !== symbol) continue;
    if (alerts.length === limit) return { alerts, next_cursor: alerts.at(-1)?.n ?? null };
    alerts.push(alert);
  }
  return { alerts, next_cursor: null };
}
