import * as z from "zod";

const amount = z.int().min(0);
const percent = z.number().min(0).max(100).nullable();

const volumes = {
  mua_chu_dong_volume: amount,
  ban_chu_dong_volume: amount,
  neutral_volume: amount,
  total_volume: amount,
};

/** Volume of a part of the day by active side. */
export const SessionBreakdownSchema = z.strictObject(volumes);

/** Active buying and selling of one security today, as `sessionStats` builds it. */
export const SessionStatsSchema = z.strictObject({
  symbol: z.string(),
  ...volumes,
  mua_chu_dong_value: amount,
  ban_chu_dong_value: amount,
  neutral_value: amount,
  buy_pct: percent,
  ato: SessionBreakdownSchema,
  continuous: SessionBreakdownSchema,
  atc: SessionBreakdownSchema,
  plo: SessionBreakdownSchema,
  other: SessionBreakdownSchema,
  missing_volume: amount.nullable(),
  day_volume: amount.nullable(),
  buy_pct_min: percent,
  buy_pct_max: percent,
  methods: z.strictObject({
    feed: amount,
    quote: amount,
    tick: amount,
    auction: amount,
    none: amount,
  }),
  agreement: z.strictObject({
    agree_volume: amount,
    disagree_volume: amount,
    rate: z.number().min(0).max(1).nullable(),
  }),
});
