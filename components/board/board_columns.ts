import type { BoardField, Cell } from "../../core/wire/board.ts";
import type { BoardLine, BoardStyle, SectorSum } from "./board_line.ts";
import { FUTURE_COLUMNS } from "./future_columns.ts";
import { PICTURE_COLUMNS } from "./picture_columns.ts";
import { priceText } from "./price_text.ts";
import {
  BLANK,
  type CellView,
  codeOf,
  type Column,
  countCell,
  numberOf,
  percentCell,
  positiveOf,
  signedCell,
  type Tone,
  toneOf,
} from "../cell_view.ts";
import { formatScaled, signed } from "../number_format.ts";

export type BoardColumn = Column<BoardLine, BoardStyle>;
type Level = 1 | 2 | 3;
type BookSide = "b" | "a";

/** Trading status codes that need no mark beside the symbol. */
const ORDINARY_STATUS = new Set(["", "N", "Normal", "Active"]);
const VND_PER_BILLION_E2 = 10_000_000;
/** A price such as `108,40`, and a volume such as `999.900`. */
const PRICE_FITS = 6;
const VOLUME_FITS = 7;

/** Every column that a price board can have. */
export const BOARD_COLUMNS: readonly BoardColumn[] = [
  { key: "symbol", className: "p", fits: 4, href: pageOf, view: symbolView },
  limit("ref"),
  limit("ceil"),
  limit("floor"),
  ...([3, 2, 1] as const).flatMap((level) => bookLevel("b", level)),
  { key: "last", className: "p m", fits: PRICE_FITS, view: matchPriceView },
  { key: "lastVol", className: "", fits: 9, view: matchVolumeView },
  { key: "change", className: "ch", fits: 6, view: changeView },
  { key: "percent", className: "", fits: 6, view: percentView },
  ...([1, 2, 3] as const).flatMap((level) => bookLevel("a", level)),
  ...PICTURE_COLUMNS,
  {
    key: "vol",
    className: "",
    fits: 10,
    view: (row, style) => countCell(positiveOf(row.vol), "", style),
  },
  { key: "val", className: "", fits: 8, view: valueView },
  { key: "cVn30", className: "", fits: 6, view: contributionView },
  price("open"),
  price("high"),
  { key: "avg", className: "p", fits: PRICE_FITS, view: averageView },
  price("low"),
  count("fBuy", 9),
  count("fSell", 9),
  count("room"),
  ...FUTURE_COLUMNS,
];

const columnByKey = new Map(BOARD_COLUMNS.map((column) => [column.key, column]));

/** A column where it stands: its key, and the classes that its cells have there. */
export type ColumnPlace = Pick<BoardColumn, "key" | "className">;

/** The columns at these places. */
export function columnsAt(places: readonly ColumnPlace[]): readonly BoardColumn[] {
  return places.map(({ key, className }) => ({ ...columnByKey.get(key)!, className }));
}

/** The price that stands for the row now: the expected one in a call auction, else the last. */
export function matchPrice(row: BoardLine): { price: number; expected: boolean } | null {
  const est = positiveOf(row.est);
  if (est !== null && isAuction(row)) return { price: est, expected: true };
  const last = positiveOf(row.last);
  return last === null ? null : { price: last, expected: false };
}

function isAuction(row: BoardLine): boolean {
  return row.session === "ATO" || row.session === "ATC";
}

function matchTone(row: BoardLine): Tone {
  return toneOf(matchPrice(row)?.price ?? null, row);
}

function priceView(row: BoardLine, cell: Cell | undefined, style: BoardStyle): CellView {
  const value = positiveOf(cell);
  if (value === null) return BLANK;
  return { text: priceText(row, value, style), tone: toneOf(value, row), sortKey: value };
}

/** Limits and reference are named by their heading, so they carry no glyph. */
function limit(key: "ceil" | "floor" | "ref"): BoardColumn {
  return {
    key,
    className: "",
    fits: PRICE_FITS,
    view: (row, style) => priceView(row, row[key], style),
  };
}

function price(key: "open" | "high" | "low"): BoardColumn {
  const view: BoardColumn["view"] = (row, style) => priceView(row, row[key], style);
  return { key, className: "p", fits: PRICE_FITS, view };
}

/** An average lies between ticks; a third digit of it would say nothing. */
function averageView(row: BoardLine, style: BoardStyle): CellView {
  const exact = positiveOf(row.avg);
  if (exact === null) return BLANK;
  const shown = row.exchange === "DERIVATIVES" ? exact : Math.round(exact / 10) * 10;
  return { text: priceText(row, shown, style), tone: toneOf(shown, row), sortKey: exact };
}

function count(key: "fBuy" | "fSell" | "room", fits?: number): BoardColumn {
  const view: BoardColumn["view"] = (row, style) => countCell(numberOf(row[key]), "", style);
  return { key, className: "", fits, view };
}

function bookLevel(side: BookSide, level: Level): BoardColumn[] {
  const priceKey = `${side}${level}p` as const;
  const volumeKey = `${side}${level}v` as const;
  const pair: BoardColumn[] = [
    {
      key: priceKey,
      className: "p",
      fits: PRICE_FITS,
      view: (row, style) =>
        isMarketOrder(row, priceKey, volumeKey)
          // Market orders stand before every price, whichever way the column is sorted by.
          ? { text: marketOrderText(row), tone: "", sortKey: side === "b" ? Infinity : 0 }
          : priceView(row, row[priceKey], style),
    },
    {
      key: volumeKey,
      className: "",
      fits: VOLUME_FITS,
      view: (row, style) =>
        countCell(positiveOf(row[volumeKey]), toneOf(positiveOf(row[priceKey]), row), style),
    },
  ];
  return pair;
}

function isMarketOrder(row: BoardLine, priceKey: BoardField, volumeKey: BoardField) {
  return positiveOf(row[priceKey]) === null && positiveOf(row[volumeKey]) !== null;
}

function marketOrderText(row: BoardLine): string {
  return isAuction(row) ? codeOf(row.session) : "ATO/ATC";
}

/** The page of a security. */
function pageOf(row: BoardLine): string | null {
  return row.sum === undefined ? `/stock/${row.symbol}` : null;
}

function symbolView(row: BoardLine): CellView {
  if (row.sum !== undefined) {
    return { text: `${row.sum.name} (${row.sum.members})`, tone: "", sortKey: row.sum.name };
  }
  const status = codeOf(row.status);
  const name = row.series ?? row.symbol;
  const text = ORDINARY_STATUS.has(status) ? name : `${name} (${status})`;
  return { text, tone: matchTone(row), sortKey: row.symbol };
}

function matchPriceView(row: BoardLine, style: BoardStyle): CellView {
  const match = matchPrice(row);
  if (match === null) return BLANK;
  const text = priceText(row, match.price, style);
  const tone = toneOf(match.price, row);
  return { text, tone, sortKey: match.price, expected: match.expected };
}

/** The expected price has no volume of its own, and the last trade's volume is not its. */
function matchVolumeView(row: BoardLine, style: BoardStyle): CellView {
  const match = matchPrice(row);
  if (match === null || match.expected) return BLANK;
  return countCell(positiveOf(row.lastVol), matchTone(row), style);
}

function changeView(row: BoardLine, style: BoardStyle): CellView {
  const match = matchPrice(row);
  const ref = positiveOf(row.ref);
  if (match === null || ref === null) return BLANK;
  const change = match.price - ref;
  return {
    text: signed(priceText(row, change, style), change),
    tone: toneOf(match.price, row),
    sortKey: change,
  };
}

function percentView(row: BoardLine, style: BoardStyle): CellView {
  if (row.sum !== undefined) return meanView(row.sum, style);
  const match = matchPrice(row);
  const ref = positiveOf(row.ref);
  if (match === null || ref === null) return BLANK;
  return percentCell(match.price, ref, toneOf(match.price, row), style);
}

function meanView({ meanPercentE2: mean }: SectorSum, style: BoardStyle): CellView {
  if (mean === null) return BLANK;
  const cell = signedCell(mean / 100, style);
  // In the unit of the securities, among which it is sorted.
  return { ...cell, text: `${cell.text}%`, sortKey: mean };
}

/** Points of VN30 that the security moved; approximate. */
function contributionView(row: BoardLine, style: BoardStyle): CellView {
  return signedCell(numberOf(row.cVn30), style);
}

function valueView(row: BoardLine, style: BoardStyle): CellView {
  const valueVnd = positiveOf(row.val);
  if (valueVnd === null) return BLANK;
  const billionE2 = Math.round(valueVnd / VND_PER_BILLION_E2);
  return { text: formatScaled(billionE2, 2, style), tone: "", sortKey: valueVnd };
}
