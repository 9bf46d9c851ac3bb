import * as z from "zod";
import { EXCHANGES, PHASES } from "../market/phase.ts";

/** A number that may be "not there". */
export const num = z.number().nullable();
/** An instant with its offset. */
export const instant = z.iso.datetime({ offset: true });
/** `HH:mm:ss` of the exchange. */
export const timeOfDay = z.iso.time({ precision: 0 }).nullable();
/** A ticker, futures code or index id. */
export const symbol = z.string().regex(/^[A-Za-z0-9_-]{2,32}$/);

/** Label of every payload. */
export const DataStatusSchema = z.enum(["live", "stale", "closed", "replay", "simulated"]);

/** Phase of each board. */
export const PhasesSchema = z.record(z.enum(EXCHANGES), z.enum(PHASES));

/** The fields that every payload of market data carries. */
export const stamp = {
  as_of: instant.nullable(),
  seq: z.int().min(0),
  epoch: z.string(),
  data_status: DataStatusSchema,
};

/** Fields that are numbers or "not there". */
export function nums<Name extends string>(...names: Name[]): Record<Name, typeof num> {
  return Object.fromEntries(names.map((name) => [name, num])) as Record<Name, typeof num>;
}

/** Fields that are always numbers: sums, which are 0 over nothing. */
export function sums<Name extends string>(...names: Name[]): Record<Name, z.ZodNumber> {
  return Object.fromEntries(names.map((name) => [name, z.number()])) as Record<Name, z.ZodNumber>;
}

/** An object by symbol. */
export function bySymbol<Out extends z.ZodType>(out: Out): z.ZodRecord<typeof symbol, Out> {
  return z.record(symbol, out);
}
