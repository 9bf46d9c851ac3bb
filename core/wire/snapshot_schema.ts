import * as z from "zod";
import { DerivativeSchema } from "./derivative_schema.ts";
import { ForeignSchema, ScopeFlowSchema } from "./foreign_schema.ts";
import { IndexSchema } from "./index_schema.ts";
import { bySymbol, instant, nums, PhasesSchema, stamp, sums, symbol } from "./payload_schema.ts";

/** Best three levels and the totals of one security. */
export const QuoteSchema = z.strictObject(nums(
  "bid_price_1",
  "bid_volume_1",
  "bid_price_2",
  "bid_volume_2",
  "bid_price_3",
  "bid_volume_3",
  "ask_price_1",
  "ask_volume_1",
  "ask_price_2",
  "ask_volume_2",
  "ask_price_3",
  "ask_volume_3",
  "total_volume",
  "total_value",
));

/** Prices of one security. */
export const PriceSchema = z.strictObject(
  nums("last", "change", "change_pct", "ref", "ceiling", "floor"),
);

/** State of the upstream feed in a payload. */
export const FeedSchema = z.strictObject({
  provider: z.enum(["ssi", "sim"]),
  replay: z.boolean(),
  state: z.enum(["connecting", "live", "stale", "closed", "refused"]),
  connected: z.boolean(),
  reason: z.string().nullable(),
  since: instant,
  trading_date: z.iso.date().nullable(),
  phases: PhasesSchema,
  recorded: z.boolean(),
});

/** `GET /api/market/snapshot` and each message of `/ws/market` that has no `type`. */
export const MarketSnapshotSchema = z.strictObject({
  quotes: bySymbol(QuoteSchema),
  prices: bySymbol(PriceSchema),
  indices: bySymbol(IndexSchema),
  foreign: z.strictObject({
    stocks: bySymbol(ForeignSchema),
    ...sums("total_buy_volume", "total_sell_volume", "total_net_volume"),
    scopes: z.record(z.enum(["VN30", "ALL"]), ScopeFlowSchema.nullable()),
  }),
  derivatives: bySymbol(DerivativeSchema),
  capabilities: z.strictObject({
    open_interest: z.literal(false),
    put_through_tape: z.literal(false),
    proprietary: z.literal(false),
  }),
  missing_symbols: z.array(symbol),
  ...stamp,
  feed: FeedSchema,
});
