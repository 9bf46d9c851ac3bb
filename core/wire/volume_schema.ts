import * as z from "zod";
import { num, stamp, sums, symbol } from "./payload_schema.ts";
import { SessionStatsSchema } from "./session_stats_schema.ts";

/** `GET /api/market/volume-stats`. */
export const VolumeStatsSchema = z.strictObject({
  stats: z.array(SessionStatsSchema),
  totals: z.strictObject({
    ...sums("mua_chu_dong_volume", "ban_chu_dong_volume", "neutral_volume", "total_volume"),
    ...sums("mua_chu_dong_value", "ban_chu_dong_value", "neutral_value"),
    buy_pct: num,
    ...sums("missing_volume", "day_volume"),
  }),
  missing_symbols: z.array(symbol),
  ...stamp,
});
