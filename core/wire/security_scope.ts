import type { MarketView } from "./snapshot.ts";

/** Whose figures: the boards (VN30, extra symbols, futures), the whole market, or a list. */
export type SecurityScope = "board" | "all" | readonly string[];

/** The securities of the boards, each once, in their order. */
export function boardSymbols(view: MarketView): readonly string[] {
  const rows = (["board:vn30", "board:extra", "board:der"] as const).flatMap((table) =>
    view.rows(table)
  );
  return [...new Set(rows.map(({ symbol }) => symbol))];
}
