import * as z from "zod";
import { ALERT_SEVERITIES, ALERT_TYPES } from "./alert.ts";
import { instant, stamp } from "./payload_schema.ts";

const scalar = z.union([z.number(), z.string()]);

/** One alert, with what was measured and what it was compared with. */
export const AlertSchema = z.strictObject({
  id: z.string().regex(/^\d{4}-\d{2}-\d{2}-\d+$/),
  n: z.int().min(1),
  alert_type: z.enum(ALERT_TYPES),
  severity: z.enum(ALERT_SEVERITIES),
  symbol: z.string(),
  message: z.string(),
  message_vi: z.string(),
  timestamp: instant,
  data: z.strictObject({
    inputs: z.record(z.string(), scalar.nullable()),
    threshold: z.record(z.string(), scalar),
    explanation: z.string(),
  }),
});

/** `GET /api/market/alerts`. */
export const AlertPageSchema = z.strictObject({
  alerts: z.array(AlertSchema).max(200),
  next_cursor: z.string().nullable(),
  ...stamp,
});
