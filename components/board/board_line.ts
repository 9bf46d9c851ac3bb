import type { BoardRow, Cell } from "../../core/wire/board.ts";
import type { NumberStyle, PriceScale } from "../number_format.ts";
import type { PricePath } from "./price_path.ts";

/** A row of the price board: its cells, and what other sources know of the same security. */
export type BoardLine = BoardRow & {
  /** Price of the day so far; absent until it is known. */
  path?: PricePath;
  /** Futures only: what traders call it, such as `VN30F1M`. */
  series?: string | null;
  /** Futures only: last trading day `YYYY-MM-DD`, calendar days to it, theoretical price, points. */
  expiry?: Cell;
  daysLeft?: Cell;
  fair?: Cell;
  rich?: Cell;
  oi?: Cell;
  /** What the line is the sum of; absent in the line of a security. */
  readonly sum?: SectorSum;
};

/** A sector of the board; its sums stand in the cells of the line. */
export interface SectorSum {
  readonly name: string;
  readonly members: number;
  /** Mean change of the members that traded, per cent × 100; null before any trade. */
  readonly meanPercentE2: number | null;
}

/** How the board writes numbers. */
export interface BoardStyle extends NumberStyle {
  readonly priceScale: PriceScale;
}
