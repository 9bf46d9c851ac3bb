import { futuresAlias } from "../../core/market/futures.ts";
import { EXCHANGES } from "../../core/market/phase.ts";
import type { Alert } from "../../core/wire/alert.ts";
import { AT_PARAMETER } from "../../core/wire/moment.ts";
import { isoVn } from "../../core/wire/snapshot.ts";
import { dateOf } from "./alert_feed.ts";

const MINUTE_MS = 60_000;

/** The page that an alert is about: of the symbol, of the contract, or the board for a session. */
export function subjectPath({ alert_type, symbol }: Alert): string {
  if (!isSecurity(symbol)) return "/";
  return alert_type === "basis_divergence"
    ? `/derivatives?contract=${encodeURIComponent(symbol)}`
    : `/stock/${encodeURIComponent(symbol)}`;
}

/** The same page as it was in the minute before the alert. */
export function minuteBeforePath(alert: Alert): string {
  const path = subjectPath(alert);
  const minute = isoVn(Date.parse(alert.timestamp) - MINUTE_MS).slice(0, 16);
  return `${path}${path.includes("?") ? "&" : "?"}${AT_PARAMETER}=${minute}`;
}

/** What traders call a future on the date of an alert, such as `VN30F1M`; null for anything else. */
export function traderName({ id, symbol }: Pick<Alert, "id" | "symbol">): string | null {
  return futuresAlias(symbol, dateOf(id));
}

/** Session events are about a board or the whole market. */
export function isSecurity(symbol: string): boolean {
  return symbol !== "ALL" && !(EXCHANGES as readonly string[]).includes(symbol);
}
