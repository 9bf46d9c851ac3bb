import type { BoardRow, IndexRow } from "../../core/wire/board.ts";
import type { DeltaFrame, SnapshotFrame } from "../../core/wire/frames.ts";
import { BOARD_COLUMNS } from "./board_columns.ts";
import { attachBoardControls, keepTabStop } from "./board_controls.ts";
import { INDEX_COLUMNS } from "./index_columns.ts";
import { LiveTable, type Sort } from "./live_table.ts";
import { applyDelta, type LiveRowData, rowsOf } from "../live/rows.ts";
import type { NumberStyle } from "../number_format.ts";

const FLASH_MS = 450;
/** Without motion a still dot marks the change, and needs longer to be seen. */
const STILL_MARK_MS = 1_000;
/** How often a board sorted by a moving column is put into order again. */
const RESORT_MS = 2_000;

/** Brings frames to the page: one paint per animation frame, none while hidden or paused. */
export class BoardPainter {
  readonly #board: LiveTable<BoardRow>;
  readonly #indices: LiveTable<IndexRow>;
  readonly #boardBody: HTMLTableSectionElement;
  readonly #reducedMotion = matchMedia("(prefers-reduced-motion: reduce)");
  readonly #detach: () => void;
  readonly #rows = new Map<string, LiveRowData[]>();
  #sort: Sort = { column: 0, descending: false };
  #resortTimer: ReturnType<typeof setTimeout> | null = null;
  #frameRequest = 0;
  #paused = false;
  /** Cells painted since the page opened. */
  cellsPainted = 0;

  /** Adopts the tables that the server rendered into `page` with the data of `seed`. */
  constructor(page: Document, seed: readonly SnapshotFrame[], style: NumberStyle) {
    const table = page.getElementById("board") as HTMLTableElement;
    this.#boardBody = table.tBodies[0]!;
    this.#board = new LiveTable({
      body: this.#boardBody,
      columns: BOARD_COLUMNS,
      style,
      tags: ["tr", "th", "td"],
    });
    this.#indices = new LiveTable({
      body: page.getElementById("indices")!,
      columns: INDEX_COLUMNS,
      style,
      tags: ["li", "b", "span"],
    });
    for (const frame of seed) this.snapshot(frame);
    this.#detach = attachBoardControls(table, (sort) => {
      this.#sort = sort;
      this.#board.order(sort);
    });
  }

  /** Takes a whole table. */
  snapshot(frame: SnapshotFrame): void {
    const table = this.#tableOf(frame.c);
    if (table === null) return;
    const rows = rowsOf(frame);
    this.#rows.set(frame.c, rows);
    table.setRows(rows);
    if (table === this.#board) {
      this.#board.order(this.#sort);
      keepTabStop(this.#boardBody);
    }
    this.#requestPaint();
  }

  /** Takes changed cells of a table whose snapshot came before. */
  delta(frame: DeltaFrame): void {
    const table = this.#tableOf(frame.c);
    const rows = this.#rows.get(frame.c);
    if (table === null || rows === undefined) return;
    applyDelta(rows, frame, (row) => table.touch(row.symbol));
    this.#requestPaint();
  }

  /** Stops painting, or paints all that changed meanwhile; data keeps coming in either way. */
  pause(paused: boolean): void {
    this.#paused = paused;
    if (!paused) return this.#requestPaint();
    cancelAnimationFrame(this.#frameRequest);
    this.#frameRequest = 0;
  }

  /** Lets go of the page. */
  stop(): void {
    cancelAnimationFrame(this.#frameRequest);
    if (this.#resortTimer !== null) clearTimeout(this.#resortTimer);
    this.#detach();
  }

  #tableOf(name: string): LiveTable<BoardRow> | LiveTable<IndexRow> | null {
    return name === "board:vn30" ? this.#board : name === "index" ? this.#indices : null;
  }

  /** A hidden tab gets no animation frame, so it collects marks and paints once when it is back. */
  #requestPaint(): void {
    if (this.#paused || this.#frameRequest !== 0) return;
    this.#frameRequest = requestAnimationFrame((nowMs) => {
      this.#frameRequest = 0;
      const flashMs = this.#reducedMotion.matches ? STILL_MARK_MS : FLASH_MS;
      const boardCells = this.#board.paint(nowMs, flashMs);
      this.cellsPainted += this.#indices.paint(nowMs, flashMs) + boardCells;
      if (boardCells > 0) this.#resortLater();
    });
  }

  /** Numbers moved, so the order may be wrong soon; rows keep their places while a reader is on one. */
  #resortLater(): void {
    if (this.#sort.column === 0 || this.#resortTimer !== null) return;
    this.#resortTimer = setTimeout(() => {
      this.#resortTimer = null;
      if (this.#boardBody.matches(":focus-within, :hover")) this.#resortLater();
      else this.#board.order(this.#sort);
    }, RESORT_MS);
  }
}
