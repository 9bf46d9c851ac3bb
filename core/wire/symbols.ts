import type { Cell } from "./board.ts";
import type { SecurityNames } from "./names.ts";
import { type MarketView, type Stamp, stampOf } from "./snapshot.ts";

/** A security as lists for searching name it. */
export interface SymbolOut {
  readonly symbol: string;
  /** "HOSE" | "HNX" | "UPCOM" | "DERIVATIVES"; null before the feed has said. */
  readonly exchange: string | null;
  /** Names in the feed's words, at most 200 characters; null where it tells none. */
  readonly name_vi: string | null;
  readonly name_en: string | null;
}

/** Body of `/api/symbols`. */
export interface SymbolList extends Stamp {
  readonly symbols: readonly SymbolOut[];
}

/** Every security of the market that has been heard of, futures included, by symbol. */
export function symbolList(
  view: MarketView,
  namesOf: (symbol: string) => SecurityNames | null,
): SymbolList {
  const text = (cell: Cell | undefined) => typeof cell === "string" ? cell : null;
  const symbols = view.all("stock")
    .map(({ symbol, exchange }) => {
      const names = namesOf(symbol);
      return {
        symbol,
        exchange: text(exchange),
        name_vi: names?.vi ?? null,
        name_en: names?.en ?? null,
      };
    })
    .sort((a, b) => a.symbol < b.symbol ? -1 : 1);
  return { symbols, ...stampOf(view) };
}
