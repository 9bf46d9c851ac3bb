import { BOARD_COLUMNS, type BoardColumn } from "../../../components/board/board_columns.ts";
import type { BoardLine, BoardStyle } from "../../../components/board/board_line.ts";
import { INDEX_COLUMNS } from "../../../components/board/index_columns.ts";
import type { CellView } from "../../../components/cell_view.ts";
import { fill } from "../../../components/fill.ts";
import { type Lang, numberStyleOf } from "../../../components/i18n.ts";
import type { LiveRowData } from "../../../components/live/rows.ts";
import { connectionView } from "../../../components/shell/connection_view.ts";
import { liveWordsOf } from "../../../components/shell/live_words.ts";
import { isAuction } from "../../../components/symbol/context.ts";
import type { Exchange } from "../../market/phase.ts";
import { formatVnDate, formatVnTime, vnDate, vnSecondOfDay } from "../../market/time.ts";
import { EXCHANGE_BOARDS } from "../../wire/channel.ts";
import { dataStatus } from "../../wire/status.ts";
import type { WatchPlan } from "./plan.ts";
import { lengthOf, type Line, markOf, type Span, widthOf } from "./text.ts";
import type { Watched } from "./watched.ts";
import { type WatchWords, watchWordsOf } from "./words.ts";

/** Columns in the order in which they stand, each with its rank: a narrow screen has the first ones. */
const RANKS = {
  ...{ symbol: 0, ref: 9, ceil: 12, floor: 13, b1v: 8, b1p: 5, last: 1, change: 3, percent: 2 },
  ...{ lastVol: 11, a1p: 6, a1v: 7, vol: 4, val: 10, high: 14, low: 15, fBuy: 16, fSell: 17 },
} as const satisfies Partial<Record<keyof WatchWords, number>>;
type Key = keyof typeof RANKS;

const COLUMNS: readonly (BoardColumn & { readonly key: Key })[] = (Object.keys(RANKS) as Key[])
  .map((key) => ({ ...BOARD_COLUMNS.find((column) => column.key === key)!, key }));
const GAP = "  ";
/** `CE` or `FL` beside the price. */
const MARK_WIDTH = 2;

/** Whose session is told where it is not that of HOSE. */
const BOARDS: Readonly<Partial<Record<WatchPlan["channel"], Exchange>>> = {
  ...EXCHANGE_BOARDS,
  "board:der": "DERIVATIVES",
};

/** VNINDEX and VN30 come first in their table. */
const LINE_INDICES = 2;

/** How large the picture may be, in letters and lines. */
export interface Size {
  readonly columns: number;
  readonly rows: number;
}

/** The whole screen: state, indices, and as much of the board as it has room for. */
export function pictureOf(
  watched: Watched,
  { sort, lang, form, channel }: Pick<WatchPlan, "sort" | "lang" | "form" | "channel">,
  size: Size,
): Line[] {
  const words = watchWordsOf(lang);
  const head = [stateLine(watched, lang, channel), indexLine(watched, lang, size.columns), []];
  const rows = sorted(watched.rows ?? [], sort, lang);
  if (rows.length === 0) return [...head, [{ text: words.waiting }]];
  // Below stand the heading above the rows, and what there is to know of them.
  const shown = rows.slice(0, Math.max(1, size.rows - head.length - 2));
  const table = tableOf(shown, lang, size.columns);
  const foot = [fill(words.shown, { n: shown.length, all: rows.length })];
  if (form === "screen") foot.push(words.quit);
  if (shown.some(isAuction)) foot.push(words.expected);
  return [...head, ...table, [{ text: foot.join(" · "), look: "dim" }]];
}

/** One line for a bar: state, time, the two first indices, and the securities that were named. */
export function lineOf(
  watched: Watched,
  { lang, symbols, channel }: Pick<WatchPlan, "lang" | "symbols" | "channel">,
): Line {
  const indices = { ...watched, indices: watched.indices?.slice(0, LINE_INDICES) ?? null };
  const style = boardStyleOf(lang);
  const named = symbols === null ? [] : watched.rows ?? [];
  return [
    ...stateLine(watched, lang, channel),
    { text: GAP },
    ...indexLine(indices, lang, Infinity),
    ...named.flatMap((row) => {
      const [price, percent] = (["last", "percent"] as const).map((key) => cellOf(row, key, style));
      if (price!.text === "") return [];
      return [
        { text: `${GAP} ${row.symbol} ` },
        moved(price!, `${starred(price!)} (${percent!.text})`),
      ];
    }),
  ];
}

function stateLine(
  { feed, socket, asOfMs }: Watched,
  lang: Lang,
  channel: WatchPlan["channel"],
): Line {
  const words = liveWordsOf(lang);
  if (feed === null) return [{ text: words.connecting, look: "bold" }];
  const { state, text } = connectionView(socket, feed, words, true);
  const isReal = dataStatus(feed) === "live" && state === "live";
  const board = BOARDS[channel] ?? "HOSE";
  const parts = [`${words.board[board]} ${words.phase[feed.phases[board]]}`];
  if (asOfMs !== null) {
    const date = formatVnDate(vnDate(asOfMs));
    parts.push(`${formatVnTime(vnSecondOfDay(asOfMs))} ${date}`);
  }
  return [{ text: ` ${text} `, look: isReal ? "bold" : "label" }, {
    text: ` ${parts.join(" · ")}`,
  }];
}

/** Value and change of each index, as many as there is room for. */
function indexLine({ indices }: Watched, lang: Lang, columns: number): Line {
  const style = numberStyleOf(lang);
  const line: Span[] = [];
  for (const row of indices ?? []) {
    const cell = (key: string) =>
      INDEX_COLUMNS.find((column) => column.key === key)!.view(row, style);
    const [name, value, change, percent] = ["symbol", "value", "change", "percent"].map(cell);
    if (value!.text === "") continue;
    const spans: Span[] = [
      { text: `${line.length === 0 ? "" : GAP + " "}${name!.text} ` },
      moved(value!, `${starred(value!)} ${change!.text} (${percent!.text})`),
    ];
    if (widthOf(line) + widthOf(spans) > columns) break;
    line.push(...spans);
  }
  return line;
}

function tableOf(rows: readonly BoardLine[], lang: Lang, columns: number): Line[] {
  const style = boardStyleOf(lang);
  const words = watchWordsOf(lang);
  const cells = rows.map((row) => new Map(COLUMNS.map(({ key, view }) => [key, view(row, style)])));
  const widths = new Map(COLUMNS.map(({ key, fits = 0 }) => {
    const longest = Math.max(...cells.map((row) => lengthOf(starred(row.get(key)!))));
    return [key, Math.max(fits, lengthOf(words[key]), longest)];
  }));
  const chosen = fitting(widths, columns);
  const place = (key: Key, text: string) => {
    const room = " ".repeat(Math.max(0, widths.get(key)! - lengthOf(text)));
    return key === "symbol" ? text + room : GAP + room + text;
  };
  const marked = (key: Key, mark: string) => key === "last" ? ` ${mark.padEnd(MARK_WIDTH)}` : "";
  return [
    chosen.map((key) => ({ text: place(key, words[key]) + marked(key, ""), look: "dim" })),
    ...cells.map((row) =>
      chosen.map((key) => {
        const view = row.get(key)!;
        const text = place(key, starred(view)) + marked(key, markOf(view.tone));
        return { text, look: view.tone };
      })
    ),
  ];
}

/** The columns that there is room for, as they stand. */
function fitting(widths: ReadonlyMap<Key, number>, columns: number): Key[] {
  const ranked = [...widths.keys()].sort((a, b) => RANKS[a] - RANKS[b]);
  const chosen = new Set<Key>();
  let left = columns;
  for (const key of ranked) {
    const gap = key === "symbol" ? 0 : GAP.length;
    left -= gap + widths.get(key)! + (key === "last" ? 1 + MARK_WIDTH : 0);
    if (left < 0 && chosen.size > 0) break;
    chosen.add(key);
  }
  return COLUMNS.map(({ key }) => key).filter((key) => chosen.has(key));
}

function sorted(
  rows: readonly LiveRowData[],
  sort: WatchPlan["sort"],
  lang: Lang,
): readonly BoardLine[] {
  if (sort === "table") return rows;
  if (sort === "symbol") return rows.toSorted((a, b) => a.symbol < b.symbol ? -1 : 1);
  const style = boardStyleOf(lang);
  const key = sort === "value" ? "val" : "percent";
  const keyOf = (row: BoardLine) => Number(cellOf(row, key, style).sortKey ?? -Infinity);
  return rows.toSorted((a, b) => keyOf(b) - keyOf(a) || (a.symbol < b.symbol ? -1 : 1));
}

function moved({ tone }: CellView, text: string): Span {
  return { text: `${markOf(tone)} ${text}`, look: tone };
}

function cellOf(row: BoardLine, key: Key, style: BoardStyle): CellView {
  return COLUMNS.find((column) => column.key === key)!.view(row, style);
}

function boardStyleOf(lang: Lang): BoardStyle {
  return { ...numberStyleOf(lang), priceScale: "thousand" };
}

function starred({ text, expected }: CellView): string {
  return expected ? `${text}*` : text;
}
