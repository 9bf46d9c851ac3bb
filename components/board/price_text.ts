import type { BoardRow } from "../../core/wire/board.ts";
import { formatPrice } from "../number_format.ts";
import type { BoardStyle } from "./board_line.ts";

/** A price of a row in the reader's unit; futures are in points. */
export function priceText(
  row: Pick<BoardRow, "exchange">,
  value: number,
  style: BoardStyle,
): string {
  if (row.exchange === "DERIVATIVES") return formatPrice(value, "futuresPoint", style);
  return formatPrice(value, style.priceScale === "vnd" ? "vnd" : "thousandVnd", style);
}
