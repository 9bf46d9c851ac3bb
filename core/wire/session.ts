import type { SessionCertificate } from "./certificate.ts";
import { type MarketView, type Stamp, stampOf } from "./snapshot.ts";
import type { FeedStatus } from "./status.ts";

/** Body of `/api/market/session`. */
export interface SessionPayload extends Stamp {
  readonly trading_date: string | null;
  readonly phases: FeedStatus["phases"];
  /** Whether the session of `trading_date` is over and archived; its numbers stay readable. */
  readonly is_archived: boolean;
  /** The newest session that was archived: today's after the close, else that of the day before. */
  readonly last_session: SessionCertificate | null;
}

/** Builds the payload from a view. */
export function sessionPayload(view: MarketView): SessionPayload {
  const { status: { tradingDate, phases }, lastSession } = view;
  return {
    trading_date: tradingDate,
    phases,
    is_archived: lastSession !== null && lastSession.trading_date === tradingDate,
    last_session: lastSession,
    ...stampOf(view),
  };
}
