import type { BoardRow } from "./board.ts";
import { type ForeignOut, foreignOut } from "./foreign_out.ts";
import { timeOfDay } from "./index_payload.ts";
import { type SessionStats, sessionStats } from "./session_stats.ts";
import {
  type MarketView,
  type PriceOut,
  priceOut,
  type QuoteOut,
  quoteOut,
  type Stamp,
  stampOf,
} from "./snapshot.ts";

/** A message of `/ws/stocks/{ticker}`: one security as the snapshot and the volume list have it. */
export interface StockPayload extends Stamp {
  readonly type: "stock";
  readonly ticker: string;
  /** Exchange time of the last change of this security. */
  readonly timestamp: string | null;
  readonly data: {
    readonly quote: QuoteOut;
    readonly price: PriceOut;
    readonly foreign: ForeignOut;
    readonly volume: SessionStats;
  };
}

/** Builds the message from a view; null for a security that it does not have. */
export function stockPayload(view: MarketView, ticker: string): StockPayload | null {
  const row = view.one("stock", ticker) as BoardRow | null;
  if (row === null) return null;
  return {
    type: "stock",
    ticker,
    timestamp: timeOfDay(view, row.time),
    data: {
      quote: quoteOut(row),
      price: priceOut(row),
      foreign: foreignOut(view.one("foreign", ticker), row),
      volume: sessionStats(view.one("volume", ticker) ?? { symbol: ticker }),
    },
    ...stampOf(view),
  };
}
