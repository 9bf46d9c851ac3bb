import type { BoardRow } from "../../core/wire/board.ts";
import { formatPrice, priceUnitOf } from "../number_format.ts";
import type { BoardStyle } from "./board_line.ts";

/** A price of a row in the reader's unit; futures are in points. */
export function priceText(
  row: Pick<BoardRow, "exchange">,
  value: number,
  style: BoardStyle,
): string {
  const unit = priceUnitOf(row.exchange === "DERIVATIVES", style.priceScale);
  return formatPrice(value, unit, style);
}
