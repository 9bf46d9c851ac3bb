import * as z from "zod";
import { BREADTH_INDICES } from "./index_breadth.ts";
import { FOLLOWED_INDICES, INTRADAY_MINUTES_MAX } from "./index_intraday.ts";
import { bySymbol, instant, num, nums, stamp, symbol } from "./payload_schema.ts";

/** One index: points, shares, VND. */
export const IndexSchema = z.strictObject({
  ...nums("value", "prior", "change", "ratio", "open", "high", "low", "estimated_value"),
  ...nums("total_volume", "total_value", "put_through_volume", "put_through_value"),
  ...nums("advances", "declines", "no_changes", "ceilings", "floors", "advance_ratio", "members"),
  ...nums("feed_advances", "feed_declines", "feed_no_changes", "feed_ceilings", "feed_floors"),
  ...nums("contribution_points", "contribution_residual"),
  contribution_approximate: z.literal(true),
});

/** `GET /api/market/index-intraday`. */
export const IndexIntradaySchema = z.strictObject({
  index: z.enum(FOLLOWED_INDICES),
  minutes: z.int().min(1).max(INTRADAY_MINUTES_MAX),
  step_seconds: z.int().min(1),
  prior: num,
  points: z.array(z.strictObject({ timestamp: instant, value: z.number() })).max(1_000),
  ...stamp,
});

const contribution = z.strictObject({ symbol, points: z.number(), ...nums("last", "change_pct") });

/** `GET /api/market/contributions`. */
export const ContributionsSchema = z.strictObject({
  index: z.enum(FOLLOWED_INDICES),
  approximate: z.literal(true),
  ...nums("change", "sum", "residual"),
  members: z.int().min(0),
  top_positive: z.array(contribution).max(50),
  top_negative: z.array(contribution).max(50),
  ...stamp,
});

/** `GET /api/market/breadth`. */
export const IndexBreadthSchema = z.strictObject({
  index: z.enum(BREADTH_INDICES),
  interval: z.literal("1m"),
  prior: num,
  points: z.array(z.strictObject({
    timestamp: instant,
    value: z.number(),
    ...nums("advances", "no_changes", "declines", "ceilings", "floors"),
  })),
  ...stamp,
});

/** `GET /api/market/auction`. */
export const AuctionPathsSchema = z.strictObject({
  index: z.literal("VN30"),
  approximate: z.literal(true),
  step_seconds: z.int().min(1),
  auctions: z.array(z.strictObject({
    auction: z.enum(["ato", "atc"]),
    points: z.array(z.strictObject({
      timestamp: instant,
      ...nums("estimate", "implied", "difference"),
      members: z.int().min(0),
    })),
    members: bySymbol(z.array(z.strictObject({ timestamp: instant, price: z.number() }))),
  })).max(2),
  ...stamp,
});
