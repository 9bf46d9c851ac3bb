import type { BoardRow } from "../../core/wire/board.ts";
import type { LiveLink } from "../live/link.ts";
import { formatPercent, formatScaled, type NumberStyle } from "../number_format.ts";
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

/** Writes a value in billions of VND with two decimals. */
export function billionText(valueVnd: number, style: NumberStyle): string {
  return formatScaled(Math.round(valueVnd / 10_000_000), 2, style);
}

/** Whether the row is in a call auction. */
export function isAuction(row: BoardRow): boolean {
  return row.session === "ATO" || row.session === "ATC";
}
