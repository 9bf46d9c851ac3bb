import { parseFuturesCode } from "../market/futures.ts";
import { priceFromE2 } from "../market/units.ts";
import { isPremium, type Num, num, percentOf } from "./cells.ts";
import { type DerivativeOut, derivativeOut } from "./derivative_out.ts";
import { lastMinutes, lastOfEachStep, stepSeconds } from "./series.ts";
import { isoVn, type MarketView, type Stamp, stampOf } from "./snapshot.ts";

/** Basis of a future at a moment, points. */
export interface BasisPoint {
  /** Exchange time, ISO 8601 with +07:00. */
  readonly timestamp: string;
  readonly futures_symbol: string;
  readonly futures_price: number;
  readonly spot_value: number;
  /** futures_price less spot_value. */
  readonly basis: number;
  /** The same in per cent of spot_value. */
  readonly basis_pct: Num;
  /** Null at a basis of exactly 0. */
  readonly is_premium: boolean | null;
}

/** Body of `/api/market/basis-trend`: a future and how its basis went. */
export interface DerivativesHistory extends Stamp {
  readonly contract: string;
  readonly minutes: number;
  /** A point is the last one of so many seconds. */
  readonly step_seconds: number;
  /** Oldest first, of the last `minutes` before the newest exchange time. */
  readonly points: readonly BasisPoint[];
  readonly derivative: DerivativeOut;
  /** Codes that may be asked for, nearest expiry first. */
  readonly contracts: readonly string[];
}

/** Names that traders give the listed VN30 futures, nearest expiry first. */
export const FUTURES_ALIASES = ["VN30F1M", "VN30F2M", "VN30F1Q", "VN30F2Q"] as const;

/** The basis of one contract over the last minutes, at most one point in `askedS` seconds. */
export function basisTrend(
  view: MarketView,
  contract: string,
  minutes: number,
  askedS?: number,
): DerivativesHistory {
  const entries = view.log("basis").entries;
  const untilMs = Math.max(view.asOfMs ?? 0, entries.at(-1)?.[0] ?? 0);
  const stepS = stepSeconds(minutes, askedS);
  const recent = lastMinutes(entries, minutes, untilMs).filter((entry) => entry[1] === contract);
  const board = view.rows("board:der").find(({ symbol }) => symbol === contract) ?? null;
  const vn30 = num(view.one("index", "VN30")?.value);
  return {
    contract,
    minutes,
    step_seconds: stepS,
    points: lastOfEachStep(recent, stepS).map(([atMs, symbol, futuresE2, spotE2]) => ({
      timestamp: isoVn(atMs),
      futures_symbol: symbol,
      futures_price: priceFromE2(futuresE2),
      spot_value: priceFromE2(spotE2),
      basis: priceFromE2(futuresE2 - spotE2),
      basis_pct: percentOf(futuresE2 - spotE2, spotE2),
      is_premium: isPremium(futuresE2 - spotE2),
    })),
    derivative: derivativeOut({ board, derivative: view.one("derivatives", contract) }, vn30),
    contracts: listedContracts(view),
    ...stampOf(view),
  };
}

/** Codes of the futures of the view, nearest expiry first. */
export function listedContracts(view: MarketView): string[] {
  const rows = [...view.rows("board:der"), ...view.all("derivatives")];
  const expiryOf = (code: string) => parseFuturesCode(code)?.lastTradingDate ?? "9999";
  const key = (code: string) => `${expiryOf(code)} ${code}`;
  return [...new Set(rows.map(({ symbol }) => symbol))].sort((a, b) => key(a) < key(b) ? -1 : 1);
}

/**
 * The code that is meant: a listed one, `VN30F1M` and the like, or an old code (`VN30F2608`) of the
 * same month; the contract with the largest volume when none is named. Null for any other name.
 */
export function contractOf(view: MarketView, name: string | undefined): string | null {
  const codes = listedContracts(view);
  if (name === undefined) {
    const active = view.all("derivatives").find((row) => row.active === 1 && isVn30(row.symbol));
    return active?.symbol ?? codes.find(isVn30) ?? codes[0] ?? null;
  }
  if (codes.includes(name)) return name;
  const alias = FUTURES_ALIASES.findIndex((each) => each === name);
  if (alias >= 0) return codes.filter(isVn30)[alias] ?? null;
  const meant = parseFuturesCode(name);
  const isSame = (code: string) => {
    const listed = parseFuturesCode(code);
    return listed?.underlying === meant?.underlying && listed?.month === meant?.month;
  };
  return meant === null ? null : codes.find(isSame) ?? null;
}

function isVn30(code: string): boolean {
  return parseFuturesCode(code)?.underlying === "VN30";
}
