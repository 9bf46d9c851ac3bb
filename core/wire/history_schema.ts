import * as z from "zod";
import { AlertSchema } from "./alert_schema.ts";
import { BasisPointSchema } from "./derivative_schema.ts";
import { instant, num, nums, stamp, sums } from "./payload_schema.ts";
import { SessionCertificateSchema } from "./session_schema.ts";
import { BUCKETS, METHODS, REASONS } from "./trade_label.ts";

const source = z.enum(["live", "backfill", "mixed"]);
const date = z.iso.date();

/** A candle; what its source does not tell is null. Its time is that of its beginning. */
export const CandleSchema = z.strictObject({
  timestamp: instant,
  ...sums("open", "high", "low", "close", "volume"),
  ...nums("mua_chu_dong_volume", "ban_chu_dong_volume", "neutral_volume"),
  value: z.number(),
  missing_volume: num,
  source,
});

/** A candle of an index; `total_volume` is that of the day at its close. */
export const IndexCandleSchema = z.strictObject({
  timestamp: instant,
  ...sums("open", "high", "low", "close", "total_volume"),
  source,
});

/** A trade with its side and why it has it. */
export const TickSchema = z.strictObject({
  timestamp: instant,
  ...sums("price", "volume", "value", "total_volume"),
  side: z.enum(["buy", "sell", "none"]),
  method: z.enum(METHODS),
  reason: z.enum(REASONS),
  feed_side: z.enum(["buy", "sell"]).nullable(),
  phase: z.enum(BUCKETS),
  late: z.boolean(),
});

/** Volume at a price of a day, by active side. */
export const VolumePriceSchema = z.strictObject({
  trading_date: date,
  ...sums("price", "volume"),
  ...sums("mua_chu_dong_volume", "ban_chu_dong_volume", "neutral_volume", "trades"),
});

const flow = sums(
  ...["buy_volume", "sell_volume", "net_volume"] as const,
  ...["buy_value", "sell_value", "net_value"] as const,
);

/** Cumulative foreign flow of the day at a moment. */
export const ForeignSnapshotSchema = z.strictObject({
  timestamp: instant,
  ...flow,
  ...nums("current_room", "total_room"),
});

/** Foreign flow of a day; of today so far when it comes from a snapshot. */
export const ForeignDaySchema = z.strictObject({
  trading_date: date,
  ...flow,
  current_room: num,
  source: z.enum(["daily", "snapshot"]),
});

/** A whole day of a security. */
export const DaySchema = z.strictObject({
  trading_date: date,
  ...nums("ref", "ceiling", "floor", "open", "high", "low", "close", "average"),
  ...sums("volume", "value"),
  ...nums("put_through_volume", "put_through_value"),
  ...nums("foreign_buy_volume", "foreign_sell_volume", "foreign_net_volume"),
  ...nums("foreign_buy_value", "foreign_sell_value", "foreign_net_value", "current_room"),
  ...nums("mua_chu_dong_volume", "ban_chu_dong_volume"),
  source,
});

/** An index and its breadth at a moment. */
export const IndexPointSchema = z.strictObject({
  timestamp: instant,
  value: z.number(),
  ...nums("prior", "change", "change_pct"),
  ...sums("total_volume", "total_value"),
  ...nums("advances", "declines", "no_changes", "ceilings", "floors"),
});

/** An archived session, its quality, and the certificate. */
export const PastSessionSchema = z.strictObject({
  trading_date: date,
  archived_at: instant,
  ...sums("counted_volume", "missing_volume", "duplicates", "conflicts"),
  ...nums("stalls", "reconnects"),
  state_hash: z.string(),
  certificate: SessionCertificateSchema,
});

/** Rows of each list of history. */
export const HISTORY_ROWS = {
  candles: CandleSchema,
  ticks: TickSchema,
  volumePrices: VolumePriceSchema,
  foreign: ForeignSnapshotSchema,
  foreignDays: ForeignDaySchema,
  days: DaySchema,
  index: IndexPointSchema,
  indexCandles: IndexCandleSchema,
  basis: BasisPointSchema,
  alerts: AlertSchema,
  sessions: PastSessionSchema,
} as const;

/** What the numbers of an answer are in; `values` are VND everywhere. */
export const UNITS = {
  shares: { prices: "VND", volumes: "shares", values: "VND" },
  contracts: { prices: "points", volumes: "contracts", values: "VND" },
  index: { prices: "points", volumes: "shares", values: "VND" },
} as const;
export type Unit = typeof UNITS[keyof typeof UNITS];

const UnitSchema = z.strictObject({
  prices: z.enum(["VND", "points"]),
  volumes: z.enum(["shares", "contracts"]),
  values: z.literal("VND"),
});

/** `GET /api/history/…`: rows stand below the name of their list. */
export function historySchema<Name extends string, Row extends z.ZodType>(list: Name, row: Row) {
  return z.strictObject({
    symbol: z.string().nullable(),
    unit: UnitSchema,
    start: z.string(),
    end: z.string(),
    interval: z.string().optional(),
    [list as string]: z.array(row),
    next_cursor: z.string().nullable(),
    ...stamp,
  });
}
