import * as z from "zod";

/** A value of JSON. */
export type Json =
  | null
  | boolean
  | number
  | string
  | readonly Json[]
  | { readonly [key: string]: Json };
export type JsonObject = Readonly<Record<string, Json>>;

/** A pointer into the document. */
export function ref(path: string): JsonObject {
  return { $ref: `#/${path}` };
}

type Schema = z.core.JSONSchema.BaseSchema;

/** The bounds of every whole number of JavaScript say nothing about this one. */
export function omitSafeBounds(schema: Schema): void {
  if (schema.minimum === Number.MIN_SAFE_INTEGER) delete schema.minimum;
  if (schema.maximum === Number.MAX_SAFE_INTEGER) delete schema.maximum;
}

/**
 * What the server sends is open: a later version may add fields, and a client made from a document
 * must bear them.
 */
export function openObject(schema: Schema): void {
  if (schema.additionalProperties === false) delete schema.additionalProperties;
}
