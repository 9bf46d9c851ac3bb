import { formatVnDate } from "../../core/market/time.ts";
import { priceToE2 } from "../../core/market/units.ts";
import {
  BLANK,
  type CellView,
  codeOf,
  type Column,
  countCell,
  numberOf,
  positiveOf,
  signedCell,
} from "../cell_view.ts";
import { formatScaled } from "../number_format.ts";
import type { BoardLine, BoardStyle } from "./board_line.ts";

/** What a source that does not carry open interest shows in its place. */
const NOT_AVAILABLE: CellView = { text: "N/A", tone: "", sortKey: null };

/** Columns that only futures have; prices and differences are points. */
export const FUTURE_COLUMNS: readonly Column<BoardLine, BoardStyle>[] = [
  { key: "expiry", className: "", fits: 10, view: expiryView },
  {
    key: "daysLeft",
    className: "",
    view: (line, style) => countCell(numberOf(line.daysLeft), "", style),
  },
  {
    key: "basis",
    className: "p",
    fits: 6,
    view: (line, style) => signedCell(numberOf(line.basis), style),
  },
  { key: "fair", className: "", fits: 8, view: fairView },
  {
    key: "rich",
    className: "p",
    fits: 6,
    view: (line, style) => signedCell(numberOf(line.rich), style),
  },
  { key: "oi", className: "", view: interestView },
];

function expiryView(line: BoardLine): CellView {
  const date = codeOf(line.expiry);
  return date === "" ? BLANK : { text: formatVnDate(date), tone: "", sortKey: date };
}

function fairView(line: BoardLine, style: BoardStyle): CellView {
  const fair = positiveOf(line.fair);
  if (fair === null) return BLANK;
  return { text: formatScaled(priceToE2(fair), 2, style), tone: "", sortKey: fair };
}

function interestView(line: BoardLine, style: BoardStyle): CellView {
  const contracts = numberOf(line.oi);
  return contracts === null ? NOT_AVAILABLE : countCell(contracts, "", style);
}
