import type { DerivativeField } from "./analytics.ts";
import type { BoardRow, Row } from "./board.ts";
import { difference, isPremium, type Num, num, percentOf, text } from "./cells.ts";

/** One index future: prices in points, volumes in contracts. */
export interface DerivativeOut {
  readonly last: Num;
  readonly change: Num;
  /** Per cent. */
  readonly change_pct: Num;
  readonly ref: Num;
  readonly ceiling: Num;
  readonly floor: Num;
  readonly volume: Num;
  readonly bid: Num;
  readonly bid_volume: Num;
  readonly ask: Num;
  readonly ask_volume: Num;
  readonly underlying: string | null;
  /** `YYYY-MM` of the expiry. */
  readonly month: string | null;
  /** Last trading day, `YYYY-MM-DD`. */
  readonly expiry: string | null;
  /** Calendar days from the trading date to the expiry. */
  readonly days_left: Num;
  /** The contract with the largest volume. */
  readonly is_active: boolean;
  /** Value of the underlying index. */
  readonly spot: Num;
  /** last less spot. */
  readonly basis: Num;
  /** The same in per cent of spot. */
  readonly basis_pct: Num;
  /** Null at a basis of exactly 0. */
  readonly is_premium: boolean | null;
  /** Exchange time of the newer of the two prices, `HH:mm:ss`. */
  readonly basis_time: string | null;
  /** spot carried to the expiry, and the band of costs around it. */
  readonly fair_value: Num;
  readonly fair_low: Num;
  readonly fair_high: Num;
  /** last less fair_value; positive is rich. */
  readonly rich: Num;
  /** The same per contract, VND. */
  readonly rich_vnd: Num;
  /** Carry that the price implies, per cent a year. */
  readonly carry_pct: Num;
  /** Points per minute by which the absolute basis grows, over 30 minutes. */
  readonly slope: Num;
  readonly trend: string | null;
  /** last less the last of the next nearer contract. */
  readonly spread: Num;
  /** Always null: SSI FastConnect Data v2 does not carry it. */
  readonly open_interest: Num;
  readonly mua_chu_dong_volume: Num;
  readonly ban_chu_dong_volume: Num;
  readonly neutral_volume: Num;
}

/** The row of a future on the board and the one of its analytics; either may be missing. */
export interface FutureRows {
  readonly board: BoardRow | null;
  readonly derivative: Row<DerivativeField> | null;
}

/**
 * One future. The board's row counts until the analytics have heard of it; `vn30` is the value of
 * VN30 for its basis.
 */
export function derivativeOut({ board, derivative }: FutureRows, vn30: Num): DerivativeOut {
  const row = text(derivative?.underlying) === null ? null : derivative;
  const priced = row === null ? pricedByBoard(board, vn30) : pricedByAnalytics(row);
  return {
    ...priced,
    underlying: text(row?.underlying),
    month: text(row?.month),
    expiry: text(row?.expiry),
    days_left: num(row?.daysLeft),
    is_active: row?.active === 1,
    spot: num(row?.spot),
    is_premium: isPremium(priced.basis),
    basis_time: text(row?.basisTime),
    fair_value: num(row?.fair),
    fair_low: num(row?.fairLow),
    fair_high: num(row?.fairHigh),
    rich: num(row?.rich),
    rich_vnd: num(row?.richVnd),
    carry_pct: num(row?.carryPct),
    slope: num(row?.slope),
    trend: text(row?.trend),
    spread: num(row?.spread),
    open_interest: num(row?.oi),
  };
}

type Priced = Pick<
  DerivativeOut,
  | ("last" | "change" | "change_pct" | "ref" | "ceiling" | "floor" | "volume")
  | ("bid" | "bid_volume" | "ask" | "ask_volume" | "basis" | "basis_pct")
  | ("mua_chu_dong_volume" | "ban_chu_dong_volume" | "neutral_volume")
>;

function pricedByAnalytics(row: Row<DerivativeField>): Priced {
  return {
    last: num(row.last),
    change: num(row.change),
    change_pct: num(row.changePct),
    ref: num(row.ref),
    ceiling: num(row.ceil),
    floor: num(row.floor),
    volume: num(row.vol),
    bid: num(row.bid),
    bid_volume: num(row.bidVol),
    ask: num(row.ask),
    ask_volume: num(row.askVol),
    basis: num(row.basis),
    basis_pct: num(row.basisPct),
    mua_chu_dong_volume: num(row.buyVol),
    ban_chu_dong_volume: num(row.sellVol),
    neutral_volume: num(row.neutVol),
  };
}

function pricedByBoard(row: BoardRow | null, vn30: Num): Priced {
  const [last, ref, basis] = [num(row?.last), num(row?.ref), num(row?.basis)];
  const change = difference(last, ref);
  return {
    last,
    change,
    change_pct: percentOf(change, ref),
    ref,
    ceiling: num(row?.ceil),
    floor: num(row?.floor),
    volume: num(row?.vol),
    bid: num(row?.b1p),
    bid_volume: num(row?.b1v),
    ask: num(row?.a1p),
    ask_volume: num(row?.a1v),
    basis,
    basis_pct: percentOf(basis, vn30),
    mua_chu_dong_volume: num(row?.buyVol),
    ban_chu_dong_volume: num(row?.sellVol),
    neutral_volume: num(row?.neutVol),
  };
}
