import * as z from "zod";
import { nums, stamp, sums } from "./payload_schema.ts";
import { FeedSchema } from "./snapshot_schema.ts";

const count = z.int().min(0);
const byName = z.record(z.string().regex(/^[a-z0-9_]{1,40}$/), count);

/** `GET /api/ws/health`. */
export const WsHealthSchema = z.strictObject({
  status: z.enum(["ok", "not ready"]),
  reasons: z.array(z.string()),
  channels: byName,
  connections: z.strictObject({
    links: count,
    addresses: count,
    refused: byName,
    refused_open: count,
    admitted: count,
  }),
  sending: z.strictObject({
    writes: count,
    conflated: count,
    dropped: byName,
    refused_messages: count,
    bus_gaps: count,
  }),
  upstream: z.strictObject({
    ...FeedSchema.shape,
    ...nums("last_message_age_ms", "frames", "attempts"),
  }),
  decode: z.strictObject({ ...nums("messages", "decoded"), refused: byName }),
  gaps: z.strictObject(sums("missing_volume", "symbols_with_missing")),
  classifier: z.strictObject(nums("agree", "disagree", "agreement_pct")),
  publish_delay_ms: z.strictObject(nums("p50", "p99")),
  ...stamp,
});
