import { bookDepth } from "../../core/market/instrument.ts";
import { type Exchange, EXCHANGES } from "../../core/market/phase.ts";
import { priceToE2, valueVnd } from "../../core/market/units.ts";
import type { BoardRow, Row } from "../../core/wire/board.ts";
import { BOOK_LEVELS, type BookField } from "../../core/wire/book.ts";
import { positiveOf } from "../cell_view.ts";

/** Orders that wait at one price. */
export interface Level {
  /** VND or points; null for orders at any price, which wait in auctions. */
  readonly price: number | null;
  readonly volume: number;
}

/** As many levels as the exchange's feed fills, so that the panel keeps its height. */
export function depthOf(row: BoardRow): number {
  const exchange = EXCHANGES.find((name) => name === row.exchange);
  return exchange === undefined ? BOOK_LEVELS : bookDepth(exchange satisfies Exchange);
}

/** The levels of a side that hold something, best first. */
export function levelsOf(book: Row<BookField>, side: "b" | "a", depth: number): Level[] {
  return Array.from({ length: depth }, (_, at) => at + 1).flatMap((n) => {
    const price = positiveOf(book[`${side}${n}p` as BookField]);
    const volume = positiveOf(book[`${side}${n}v` as BookField]);
    return volume === null ? [] : [{ price, volume }];
  });
}

/** What it would cost to match a volume at once against the orders in sight. */
export interface TradeCost {
  /** Of the volume, what the levels in sight hold. */
  readonly filled: number;
  /** Mean price of that, hundredths of VND or points; not rounded. */
  readonly meanE2: number;
  /** The last level that it reaches, VND or points. */
  readonly worst: number;
  /** Mean away from the best level, per cent: above zero it costs more than that. */
  readonly slipPercent: number;
  readonly valueVnd: number;
}

/**
 * Walks the side that would be matched, the asks for a buy; null where nothing with a price waits.
 * Orders of which nobody knows (hidden, or deeper than the feed tells) are no part of it.
 */
export function costOf(
  levels: readonly Level[],
  volume: number,
  { isBuy, isFuture }: { readonly isBuy: boolean; readonly isFuture: boolean },
): TradeCost | null {
  let [left, sumE2, value] = [volume, 0, 0];
  let best: number | null = null;
  let worst = 0;
  for (const level of levels) {
    if (left === 0) break;
    if (level.price === null) continue;
    const part = Math.min(left, level.volume);
    const priceE2 = priceToE2(level.price);
    left -= part;
    sumE2 += priceE2 * part;
    value += valueVnd(priceE2, part, isFuture);
    best ??= priceE2;
    worst = level.price;
  }
  const filled = volume - left;
  if (best === null || filled === 0) return null;
  const meanE2 = sumE2 / filled;
  const slipPercent = (isBuy ? meanE2 - best : best - meanE2) / best * 100;
  return { filled, meanE2, worst, slipPercent, valueVnd: value };
}
