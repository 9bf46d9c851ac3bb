import * as z from "zod";

/** A piece of a JSON document, looked into by name. */
// deno-lint-ignore no-explicit-any -- a document of a form that its test checks
export type Piece = any;

/** What a `$ref` leads to; fails where it leads nowhere. */
export function at(document: Piece, ref: string): Piece {
  const keys = ref.slice("#/".length).split("/").map((key) => key.replaceAll("~1", "/"));
  return keys.reduce((held, key) => {
    if (held[key] === undefined) throw new Error(`Cannot follow ${ref}: no ${key}`);
    return held[key];
  }, document);
}

/** The piece itself, or what it points at. */
export function resolved(document: Piece, piece: Piece): Piece {
  return piece.$ref === undefined ? piece : at(document, piece.$ref);
}

/** A schema of the document with every pointer followed and every object closed to other fields. */
export function closedSchema(document: Piece, schema: Piece): Piece {
  if (Array.isArray(schema)) return schema.map((each) => closedSchema(document, each));
  if (typeof schema !== "object" || schema === null) return schema;
  if (schema.$ref !== undefined) return closedSchema(document, at(document, schema.$ref));
  const closed = Object.fromEntries(
    Object.entries(schema).map(([key, value]) => [key, closedSchema(document, value)]),
  );
  const isOpen = schema.type === "object" && schema.properties !== undefined &&
    schema.additionalProperties === undefined;
  return isOpen ? { ...closed, additionalProperties: false } : closed;
}

/** Checks a value strictly by a schema of the document: a field that it does not name fails. */
export function strictCheck(document: Piece, schema: Piece): z.ZodType {
  return z.fromJSONSchema(closedSchema(document, schema));
}
