import * as z from "zod";
import { instant, num, nums, stamp, sums, symbol, timeOfDay } from "./payload_schema.ts";

/** One index future: points, contracts. */
export const DerivativeSchema = z.strictObject({
  ...nums("last", "change", "change_pct", "ref", "ceiling", "floor", "volume"),
  ...nums("bid", "bid_volume", "ask", "ask_volume"),
  underlying: z.string().nullable(),
  month: z.string().regex(/^\d{4}-\d{2}$/).nullable(),
  expiry: z.iso.date().nullable(),
  days_left: num,
  is_active: z.boolean(),
  ...nums("spot", "basis", "basis_pct"),
  is_premium: z.boolean().nullable(),
  basis_time: timeOfDay,
  ...nums("fair_value", "fair_low", "fair_high", "rich", "rich_vnd", "carry_pct", "slope"),
  trend: z.enum(["converging", "diverging", "flat"]).nullable(),
  spread: num,
  open_interest: z.null(),
  ...nums("mua_chu_dong_volume", "ban_chu_dong_volume", "neutral_volume"),
});

/** The basis of a future at a moment, points. */
export const BasisPointSchema = z.strictObject({
  timestamp: instant,
  futures_symbol: symbol,
  ...sums("futures_price", "spot_value", "basis"),
  basis_pct: num,
  is_premium: z.boolean().nullable(),
});

/** `GET /api/market/basis-trend`. */
export const DerivativesHistorySchema = z.strictObject({
  contract: symbol,
  minutes: z.int().min(1).max(120),
  step_seconds: z.int().min(1),
  points: z.array(BasisPointSchema).max(1_000),
  derivative: DerivativeSchema,
  contracts: z.array(symbol),
  ...stamp,
});
