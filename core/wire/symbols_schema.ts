import * as z from "zod";
import { stamp, symbol } from "./payload_schema.ts";

/** `GET /api/symbols`. */
export const SymbolListSchema = z.strictObject({
  symbols: z.array(z.strictObject({ symbol, exchange: z.string().nullable() })),
  ...stamp,
});
