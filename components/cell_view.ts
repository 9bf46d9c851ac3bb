import type { Cell } from "../core/wire/board.ts";
import { priceToE2 } from "../core/market/units.ts";
import { formatCount, formatScaled, type NumberStyle, signed } from "./number_format.ts";

/** Where a price stands: ceiling, up, reference, down, floor; "" is neutral. Also the CSS class. */
export type Tone = "ce" | "up" | "re" | "dn" | "fl" | "";

/** What one cell shows; the server writes it and the browser compares it, so both agree. */
export interface CellView {
  /** Never "NaN" or "undefined"; an absent value is "". */
  readonly text: string;
  readonly tone: Tone;
  /** The value behind the text: sorting and the direction of a flash go by it. */
  readonly sortKey: number | string | null;
  /** The price is an expected one, of a call auction that still runs. */
  readonly expected?: boolean;
  /** A drawing that stands in place of the text, which becomes its name. */
  readonly strokes?: readonly Stroke[];
}

/** A line or an area of a drawing in a cell; the cell is PICTURE_WIDTH by PICTURE_HEIGHT units. */
export interface Stroke {
  /** Class of its colour. */
  readonly tone: Tone | "dim";
  /** Path data. */
  readonly d: string;
}
export const PICTURE_WIDTH = 100;
export const PICTURE_HEIGHT = 30;

/** One column of a live table. `R` is the row as REST and pages know it. */
export interface Column<R, Style extends NumberStyle = NumberStyle> {
  readonly key: string;
  /** Classes that the cell keeps whatever it shows: `p` marks prices, which carry a glyph. */
  readonly className: string;
  /** Characters that the column has room for; a longer text is set smaller, never cut. */
  readonly fits?: number;
  /** Where the text of a row leads to; null for a row that leads nowhere. */
  readonly href?: (row: R) => string | null;
  readonly view: (row: R, style: Style) => CellView;
}

/** A cell without a value. */
export const BLANK: CellView = { text: "", tone: "", sortKey: null };

/** Reads a count or an amount; anything that is not a finite number is absent. */
export function numberOf(cell: Cell | undefined): number | null {
  return typeof cell === "number" && Number.isFinite(cell) ? cell : null;
}

/** Reads a price or a volume for which zero means "not there" (B-46). */
export function positiveOf(cell: Cell | undefined): number | null {
  const n = numberOf(cell);
  return n !== null && n > 0 ? n : null;
}

/** Reads a code; null and numbers are no code. */
export function codeOf(cell: Cell | undefined): string {
  return typeof cell === "string" ? cell : "";
}

/** Reference and limits of a row, in VND or points. */
export interface Limits {
  readonly ref?: Cell;
  readonly ceil?: Cell;
  readonly floor?: Cell;
}

/** The tone of a price against its own row; limits win over up and down, compared as integers. */
export function toneOf(price: number | null, limits: Limits): Tone {
  if (price === null) return "";
  const priceE2 = priceToE2(price);
  const is = (limit: number | null) => limit !== null && priceToE2(limit) === priceE2;
  if (is(positiveOf(limits.ceil))) return "ce";
  if (is(positiveOf(limits.floor))) return "fl";
  const ref = positiveOf(limits.ref);
  if (ref === null) return "";
  const refE2 = priceToE2(ref);
  return signTone(priceE2 - refE2);
}

/** The tone of a difference or a net amount: green above zero and red below (C-20, B-23). */
export function signTone(value: number): "up" | "dn" | "re" {
  return value > 0 ? "up" : value < 0 ? "dn" : "re";
}

/** A count; blank without one. */
export function countCell(count: number | null, tone: Tone, style: NumberStyle): CellView {
  return count === null ? BLANK : { text: formatCount(count, style), tone, sortKey: count };
}

/** A difference with its sign and two decimals, of points or per cent; blank without one. */
export function signedCell(points: number | null, style: NumberStyle): CellView {
  if (points === null) return BLANK;
  const pointsE2 = priceToE2(points);
  const text = signed(formatScaled(pointsE2, 2, style), pointsE2);
  return { text, tone: signTone(pointsE2), sortKey: points };
}

/** The class attribute of a cell. */
export function classOf(
  view: CellView,
  column: Pick<Column<never>, "className" | "fits">,
): string | undefined {
  const long = view.strokes === undefined && view.text.length > (column.fits ?? Infinity);
  const classes = [view.tone, column.className, view.expected ? "est" : "", long ? "long" : ""]
    .filter((c) => c !== "");
  return classes.length === 0 ? undefined : classes.join(" ");
}

/** Change of a price from its base in per cent, two decimals; both in VND or in points. */
export function percentCell(price: number, base: number, tone: Tone, style: NumberStyle): CellView {
  const baseE2 = priceToE2(base);
  const percentE2 = Math.round((priceToE2(price) - baseE2) * 10_000 / baseE2);
  const text = `${signed(formatScaled(percentE2, 2, style), percentE2)}%`;
  return { text, tone, sortKey: percentE2 };
}
