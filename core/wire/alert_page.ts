import type { Alert, AlertSeverity, AlertType } from "./alert.ts";
import { selectAlerts } from "./alert_list.ts";
import { type MarketView, type Stamp, stampOf } from "./snapshot.ts";

/** Body of `/api/market/alerts`. */
export interface AlertPage extends Stamp {
  /** Newest first. */
  readonly alerts: readonly Alert[];
  /** Give it as `cursor` for the older ones; null when there are none. */
  readonly next_cursor: string | null;
}

/** What is asked for; `cursor` is the id of the last alert already seen. */
export interface AlertQuery {
  readonly limit: number;
  readonly type?: AlertType | undefined;
  readonly severity?: AlertSeverity | undefined;
  readonly symbol?: string | undefined;
  readonly cursor?: string | undefined;
}

/**
 * A page of the day's alerts; null when the cursor is of another trading day, whose alerts are gone
 * from the log. New alerts do not move a page: a cursor names the alert that it comes after.
 */
export function alertPage(view: MarketView, query: AlertQuery): AlertPage | null {
  const { limit, cursor, ...criteria } = query;
  const { entries } = view.log("alerts");
  const after = cursor === undefined ? null : positionOf(cursor);
  if (after !== null && after.date !== dateOf(entries)) return null;
  const found = selectAlerts(entries, { ...criteria, limit, before: after?.n });
  return {
    alerts: found.alerts,
    next_cursor: found.next_cursor === null ? null : found.alerts.at(-1)!.id,
    ...stampOf(view),
  };
}

function dateOf(entries: readonly Alert[]): string | null {
  const newest = entries.at(-1);
  return newest === undefined ? null : positionOf(newest.id).date;
}

function positionOf(id: string): { date: string; n: number } {
  return { date: id.slice(0, 10), n: Number(id.slice(11)) };
}
