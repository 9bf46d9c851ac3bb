import * as z from "zod";
import { EXCHANGES } from "../market/phase.ts";
import { nums, stamp, sums, symbol, timeOfDay } from "./payload_schema.ts";

/** A security at one of its limits, now or earlier today, as `limitStays` builds it. */
export const LimitStaySchema = z.strictObject({
  symbol,
  exchange: z.enum(EXCHANGES).nullable(),
  limit: z.enum(["ceiling", "floor"]),
  is_there: z.boolean(),
  since: timeOfDay,
  ...nums("limit_price", "last", "queue_volume", "queue_value"),
  ...sums("queue_max", "times_reached", "times_broken", "seconds", "matched_volume"),
});

/** `GET /api/market/limits`. */
export const LimitStatsSchema = z.strictObject({
  limits: z.array(LimitStaySchema),
  ...stamp,
});
