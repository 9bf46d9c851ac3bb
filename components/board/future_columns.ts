import { futuresAlias } from "../../core/market/futures.ts";
import { addDays, formatVnDate } from "../../core/market/time.ts";
import { priceToE2 } from "../../core/market/units.ts";
import {
  BLANK,
  type CellView,
  codeOf,
  type Column,
  numberOf,
  positiveOf,
  type Tone,
} from "../cell_view.ts";
import { formatCount, formatScaled, signed } from "../number_format.ts";
import type { BoardLine, BoardStyle } from "./board_line.ts";

/** What a source that does not carry open interest shows in its place. */
const NOT_AVAILABLE: CellView = { text: "N/A", tone: "", sortKey: null };

/** Columns that only futures have; prices and differences are points. */
export const FUTURE_COLUMNS: readonly Column<BoardLine, BoardStyle>[] = [
  { key: "expiry", className: "", fits: 10, view: expiryView },
  {
    key: "daysLeft",
    className: "",
    view: (line, style) => countView(numberOf(line.daysLeft), style),
  },
  { key: "basis", className: "p", fits: 6, view: (line, style) => signedView(line.basis, style) },
  { key: "fair", className: "", fits: 8, view: fairView },
  { key: "rich", className: "p", fits: 6, view: (line, style) => signedView(line.rich, style) },
  { key: "oi", className: "", view: interestView },
];

/** What traders call a future today, such as `VN30F1M`; null until its expiry is known. */
export function seriesOf(line: BoardLine): string | null {
  const [expiry, daysLeft] = [codeOf(line.expiry), numberOf(line.daysLeft)];
  if (expiry === "" || daysLeft === null) return null;
  return futuresAlias(line.symbol, addDays(expiry, -daysLeft));
}

function expiryView(line: BoardLine): CellView {
  const date = codeOf(line.expiry);
  return date === "" ? BLANK : { text: formatVnDate(date), tone: "", sortKey: date };
}

function countView(count: number | null, style: BoardStyle): CellView {
  return count === null ? BLANK : { text: formatCount(count, style), tone: "", sortKey: count };
}

/** Above zero is green and below it red, as everywhere: a premium, or a price above the theory. */
function signedView(cell: BoardLine["basis"], style: BoardStyle): CellView {
  const points = numberOf(cell);
  if (points === null) return BLANK;
  const pointsE2 = priceToE2(points);
  const tone: Tone = pointsE2 > 0 ? "up" : pointsE2 < 0 ? "dn" : "re";
  return { text: signed(formatScaled(pointsE2, 2, style), pointsE2), tone, sortKey: pointsE2 };
}

function fairView(line: BoardLine, style: BoardStyle): CellView {
  const fair = positiveOf(line.fair);
  if (fair === null) return BLANK;
  return { text: formatScaled(priceToE2(fair), 2, style), tone: "", sortKey: fair };
}

function interestView(line: BoardLine, style: BoardStyle): CellView {
  const contracts = numberOf(line.oi);
  return contracts === null ? NOT_AVAILABLE : countView(contracts, style);
}
