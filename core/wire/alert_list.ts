import type { Alert, AlertSeverity, AlertType } from "./alert.ts";

/** Which alerts a list holds; every criterion given must fit. */
export interface AlertChoice {
  readonly limit: number;
  readonly type?: AlertType | undefined;
  readonly severity?: AlertSeverity | undefined;
  /** Only alerts with a smaller number, for the page that comes next. */
  readonly before?: number | undefined;
}

/** The newest alerts that fit, newest first; `entries` rise by number. */
export function selectAlerts(entries: readonly Alert[], choice: AlertChoice): Alert[] {
  const { limit, type, severity, before = Infinity } = choice;
  const found: Alert[] = [];
  for (let i = entries.length - 1; i >= 0 && found.length < limit; i--) {
    const alert = entries[i]!;
    if (alert.n >= before) continue;
    if (type !== undefined && alert.alert_type !== type) continue;
    if (severity !== undefined && alert.severity !== severity) continue;
    found.push(alert);
  }
  return found;
}
