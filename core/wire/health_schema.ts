import * as z from "zod";
import { DataStatusSchema, instant, nums } from "./payload_schema.ts";
import { FeedSchema } from "./snapshot_schema.ts";

const count = z.int().min(0);

/** `GET /livez`. */
export const AliveSchema = z.strictObject({ status: z.literal("ok") });

/** `GET /readyz` of a server that is fit to serve. */
export const ReadySchema = z.strictObject({ status: z.literal("ready") });

/** The same of one that is not, with status 503. */
export const NotReadySchema = z.strictObject({
  status: z.literal("not ready"),
  reasons: z.array(z.string()).min(1),
});

const brief = {
  status: z.literal("ok"),
  database: z.enum(["connected", "unavailable"]),
};

/** `GET /health` for everybody. */
export const BriefHealthSchema = z.strictObject(brief);

const backfill = z.strictObject({
  state: z.enum(["waiting", "filling", "done", "failed"]),
  unit: z.string().nullable(),
  units: count,
  done: count,
  rows: count,
  reason: z.string().nullable(),
});

/** `GET /health` for who shows the token, or where none is set. */
export const HealthSchema = z.strictObject({
  ...brief,
  provider: FeedSchema.shape.provider,
  data_status: DataStatusSchema,
  feed: z.strictObject({ ...FeedSchema.shape, as_of: instant.nullable() }),
  journal: z.strictObject({
    ...nums("frames", "bytes", "damaged", "write_errors"),
    writable: z.boolean().nullable(),
  }),
  store: z.strictObject({
    state: z.enum(["off", "starting", "ready", "unreachable", "refused"]),
    reason: z.string().nullable(),
    backend: z.enum(["embedded", "external"]).nullable(),
    server_version: z.string().nullable(),
    timescale_version: z.string().nullable(),
    timescale_license: z.enum(["timescale", "apache"]).nullable(),
    schema: z.string().nullable(),
    layout: z.enum(["hypertables", "partitions"]).nullable(),
    stray_rows: z.number().nullable(),
    backfill: backfill.nullable(),
  }),
  uptime_seconds: count,
  memory_bytes: count,
  version: z.string(),
  deno_version: z.string(),
  metrics: z.record(z.string(), z.number()),
});
