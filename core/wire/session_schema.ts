import * as z from "zod";
import { EXCHANGES, PHASES } from "../market/phase.ts";
import { ALERT_TYPES } from "./alert.ts";
import { instant, num, PhasesSchema, stamp } from "./payload_schema.ts";

const count = z.int().min(0);

/** What is kept of an archived session. */
export const SessionCertificateSchema = z.strictObject({
  trading_date: z.iso.date(),
  archived_at: instant,
  boards: z.record(
    z.enum(EXCHANGES),
    z.strictObject({ trades: count, volume: count, value: count }),
  ),
  indices: z.record(z.string(), z.strictObject({ close: num, change: num })),
  alerts: z.record(z.enum(ALERT_TYPES), count),
  quality: z.strictObject({
    counted_volume: count,
    missing_volume: count,
    messages: z.record(z.string(), count),
    phase_drifts: z.array(z.strictObject({
      board: z.enum(EXCHANGES),
      phase: z.enum(PHASES),
      timetable_phase: z.enum(PHASES),
      since: instant,
    })),
  }),
});

/** `GET /api/market/session`. */
export const SessionPayloadSchema = z.strictObject({
  trading_date: z.iso.date().nullable(),
  phases: PhasesSchema,
  is_archived: z.boolean(),
  last_session: SessionCertificateSchema.nullable(),
  ...stamp,
});
