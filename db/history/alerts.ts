import type { Alert, AlertData, AlertSeverity, AlertType } from "../../core/wire/alert.ts";
import { isoVn } from "../../core/wire/snapshot.ts";
import { datesBehind, pageOf, type Reader } from "./reader.ts";

interface Raw {
  readonly trading_date: string;
  readonly n: number;
  readonly id: string;
  readonly ts: Date;
  readonly type: AlertType;
  readonly severity: AlertSeverity;
  readonly symbol: string;
  readonly message: string;
  readonly message_vi: string;
  readonly data: AlertData;
}

/** Alerts of any days that fit every criterion. */
export const readAlerts: Reader<Alert> = async (sql, { range, type, severity }, order) => {
  const { after, isDescending, rowsMax } = order;
  const { from, to } = datesBehind(range, order);
  const direction = isDescending ? sql`DESC` : sql`ASC`;
  const behind = after === null
    ? sql``
    : isDescending
    ? sql`AND (trading_date, n) < (${after.date}::date, ${after.n}::int)`
    : sql`AND (trading_date, n) > (${after.date}::date, ${after.n}::int)`;
  const raw = await sql<Raw[]>`
    SELECT trading_date, n, id, ts, type, severity, symbol, message, message_vi, data FROM alerts
    WHERE trading_date BETWEEN ${from}::date AND ${to}::date ${behind}
      ${type === undefined ? sql`` : sql`AND type = ${type}`}
      ${severity === undefined ? sql`` : sql`AND severity = ${severity}`}
    ORDER BY trading_date ${direction}, n ${direction} LIMIT ${rowsMax + 1}`;
  return pageOf(raw, rowsMax, {
    key: ({ trading_date: date, n }) => ({ date, n }),
    row: ({ id, n, ts, type, severity, symbol, message, message_vi, data }) => ({
      ...{ id, n, alert_type: type, severity, symbol, message, message_vi },
      ...{ timestamp: isoVn(ts.getTime()), data },
    }),
  });
};
