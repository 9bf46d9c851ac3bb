import type { BoardRow } from "../../core/wire/board.ts";
import type { SnapshotFrame } from "../../core/wire/frames.ts";
import type { Lang } from "../i18n.ts";
import type { BoardLine } from "./board_line.ts";
import { BoardLines } from "./board_lines.ts";
import { type TabName, TABS } from "./board_tabs.ts";
import type { PricePath } from "./price_path.ts";
import { sectorRank } from "./sectors.ts";

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
  readonly board: SnapshotFrame;
  /** Analytics of futures; null on any other board. */
  readonly futures: SnapshotFrame | null;
  readonly paths: Readonly<Record<string, PricePath>>;
  readonly lang: Lang;
}

/** The lines of a board as the browser would make them of the same frames, in their order. */
export function firstLines({ tab, board, futures, paths, lang }: FirstBoard): BoardLine[] {
  const { order } = TABS[tab];
  const lines = new BoardLines({ sectorsIn: order === "sector" ? lang : null, paths });
  lines.snapshot(board);
  if (futures !== null) lines.futures(futures);
  const made = [...lines.lines];
  if (order === "given") return made;
  made.sort((a, b) => a.symbol < b.symbol ? -1 : 1);
  return order === "sector" ? made.sort((a, b) => sectorRank(a) - sectorRank(b)) : made;
}
