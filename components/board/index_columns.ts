import type { IndexRow } from "../../core/wire/board.ts";
import { priceToE2 } from "../../core/market/units.ts";
import {
  BLANK,
  type CellView,
  type Column,
  numberOf,
  percentCell,
  positiveOf,
  toneOf,
} from "../cell_view.ts";
import {
  formatCount,
  formatPrice,
  formatScaled,
  type NumberStyle,
  signed,
} from "../number_format.ts";

const SHARES_PER_MILLION_E1 = 100_000;
const VND_PER_BILLION = 1_000_000_000;

/** What a card of the index strip shows, in reading order. */
export const INDEX_COLUMNS: readonly Column<IndexRow>[] = [
  { key: "symbol", className: "", view: nameView },
  { key: "value", className: "", view: valueView },
  { key: "change", className: "p", view: changeView },
  { key: "percent", className: "", view: percentView },
  { key: "vol", className: "", view: volumeView },
  { key: "val", className: "", view: turnoverView },
  { key: "up", className: "p", view: breadth("up", "ceil") },
  { key: "same", className: "p", view: breadth("same", null) },
  { key: "down", className: "p", view: breadth("down", "floor") },
];

function nameView(row: IndexRow): CellView {
  const name = typeof row.name === "string" && row.name !== "" ? row.name : row.symbol;
  return { text: name, tone: "", sortKey: row.symbol };
}

/**
 * The value that stands now: the estimate while a call auction runs, else the last value. Only rows
 * in an auction have an estimate; the feed's own session code of an index is mostly missing.
 */
function indexValue(row: IndexRow): { value: number; expected: boolean } | null {
  const est = positiveOf(row.est);
  if (est !== null) return { value: est, expected: true };
  const value = positiveOf(row.value);
  return value === null ? null : { value, expected: false };
}

/** The tone of a value against the close of the day before. */
export function toneOfIndex(row: IndexRow, value: number) {
  return toneOf(value, { ref: row.prior ?? null });
}

function valueView(row: IndexRow, style: NumberStyle): CellView {
  const now = indexValue(row);
  if (now === null) return BLANK;
  return {
    text: formatPrice(now.value, "indexPoint", style),
    tone: toneOfIndex(row, now.value),
    sortKey: now.value,
    expected: now.expected,
  };
}

function changeView(row: IndexRow, style: NumberStyle): CellView {
  const now = indexValue(row);
  const prior = positiveOf(row.prior);
  if (now === null || prior === null) return BLANK;
  const changeE2 = priceToE2(now.value) - priceToE2(prior);
  return {
    text: signed(formatScaled(changeE2, 2, style), changeE2),
    tone: toneOfIndex(row, now.value),
    sortKey: changeE2,
  };
}

function percentView(row: IndexRow, style: NumberStyle): CellView {
  const now = indexValue(row);
  const prior = positiveOf(row.prior);
  if (now === null || prior === null) return BLANK;
  return percentCell(now.value, prior, toneOfIndex(row, now.value), style);
}

function volumeView(row: IndexRow, style: NumberStyle): CellView {
  const shares = positiveOf(row.vol);
  if (shares === null) return BLANK;
  const millionE1 = Math.round(shares / SHARES_PER_MILLION_E1);
  return {
    text: `${formatScaled(millionE1, 1, style)} ${style.million}`,
    tone: "",
    sortKey: shares,
  };
}

function turnoverView(row: IndexRow, style: NumberStyle): CellView {
  const valueVnd = positiveOf(row.val);
  if (valueVnd === null) return BLANK;
  const billions = formatCount(valueVnd / VND_PER_BILLION, style);
  return { text: `${billions} ${style.billion}`, tone: "", sortKey: valueVnd };
}

const BREADTH_TONE = { up: "up", same: "re", down: "dn" } as const;

/** Members that rose, stood or fell; those at their limit follow in brackets. */
function breadth(key: "up" | "same" | "down", limitKey: "ceil" | "floor" | null) {
  return (row: IndexRow, style: NumberStyle): CellView => {
    const members = numberOf(row[key]);
    if (members === null) return BLANK;
    const atLimit = limitKey === null ? null : positiveOf(row[limitKey]);
    const brackets = atLimit === null ? "" : ` (${formatCount(atLimit, style)})`;
    return {
      text: formatCount(members, style) + brackets,
      tone: BREADTH_TONE[key],
      sortKey: members,
    };
  };
}
