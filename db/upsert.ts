import type { StoreRows, StoreTable } from "../core/port/store.ts";
import {
  type ColumnKind,
  type ColumnValue,
  elementOf,
  expressionOf,
  parameterOf,
} from "./row_literals.ts";

/** What rows have in common. */
export interface RowContext {
  readonly tradingDate: string;
  /** One of `SOURCE_CODES`. */
  readonly source: number;
}

/** A table as far as adding rows to it goes. */
export interface UpsertTable {
  readonly table: string;
  readonly columns: Readonly<Record<string, ColumnKind>>;
  readonly key: readonly string[];
  /**
   * What a row becomes when another of its key comes: expressions of columns over `held` and
   * `excluded`, the one that comes. Null keeps the row that was first.
   */
  readonly merge: Readonly<Record<string, string>> | null;
}

/** Rows of one type, and how they become rows of a table. */
export interface Upsert<T extends StoreTable> extends UpsertTable {
  /** Values in the order of the columns. */
  readonly valuesOf: (row: StoreRows[T][number], context: RowContext) => readonly ColumnValue[];
}

/** A row as literals of its columns. */
export type RenderedRow = readonly string[];

/** One row of literals, or null when a value is of no kind that its column takes. */
export function renderRow<T extends StoreTable>(
  upsert: Upsert<T>,
  row: StoreRows[T][number],
  context: RowContext,
): RenderedRow | null {
  const values = upsert.valuesOf(row, context);
  const kinds = Object.values(upsert.columns);
  const elements = kinds.map((kind, i) => elementOf(kind, values[i]));
  return elements.includes(null) ? null : elements as string[];
}

/**
 * Splits rows so that no part has a key twice, which a statement with an update cannot take; the
 * order of rows of the same key is kept.
 */
export function splitByKey(
  { columns, key, merge }: UpsertTable,
  rows: readonly RenderedRow[],
): RenderedRow[][] {
  if (merge === null) return [[...rows]];
  const names = Object.keys(columns);
  const positions = key.map((name) => names.indexOf(name));
  const seen = new Map<string, number>();
  const parts: RenderedRow[][] = [];
  for (const row of rows) {
    const id = positions.map((position) => row[position]).join(",");
    const part = seen.get(id) ?? 0;
    seen.set(id, part + 1);
    (parts[part] ??= []).push(row);
  }
  return parts;
}

/** The arguments of the statement: a literal for each column. */
export function literalsOf(rows: readonly RenderedRow[]): string[] {
  return rows[0]!.map((_, column) => `{${rows.map((row) => row[column]).join(",")}}`);
}

/** The statement that adds rows to a table, merging them with those of the same key. */
export function upsertText({ table, columns, key, merge }: UpsertTable): string {
  const names = Object.keys(columns);
  const kinds = Object.values(columns);
  const parameters = kinds.map((kind, i) => parameterOf(kind, i + 1));
  const expressions = names.map((name, i) => expressionOf(kinds[i]!, `u.${name}`));
  return `INSERT INTO ${table} AS held (${names.join(", ")})
    SELECT ${expressions.join(", ")}
    FROM unnest(${parameters.join(", ")}) AS u (${names.join(", ")})
    ON CONFLICT ${merge === null ? "DO NOTHING" : updateText(key, merge)}`;
}

/** A row that would not change is not written again. */
function updateText(key: readonly string[], merge: Readonly<Record<string, string>>): string {
  const names = Object.keys(merge);
  const values = Object.values(merge);
  return `(${key.join(", ")}) DO UPDATE SET
      ${names.map((name, i) => `${name} = ${values[i]}`).join(",\n      ")}
    WHERE (${names.map((name) => `held.${name}`).join(", ")})
      IS DISTINCT FROM (${values.join(", ")})`;
}
