import type { Cell } from "../../core/wire/board.ts";

/** Cells of a row by the names of its fields. */
export function named<Field extends string>(
  fields: readonly Field[],
  cells: readonly Cell[],
): Record<Field, Cell> {
  return Object.fromEntries(fields.map((field, i) => [field, cells[i]!])) as Record<Field, Cell>;
}
