import { BOARD_COLUMNS, type ColumnPlace } from "./board_columns.ts";
import { type BoardKind, columnsCookie } from "./board_tabs.ts";
import type { HeadWord } from "./board_words.ts";

/** Columns under one heading. */
interface ColumnGroup {
  readonly word: HeadWord;
  /** Key of each column, with the word of its heading and what follows that. */
  readonly heads: readonly (readonly [key: string, word: HeadWord, suffix?: string])[];
  /** Whether a phone shows it only when asked to: it puts the match first. */
  readonly isExtra?: boolean;
}

/** A column that a phone hides though it shows its group: the day's volume says more there. */
const EXTRA_KEY = "lastVol";

const BIDS: ColumnGroup = { word: "groupBids", heads: bookHeads("b", [3, 2, 1]), isExtra: true };
const MATCH: ColumnGroup = {
  word: "groupMatch",
  heads: [["last", "price"], ["lastVol", "volume"], ["change", "change"], ["percent", "percent"]],
};
const ASKS: ColumnGroup = { word: "groupAsks", heads: bookHeads("a", [1, 2, 3]), isExtra: true };
const LIMITS: ColumnGroup = {
  word: "groupLimits",
  heads: [["ref", "ref"], ["ceil", "ceil"], ["floor", "floor"]],
  isExtra: true,
};
const COURSE: ColumnGroup = {
  word: "groupCourse",
  heads: [["trend", "trend"], ["pressure", "pressure"]],
};
const RANGE: ColumnGroup = {
  word: "groupRange",
  heads: [["open", "open"], ["high", "high"], ["avg", "avg"], ["low", "low"]],
};

const GROUPS: Readonly<Record<BoardKind, readonly ColumnGroup[]>> = {
  stock: [
    LIMITS,
    BIDS,
    MATCH,
    ASKS,
    COURSE,
    {
      word: "groupTotal",
      heads: [["vol", "totalVolume"], ["val", "value"], ["cVn30", "points"]],
    },
    RANGE,
    {
      word: "groupForeign",
      heads: [["fBuy", "foreignBuy"], ["fSell", "foreignSell"], ["room", "room"]],
    },
  ],
  future: [
    { word: "groupContract", heads: [["expiry", "expiry"], ["daysLeft", "daysLeft"]] },
    LIMITS,
    BIDS,
    MATCH,
    ASKS,
    {
      word: "groupBasis",
      heads: [["basis", "basis"], ["fair", "fair"], ["rich", "rich"]],
    },
    COURSE,
    { word: "groupTotal", heads: [["vol", "totalVolume"], ["oi", "openInterest"]] },
    RANGE,
  ],
};

/** What a reader who chose nothing does not get: with it the board is wider than 1,440 pixels. */
const HIDDEN_AT_FIRST: Readonly<Record<BoardKind, readonly string[]>> = {
  stock: ["val", "cVn30", "open", "avg", "room"],
  future: ["b3p", "b3v", "a3p", "a3v", "pressure", "open", "avg"],
};

function bookHeads(side: "b" | "a", levels: readonly number[]) {
  return levels.flatMap((n) => [
    [`${side}${n}p`, "price", ` ${n}`] as const,
    [`${side}${n}v`, "volume", ` ${n}`] as const,
  ]);
}

/** A column in its place on a board. */
export interface PlacedColumn extends ColumnPlace {
  readonly group: HeadWord;
  readonly isExtra: boolean;
  readonly word: HeadWord;
  readonly suffix: string;
}

const classByKey = new Map(BOARD_COLUMNS.map(({ key, className }) => [key, className]));

/** Every column of a board but the symbol, in the order of the groups. */
export function columnsOf(kind: BoardKind): readonly PlacedColumn[] {
  return GROUPS[kind].flatMap(({ word: group, heads, isExtra = false }) =>
    heads.map(([key, word, suffix = ""]) => ({
      ...{ key, className: classByKey.get(key)!, group, word, suffix },
      isExtra: isExtra || key === EXTRA_KEY,
    }))
  );
}

/** Keys that a reader who chose nothing gets. */
export function firstKeys(kind: BoardKind): readonly string[] {
  return columnsOf(kind).map(({ key }) => key)
    .filter((key) => !HIDDEN_AT_FIRST[kind].includes(key));
}

/**
 * The columns of these keys, the symbol first. The order is the board's own; only the reference
 * stands behind ceiling and floor where the keys say so. The last column of a group carries `e`,
 * and those that a phone hides `x`.
 */
export function shownColumns(kind: BoardKind, keys: readonly string[]): readonly PlacedColumn[] {
  const shown = columnsOf(kind).filter(({ key }) => keys.includes(key));
  if (isReferenceLast(keys)) {
    const count = shown.filter(({ group }) => group === LIMITS.word).length;
    shown.splice(count - 1, 0, ...shown.splice(0, 1));
  }
  const symbol: PlacedColumn = {
    ...{ key: "symbol", className: classByKey.get("symbol")! },
    ...{ group: "symbol", isExtra: false, word: "symbol", suffix: "" },
  };
  return [
    symbol,
    ...shown.map((column, at) => {
      const marks = [
        column.className,
        shown[at + 1]?.group === column.group ? "" : "e",
        column.isExtra ? "x" : "",
      ];
      return { ...column, className: marks.filter((mark) => mark !== "").join(" ") };
    }),
  ];
}

/** Whether the reference stands behind the limits, as some brokers have it. */
export function isReferenceLast(keys: readonly string[]): boolean {
  return keys.indexOf("ref") > Math.max(keys.indexOf("ceil"), keys.indexOf("floor"));
}

/** The keys that a cookie chose; those of a first visit where it names no column. */
export function keysFromCookie(kind: BoardKind, cookies: string): readonly string[] {
  const name = `${columnsCookie(kind)}=`;
  const value = cookies.split(";").map((pair) => pair.trim())
    .find((pair) => pair.startsWith(name))?.slice(name.length) ?? "";
  const known = new Set(columnsOf(kind).map(({ key }) => key));
  const keys = [...new Set(value.split("."))].filter((key) => known.has(key));
  return keys.length === 0 ? firstKeys(kind) : keys;
}
