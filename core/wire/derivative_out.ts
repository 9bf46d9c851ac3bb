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

/** One future; `vn30` is the value of VN30 for a basis that the analytics do not have yet. */
export function derivativeOut({ board, derivative }: FutureRows, vn30: Num): DerivativeOut {
  const last = num(derivative?.last) ?? num(board?.last);
  const ref = num(derivative?.ref) ?? num(board?.ref);
  const change = num(derivative?.change) ?? difference(last, ref);
  const basis = num(derivative?.basis) ?? num(board?.basis);
  const spot = num(derivative?.spot);
  return {
    last,
    change,
    change_pct: num(derivative?.changePct) ?? percentOf(change, ref),
    ref,
    ceiling: num(derivative?.ceil) ?? num(board?.ceil),
    floor: num(derivative?.floor) ?? num(board?.floor),
    volume: num(derivative?.vol) ?? num(board?.vol),
    bid: num(derivative?.bid) ?? num(board?.b1p),
    bid_volume: num(derivative?.bidVol) ?? num(board?.b1v),
    ask: num(derivative?.ask) ?? num(board?.a1p),
    ask_volume: num(derivative?.askVol) ?? num(board?.a1v),
    underlying: text(derivative?.underlying),
    month: text(derivative?.month),
    expiry: text(derivative?.expiry),
    days_left: num(derivative?.daysLeft),
    is_active: derivative?.active === 1,
    spot,
    basis,
    basis_pct: num(derivative?.basisPct) ?? percentOf(basis, spot ?? vn30),
    is_premium: isPremium(basis),
    basis_time: text(derivative?.basisTime),
    fair_value: num(derivative?.fair),
    fair_low: num(derivative?.fairLow),
    fair_high: num(derivative?.fairHigh),
    rich: num(derivative?.rich),
    rich_vnd: num(derivative?.richVnd),
    carry_pct: num(derivative?.carryPct),
    slope: num(derivative?.slope),
    trend: text(derivative?.trend),
    spread: num(derivative?.spread),
    open_interest: num(derivative?.oi),
    mua_chu_dong_volume: num(derivative?.buyVol) ?? num(board?.buyVol),
    ban_chu_dong_volume: num(derivative?.sellVol) ?? num(board?.sellVol),
    neutral_volume: num(derivative?.neutVol) ?? num(board?.neutVol),
  };
}
