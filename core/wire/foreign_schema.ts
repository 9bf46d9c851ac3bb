import * as z from "zod";
import { instant, nums, stamp, sums, symbol, timeOfDay } from "./payload_schema.ts";

const flow = nums(
  "buy_volume",
  "sell_volume",
  "net_volume",
  "buy_value",
  "sell_value",
  "net_value",
  "buy_speed",
  "sell_speed",
  "buy_acceleration",
  "sell_acceleration",
);

/** Foreign flow of a scope: shares, VND, shares per minute, shares per minute per minute. */
export const ScopeFlowSchema = z.strictObject({ ...flow, symbols: z.int().min(0) });

const stock = {
  ...flow,
  ...nums("total_room", "current_room", "room_used_pct", "room_exhaustion_minutes"),
  is_approximate: z.boolean().nullable(),
  time: timeOfDay,
};

/** Foreign flow of one security in the market snapshot. */
export const ForeignSchema = z.strictObject(stock);

/** Foreign flow of one security in a list. */
export const ForeignInvestorSchema = z.strictObject({
  symbol,
  sector: z.string().regex(/^[a-z-]{4,20}$/),
  ...stock,
  ...nums("buy_delta", "sell_delta"),
});

/** Foreign flow of VN30 or of the market. */
export const ForeignSummarySchema = z.strictObject({
  scope: z.enum(["vn30", "all"]),
  ...nums(
    "total_buy_volume",
    "total_sell_volume",
    "total_net_volume",
    "total_buy_value",
    "total_sell_value",
    "total_net_value",
    "buy_speed",
    "sell_speed",
    "buy_acceleration",
    "sell_acceleration",
  ),
  top_buy: z.array(ForeignInvestorSchema).max(5),
  top_sell: z.array(ForeignInvestorSchema).max(5),
  sectors: z.array(z.strictObject({
    id: z.string(),
    name_vi: z.string(),
    name_en: z.string(),
    ...flow,
    symbols: z.int().min(0),
  })),
  market: z.record(z.enum(["ALL", "HOSE", "HNX", "UPCOM"]), ScopeFlowSchema.nullable()),
  ...stamp,
});

/** `GET /api/market/foreign-detail`. */
export const ForeignDetailSchema = z.strictObject({
  summary: ForeignSummarySchema,
  stocks: z.array(ForeignInvestorSchema),
  series: z.strictObject({
    trading_date: z.iso.date().nullable(),
    interval: z.literal("1m"),
    points: z.array(z.strictObject({
      timestamp: instant,
      ...sums(
        "buy_volume",
        "sell_volume",
        "net_volume",
        "buy_value",
        "sell_value",
        "net_value",
      ),
    })),
  }).optional(),
  ...stamp,
});
