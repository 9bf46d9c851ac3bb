import * as z from "zod";
import { bySymbol, instant, num, stamp, symbol } from "./payload_schema.ts";

/** `GET /api/market/sparklines`. */
export const SparklinesSchema = z.strictObject({
  step_seconds: z.int().min(1),
  timestamps: z.array(instant),
  prices: bySymbol(z.array(num)),
  missing_symbols: z.array(symbol),
  ...stamp,
});
