import type { DeltaFrame, SnapshotFrame } from "../../core/wire/frames.ts";
import type { BoardLine, BoardStyle } from "./board_line.ts";
import { BoardLines } from "./board_lines.ts";
import { type BoardEvents, type BoardSetup, BoardView } from "./board_view.ts";
import { type IndexLine, IndexLines } from "./index_lines.ts";
import { LiveTable } from "./live_table.ts";
import type { PricePath } from "./price_path.ts";
import { STRIP_COLUMNS } from "./strip_columns.ts";

const FLASH_MS = 450;
/** Without motion a still dot marks the change, and needs longer to be seen. */
const STILL_MARK_MS = 1_000;

export interface PainterSetup extends BoardSetup {
  /** The tables that the HTML shows, and prices of the day of the same securities. */
  readonly seeds: readonly SnapshotFrame[];
  readonly paths: Readonly<Record<string, PricePath>>;
  /** Makes the lines of sums; null on a board without them. */
  readonly sumsOf: ((lines: readonly BoardLine[]) => BoardLine[]) | null;
}

/** Brings frames to the page: one paint per animation frame, none while hidden or paused. */
export class BoardPainter {
  readonly view: BoardView;
  readonly #lines: BoardLines;
  readonly #indexLines: IndexLines;
  readonly #indices: LiveTable<IndexLine, BoardStyle>;
  readonly #reducedMotion = matchMedia("(prefers-reduced-motion: reduce)");
  #frameRequest = 0;
  #hasScrolled = false;
  #isPaused = false;
  /** Cells painted since the page opened. */
  cellsPainted = 0;

  /** Adopts the tables that the server rendered into `page`. */
  constructor(page: Document, setup: PainterSetup, events: Omit<BoardEvents, "onScroll">) {
    const { style, paths, sumsOf, seeds } = setup;
    this.#lines = new BoardLines({ sumsOf, paths });
    this.#indexLines = new IndexLines(paths);
    this.view = new BoardView(page, setup, {
      ...events,
      onScroll: () => {
        this.#hasScrolled = true;
        this.#requestFrame();
      },
    });
    this.#indices = new LiveTable({
      body: page.getElementById("indices")!,
      columns: STRIP_COLUMNS,
      style,
      tags: ["li", "b", "span"],
      sight: null,
    });
    for (const frame of seeds) this.snapshot(frame);
  }

  /** Symbols of the lines in the page whose prices of the day are not known. */
  get pathsMissing(): readonly string[] {
    return this.view.inPage.filter((symbol) => this.#lines.lacksPath(symbol));
  }

  /** Indices whose values of the day are not known. */
  get indicesMissing(): readonly string[] {
    return this.#indexLines.missing;
  }

  /** Takes a whole table. */
  snapshot(frame: SnapshotFrame): void {
    if (frame.c === "index") {
      this.#indexLines.snapshot(frame);
      this.#indices.setRows(this.#indexLines.lines);
    } else if (frame.c === "derivatives") {
      this.#lines.futures(frame);
      for (const symbol of frame.y) this.view.touch(symbol);
    } else {
      this.#lines.snapshot(frame);
      this.view.setLines(this.#lines.lines);
    }
    this.#requestPaint();
  }

  /** Takes changed cells of a table whose snapshot came before. */
  delta(frame: DeltaFrame): void {
    const touched = (symbol: string) => this.view.touch(symbol);
    if (frame.c === "index") {
      this.#indexLines.delta(frame, (symbol) => this.#indices.touch(symbol));
    } else if (frame.c === "derivatives") this.#lines.futuresDelta(frame, touched);
    else this.#lines.delta(frame, touched);
    this.#requestPaint();
  }

  /** Takes prices of the day of lines and indices that the HTML had none of. */
  addPaths(paths: ReadonlyMap<string, PricePath>): void {
    this.#lines.addPaths(paths, (symbol) => this.view.touch(symbol));
    this.#indexLines.addPaths(paths, (symbol) => this.#indices.touch(symbol));
    this.#requestPaint();
  }

  /** Stops painting, or paints all that changed meanwhile; data keeps coming in either way. */
  pause(isPaused: boolean): void {
    this.#isPaused = isPaused;
    this.#requestPaint();
  }

  /** Lets go of the page. */
  stop(): void {
    cancelAnimationFrame(this.#frameRequest);
    this.view.stop();
  }

  #requestPaint(): void {
    if (!this.#isPaused) this.#requestFrame();
  }

  /** A hidden tab gets no animation frame, so it collects marks and paints once when it is back. */
  #requestFrame(): void {
    if (this.#frameRequest !== 0) return;
    this.#frameRequest = requestAnimationFrame((nowMs) => {
      this.#frameRequest = 0;
      if (this.#hasScrolled) this.view.fill();
      this.#hasScrolled = false;
      if (this.#isPaused) return;
      const flashMs = this.#reducedMotion.matches ? STILL_MARK_MS : FLASH_MS;
      this.cellsPainted += this.#indices.paint(nowMs, flashMs) + this.view.paint(nowMs, flashMs);
    });
  }
}
