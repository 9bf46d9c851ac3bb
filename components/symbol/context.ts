import type { BoardRow } from "../../core/wire/board.ts";
import { codeOf } from "../cell_view.ts";
import type { LiveLink } from "../live/link.ts";
import { formatPercent, type NumberStyle } from "../number_format.ts";
import type { PriceWriting } from "./price_text.ts";
import { type SymbolWords, symbolWordsOf } from "./symbol_words.ts";

/** What every panel of a security's page is written with. */
export interface SymbolContext {
  readonly symbol: string;
  readonly words: SymbolWords;
  readonly style: NumberStyle;
  readonly prices: PriceWriting;
}

export function symbolContext(symbol: string, isFuture: boolean, link: LiveLink): SymbolContext {
  return {
    symbol,
    words: symbolWordsOf(link.lang),
    style: link.style,
    prices: { style: link.style, scale: link.unit, isFuture },
  };
}

/** Writes a share of a whole with one decimal: `55,2%`. */
export function percentText(part: number, whole: number, style: NumberStyle): string {
  return whole === 0 ? "–" : formatPercent(part / whole * 100, style);
}

/** Sessions in which the orders in sight are not matched with each other. */
const PAUSES = new Set(["BREAK", "PT", "PLO", "C", "H"]);

/** Why nothing is matched at once at the prices in sight; null while they trade. */
export function matchingPause(row: BoardRow): "auction" | "pause" | null {
  return isAuction(row) ? "auction" : PAUSES.has(codeOf(row.session)) ? "pause" : null;
}

/** Whether the row is in a call auction. */
export function isAuction(row: BoardRow): boolean {
  return row.session === "ATO" || row.session === "ATC";
}
