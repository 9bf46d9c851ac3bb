import type { Cell } from "./board.ts";

/** A number of a payload; null means "not there", never 0. */
export type Num = number | null;

/** The number in a cell, or null. */
export function num(cell: Cell | undefined): Num {
  return typeof cell === "number" ? cell : null;
}

/** The text in a cell, or null. */
export function text(cell: Cell | undefined): string | null {
  return typeof cell === "string" ? cell : null;
}

/** Prices have two decimals at most; the rounding removes what binary fractions add. */
export function difference(a: Num, b: Num): Num {
  return a === null || b === null ? null : rounded(a - b, 2);
}

/** One number in per cent of another, two decimals; null of nothing. */
export function percentOf(part: Num, whole: Num): Num {
  return part === null || whole === null || whole === 0 ? null : rounded(part / whole * 100, 2);
}

/** A number with so many decimals at most. */
export function rounded(value: number, decimals: number): number {
  const scale = 10 ** decimals;
  // No payload says −0.
  return Math.round(value * scale) / scale + 0;
}

/** Premium above zero, discount below; a basis of exactly zero is neither. */
export function isPremium(basis: Num): boolean | null {
  return basis === null || basis === 0 ? null : basis > 0;
}

/** Objects of a payload by symbol. */
export function bySymbol<Row extends { readonly symbol: string }, Out>(
  rows: readonly Row[],
  build: (row: Row) => Out,
): Record<string, Out> {
  return Object.fromEntries(rows.map((row) => [row.symbol, build(row)]));
}
