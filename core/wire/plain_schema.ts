import * as z from "zod";
import { AlertSchema } from "./alert_schema.ts";
import type { Told } from "./codes.ts";
import { ForeignSchema, ForeignSummarySchema } from "./foreign_schema.ts";
import { IndexSchema } from "./index_schema.ts";
import { DataStatusSchema, instant, stamp, symbol } from "./payload_schema.ts";
import { SessionStatsSchema } from "./session_stats_schema.ts";
import { FeedSchema, MarketSnapshotSchema, PriceSchema, QuoteSchema } from "./snapshot_schema.ts";

const { connected, state, reason, since } = FeedSchema.shape;
const index = z.strictObject({ ...IndexSchema.shape, timestamp: instant.nullable() }).nullable();
const { epoch: _, ...stampOfAlert } = stamp;

/** Messages of every plain address: of the source, and of a refusal before the close. */
export const PLAIN_COMMON = {
  status: z.strictObject({
    type: z.literal("status"),
    connected,
    state,
    reason,
    since,
    data_status: DataStatusSchema,
  }),
  error: z.strictObject({ type: z.literal("error"), code: z.string(), message: z.string() }),
} as const;

/** The payload of each plain address. */
export const PLAIN_PAYLOADS = {
  market: MarketSnapshotSchema,
  foreign: ForeignSummarySchema,
  index: z.strictObject({
    type: z.literal("index"),
    indices: z.strictObject({ VN30: index, VNINDEX: index }),
    ...stamp,
  }),
  alerts: z.strictObject({ type: z.literal("alert"), ...AlertSchema.shape, ...stampOfAlert }),
  stocks: z.strictObject({
    type: z.literal("stock"),
    ticker: symbol,
    timestamp: instant.nullable(),
    data: z.strictObject({
      quote: QuoteSchema,
      price: PriceSchema,
      foreign: ForeignSchema,
      volume: SessionStatsSchema,
    }),
    ...stamp,
  }),
} as const;

/** Where each payload is, and what it holds. */
export const PLAIN_WORDS: Readonly<
  Record<keyof typeof PLAIN_PAYLOADS, { readonly address: string; readonly about: Told }>
> = {
  market: {
    address: "/ws/market",
    about: { vi: "cả thị trường", en: "the whole market" },
  },
  foreign: {
    address: "/ws/foreign",
    about: { vi: "tổng hợp khối ngoại", en: "summary of foreign flow" },
  },
  index: {
    address: "/ws/index",
    about: { vi: "VN30 và VNINDEX", en: "VN30 and VNINDEX" },
  },
  alerts: {
    address: "/ws/alerts",
    about: { vi: "từng cảnh báo mới", en: "each new alert" },
  },
  stocks: {
    address: "/ws/stocks/{ticker}",
    about: { vi: "một chứng khoán", en: "one security" },
  },
};
