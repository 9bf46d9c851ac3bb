import * as z from "zod";
import { num, nums, stamp, sums, symbol } from "./payload_schema.ts";

const volumes = sums(
  "mua_chu_dong_volume",
  "ban_chu_dong_volume",
  "neutral_volume",
  "total_volume",
);
const values = ["mua_chu_dong_value", "ban_chu_dong_value", "neutral_value"] as const;
const sides = z.strictObject(volumes);

/** Volumes of one security: shares or contracts, VND, per cent. */
export const SessionStatsSchema = z.strictObject({
  symbol,
  ...volumes,
  ...nums(...values),
  buy_pct: num,
  ato: sides,
  continuous: sides,
  atc: sides,
  plo: sides,
  other: sides,
  ...nums("missing_volume", "day_volume", "buy_pct_min", "buy_pct_max"),
  methods: z.strictObject(nums("feed", "quote", "tick", "auction", "none")),
  agreement: z.strictObject(nums("agree", "disagree")),
});

/** `GET /api/market/volume-stats`. */
export const VolumeStatsSchema = z.strictObject({
  stats: z.array(SessionStatsSchema),
  totals: z.strictObject({
    ...volumes,
    ...sums(...values),
    buy_pct: num,
    ...sums("missing_volume", "day_volume"),
  }),
  missing_symbols: z.array(symbol),
  ...stamp,
});
