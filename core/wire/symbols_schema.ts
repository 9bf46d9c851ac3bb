import * as z from "zod";
import { stamp, symbol } from "./payload_schema.ts";

const name = z.string().min(1).max(200).nullable();

/** `GET /api/symbols`. */
export const SymbolListSchema = z.strictObject({
  symbols: z.array(
    z.strictObject({ symbol, exchange: z.string().nullable(), name_vi: name, name_en: name }),
  ),
  ...stamp,
});

/** `GET /api/vn30-components`. */
export const Vn30ComponentsSchema = z.strictObject({
  symbols: z.array(symbol),
  source: z.enum(["feed", "static"]),
  list_date: z.iso.date().nullable(),
  ...stamp,
});
