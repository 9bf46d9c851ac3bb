import { parseFuturesCode } from "../../core/market/futures.ts";
import { isTradingDay } from "../../core/market/calendar.ts";
import { MATURITIES } from "../../core/market/maturities.ts";
import { addDays, daysBetween } from "../../core/market/time.ts";
import type { DerivativeField } from "../../core/wire/analytics.ts";
import type { BoardRow, Row } from "../../core/wire/board.ts";
import type { Num } from "../../core/wire/cells.ts";
import { type DerivativeOut, derivativeOut } from "../../core/wire/derivative_out.ts";

export type DerivativeRow = Row<DerivativeField>;

/** One listed future as the page shows it. */
export interface ContractView extends DerivativeOut {
  readonly code: string;
  /** What traders call it, such as `VN30F1M`; the code itself beyond the four of an index. */
  readonly alias: string;
}

interface ContractRows {
  readonly board: readonly BoardRow[];
  readonly derivatives: readonly DerivativeRow[];
  /** Value of VN30. */
  readonly vn30: Num;
}

/** Every listed future, those of VN30 first, nearest expiry first. */
export function contractViews({ board, derivatives, vn30 }: ContractRows): ContractView[] {
  const codes = [...new Set([...board, ...derivatives].map(({ symbol }) => symbol))];
  const counts = new Map<string, number>();
  return codes.map((code) => ({ code, listed: parseFuturesCode(code) }))
    .sort((a, b) => orderOf(a.listed) < orderOf(b.listed) ? -1 : 1)
    .map(({ code, listed }) => {
      const out = derivativeOut({
        board: board.find(({ symbol }) => symbol === code) ?? null,
        derivative: derivatives.find(({ symbol }) => symbol === code) ?? null,
      }, vn30);
      const underlying = listed?.underlying ?? "";
      const place = counts.get(underlying) ?? 0;
      counts.set(underlying, place + 1);
      const maturity = MATURITIES[place];
      return {
        ...out,
        code,
        alias: listed === null || maturity === undefined ? code : `${underlying}F${maturity}`,
        underlying: out.underlying ?? listed?.underlying ?? null,
        month: out.month ?? listed?.month ?? null,
        expiry: out.expiry ?? listed?.lastTradingDate ?? null,
      };
    });
}

function orderOf(listed: ReturnType<typeof parseFuturesCode>): string {
  if (listed === null) return "9";
  return `${listed.underlying === "VN30" ? 0 : 1} ${listed.lastTradingDate} ${listed.code}`;
}

/** Calendar days and sessions from a date to an expiry, that of the expiry included. */
export function timeToExpiry(date: string, expiry: string): { days: number; sessions: number } {
  let sessions = 0;
  for (let day = addDays(date, 1); day <= expiry; day = addDays(day, 1)) {
    if (isTradingDay(day)) sessions++;
  }
  return { days: daysBetween(date, expiry), sessions };
}
