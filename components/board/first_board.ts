import type { BoardRow } from "../../core/wire/board.ts";
import type { SnapshotFrame } from "../../core/wire/frames.ts";
import type { Lang } from "../i18n.ts";
import type { BoardLine } from "./board_line.ts";
import { BoardLines } from "./board_lines.ts";
import { type TabName, TABS } from "./board_tabs.ts";
import type { PricePath } from "./price_path.ts";
import { sectorRank, sectorSums } from "./sectors.ts";

/** Rows of a large board in the first HTML: a screen of them, and some to scroll to at once. */
const FIRST_ROWS = 60;

/** Symbols that the first HTML of a board shows, of all its rows. */
export function firstSymbols(rows: readonly BoardRow[], tab: TabName): readonly string[] {
  const symbols = rows.map(({ symbol }) => symbol);
  if (TABS[tab].order === "given") return symbols;
  const sorted = symbols.sort();
  return TABS[tab].isLarge ? sorted.slice(0, FIRST_ROWS) : sorted;
}

interface FirstBoard {
  readonly tab: TabName;
  /** The board, and the analytics of its futures. */
  readonly frames: readonly SnapshotFrame[];
  readonly paths: Readonly<Record<string, PricePath>>;
  readonly lang: Lang;
}

/** The lines of a board as the browser would make them of the same frames, in their order. */
export function firstLines({ tab, frames, paths, lang }: FirstBoard): BoardLine[] {
  const { order } = TABS[tab];
  const board = new BoardLines({
    sumsOf: order === "sector" ? (lines) => sectorSums(lines, lang) : null,
    paths,
  });
  for (const frame of frames) {
    if (frame.c === "derivatives") board.futures(frame);
    else board.snapshot(frame);
  }
  const lines = [...board.lines];
  if (order === "given") return lines;
  lines.sort((a, b) => a.symbol < b.symbol ? -1 : 1);
  return order === "sector" ? lines.sort((a, b) => sectorRank(a) - sectorRank(b)) : lines;
}
