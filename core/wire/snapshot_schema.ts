import * as z from "zod";
import { EXCHANGES } from "../market/phase.ts";

const num = z.number().nullable();
const bySymbol = <Out extends z.ZodType>(out: Out) =>
  z.record(z.string().regex(/^[A-Za-z0-9_-]{2,32}$/), out);
const nums = <Name extends string>(...names: Name[]) =>
  Object.fromEntries(names.map((name) => [name, num])) as Record<Name, typeof num>;

const Quote = z.strictObject(nums(
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

const Index = z.strictObject(nums(
  "value",
  "prior",
  "change",
  "ratio",
  "total_volume",
  "total_value",
  "advances",
  "declines",
  "no_changes",
  "ceilings",
  "floors",
  "advance_ratio",
));

const Derivative = z.strictObject({
  ...nums("last", "change", "change_pct", "volume", "bid", "ask", "basis", "basis_pct"),
  is_premium: z.boolean().nullable(),
});

/** State of the upstream feed in a payload. */
export const FeedSchema = z.strictObject({
  provider: z.enum(["ssi", "sim"]),
  state: z.enum(["connecting", "live", "stale", "closed", "refused"]),
  connected: z.boolean(),
  reason: z.string().nullable(),
  since: z.iso.datetime({ offset: true }),
  trading_date: z.iso.date().nullable(),
  phases: z.record(z.enum(EXCHANGES), z.string()),
});

/** Label of every payload. */
export const DataStatusSchema = z.enum(["live", "stale", "closed", "replay", "simulated"]);

/** `GET /api/market/snapshot` and each message of `/ws/market` that has no `type`. */
export const MarketSnapshotSchema = z.strictObject({
  quotes: bySymbol(Quote),
  prices: bySymbol(z.strictObject(nums("last", "change", "change_pct", "ref", "ceiling", "floor"))),
  indices: bySymbol(Index),
  foreign: z.strictObject({
    stocks: bySymbol(
      z.strictObject(nums("buy_volume", "sell_volume", "net_volume", "current_room")),
    ),
    total_buy_volume: z.number(),
    total_sell_volume: z.number(),
    total_net_volume: z.number(),
  }),
  derivatives: bySymbol(Derivative),
  as_of: z.iso.datetime({ offset: true }).nullable(),
  seq: z.int().min(0),
  epoch: z.string(),
  data_status: DataStatusSchema,
  feed: FeedSchema,
});
