/** Kinds of a column by what its values are sent as; times are Unix ms. */
export type ColumnKind =
  | "time"
  | "bigint"
  | "integer"
  | "smallint"
  | "date"
  | "code"
  | "text"
  | "json";

/** A value on its way into a column; json is text already. */
export type ColumnValue = number | string | null | undefined;

/** What a code of a security, index or board is made of: it needs no quotes in a literal. */
const CODE = /^[A-Z0-9_.-]{1,32}$/i;
const DATE = /^\d{4}-\d{2}-\d{2}$/;
/** The one word that an array takes for an absent value. */
const NULL = "NULL";

const ARRAY_TYPES: Readonly<Record<ColumnKind, string>> = {
  time: "bigint[]",
  bigint: "bigint[]",
  integer: "integer[]",
  smallint: "smallint[]",
  date: "date[]",
  code: "text[]",
  text: "text[]",
  json: "text[]",
};

/**
 * A value as an element of an array literal, or null when it cannot be one. A number that is too
 * large for its column is left to the server to refuse.
 */
export function elementOf(kind: ColumnKind, value: ColumnValue): string | null {
  if (value === null) return NULL;
  if (typeof value === "number") {
    const isNumeric = kind !== "date" && kind !== "code" && kind !== "text" && kind !== "json";
    return isNumeric && Number.isSafeInteger(value) ? String(value) : null;
  }
  if (typeof value !== "string") return null;
  if (kind === "date") return DATE.test(value) ? value : null;
  if (kind === "code") return CODE.test(value) && value.toUpperCase() !== NULL ? value : null;
  if (kind !== "text" && kind !== "json") return null;
  return `"${value.replace(/["\\]/g, "\\$&")}"`;
}

/** The parameter of a column's literal, `{…}`, as the array that it is. */
export function parameterOf(kind: ColumnKind, position: number): string {
  return `$${position}::text::${ARRAY_TYPES[kind]}`;
}

/** The expression of a column out of its element. */
export function expressionOf(kind: ColumnKind, element: string): string {
  if (kind === "time") return `to_timestamp(${element} / 1000.0)`;
  return kind === "json" ? `${element}::jsonb` : element;
}
