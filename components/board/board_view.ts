import { type BoardColumn, type ColumnPlace, columnsAt } from "./board_columns.ts";
import type { BoardLine, BoardStyle } from "./board_line.ts";
import type { TabName } from "./board_tabs.ts";
import { LiveTable } from "./live_table.ts";
import { decorateHead } from "./row_head.ts";
import { attachPins, attachWalk } from "./row_walk.ts";
import { ScrollSight } from "./scroll_sight.ts";
import { markSort, nextSort, ownSort, type Sort } from "./sorting.ts";

/** How often a board sorted by a moving column is put into order again. */
const RESORT_MS = 2_000;

export interface BoardSetup {
  readonly tab: TabName;
  /** Columns that the HTML shows. */
  readonly columns: readonly ColumnPlace[];
  readonly style: BoardStyle;
  /** Groups of lines, those of a lower rank above; null on a board without groups. */
  readonly groupRank: ((line: BoardLine) => number) | null;
  /** Name of the button that pins a line. */
  readonly pin: string;
}

/** What the board tells of its reader and of itself. */
export interface BoardEvents {
  onPin(symbol: string): void;
  /** Up (-1) or down (1). */
  onMove(symbol: string, by: -1 | 1): void;
  onDrop(symbol: string, target: string): void;
  /** The reader scrolled; `fill` is due in the next animation frame. */
  onScroll(): void;
  /** Other lines may be in the page than before. */
  onLines(): void;
}

/** The table of the price board in the page: its columns, the order of its lines, and its keys. */
export class BoardView {
  readonly #setup: BoardSetup;
  readonly #events: BoardEvents;
  /** The table in the page. */
  readonly table: HTMLTableElement;
  readonly #body: HTMLTableSectionElement;
  /** What stands in place of lines. */
  readonly #empty: HTMLElement;
  readonly #sight: ScrollSight;
  readonly #live: LiveTable<BoardLine, BoardStyle>;
  readonly #listeners = new AbortController();
  #columns: readonly BoardColumn[];
  #sort: Sort | null;
  #pins: readonly string[] = [];
  /** Where the Tab key comes to. */
  #stop: string | null = null;
  #beginning = "";
  #resortTimer: ReturnType<typeof setTimeout> | null = null;

  /** Adopts the table that the server rendered into `page`. */
  constructor(page: Document, setup: BoardSetup, events: BoardEvents) {
    this.#setup = setup;
    this.#events = events;
    this.table = page.getElementById("board") as HTMLTableElement;
    this.#body = this.table.tBodies[0]!;
    this.#empty = this.table.nextElementSibling as HTMLElement;
    this.#sight = new ScrollSight(this.table);
    this.#columns = columnsAt(setup.columns);
    this.#sort = ownSort(setup.tab);
    this.#live = new LiveTable({
      body: this.#body,
      columns: this.#columns,
      style: setup.style,
      tags: ["tr", "th", "td"],
      sight: this.#sight,
      decorate: (head, line) =>
        decorateHead(head, line, {
          pin: setup.pin,
          isPinned: this.#pins.includes(line.symbol),
          isStop: line.symbol === this.#stop,
        }),
    });
    markSort(this.table.tHead!, this.#sort);
    this.#listen();
  }

  /** Symbols of the lines that are in the page. */
  get inPage(): readonly string[] {
    return [...this.#body.rows].map((row) => row.dataset.symbol!);
  }

  /** Takes every line of the board. */
  setLines(lines: readonly BoardLine[]): void {
    this.#live.setRows(lines, this.#arrangement());
    this.#afterFill();
  }

  /** Marks a line whose cells changed. */
  touch(symbol: string): void {
    this.#live.touch(symbol);
  }

  /** Paints what was marked; gives the number of cells. */
  paint(nowMs: number, flashMs: number): number {
    const cells = this.#live.paint(nowMs, flashMs);
    if (cells > 0) this.#resortLater();
    return cells;
  }

  /** Brings the lines in sight into the page. */
  fill(): void {
    this.#live.fill();
    this.#afterFill();
  }

  /** Makes every line anew with other columns, for which there are headings already. */
  setColumns(places: readonly ColumnPlace[]): void {
    this.#columns = columnsAt(places);
    this.#live.setColumns(this.#columns);
    markSort(this.table.tHead!, this.#sort);
    this.#afterFill();
  }

  /** Marks the lines on the reader's list; where the board is that list it gives the order. */
  setPins(pins: readonly string[]): void {
    this.#pins = pins;
    this.#live.redecorate();
    if (this.#setup.tab === "watch") this.#arrange();
  }

  /** Shows only symbols that begin so. */
  find(beginning: string): void {
    this.#beginning = beginning;
    this.table.parentElement!.scrollTop = 0;
    this.#arrange();
  }

  /** Brings the line of a symbol into sight and gives its first cell; null where there is none. */
  show(symbol: string): HTMLElement | null {
    const at = this.#live.symbols.indexOf(symbol);
    if (at < 0) return null;
    this.#sight.reveal(at);
    this.fill();
    this.#moveStop(symbol);
    return this.#body.querySelector(`tr[data-symbol="${symbol}"] > th`);
  }

  /** Lets go of the page. */
  stop(): void {
    if (this.#resortTimer !== null) clearTimeout(this.#resortTimer);
    this.#listeners.abort();
  }

  #arrangement() {
    const { tab, style, groupRank } = this.#setup;
    const sort = this.#sort;
    const column = this.#columns.find(({ key }) => key === sort?.key);
    return {
      keep: ({ symbol, series }: BoardLine) =>
        [symbol, series].some((name) => name?.startsWith(this.#beginning)),
      rank: (line: BoardLine, at: number) => {
        if (groupRank !== null) return groupRank(line);
        if (sort !== null) return 0;
        return tab === "watch" ? this.#pins.indexOf(line.symbol) : at;
      },
      key: (line: BoardLine) => column?.view(line, style).sortKey ?? null,
      descending: sort?.descending ?? false,
    };
  }

  #arrange(): void {
    this.#live.arrange(this.#arrangement());
    this.#afterFill();
  }

  #afterFill(): void {
    const first = this.#body.rows[0]?.dataset.symbol;
    this.#empty.hidden = first !== undefined;
    if (first !== undefined && (this.#stop === null || !this.#live.isInPage(this.#stop))) {
      this.#moveStop(first);
    }
    this.#events.onLines();
  }

  #moveStop(symbol: string): void {
    const before = this.#stop;
    this.#stop = symbol;
    this.#live.redecorate(before === null ? [symbol] : [before, symbol]);
  }

  /** Numbers moved, so the order may be wrong soon; rows keep their places while a reader is on one. */
  #resortLater(): void {
    const isMoving = this.#sort !== null && this.#sort.key !== "symbol";
    if (!isMoving || this.#resortTimer !== null) return;
    this.#resortTimer = setTimeout(() => {
      this.#resortTimer = null;
      if (this.#body.matches(":focus-within, :hover")) this.#resortLater();
      else this.#arrange();
    }, RESORT_MS);
  }

  #listen(): void {
    const { signal } = this.#listeners;
    const box = this.table.parentElement!;
    const events = this.#events;
    this.table.tHead!.addEventListener("click", ({ target }) => {
      const key = target instanceof HTMLElement ? target.closest("button")?.dataset.key : undefined;
      if (key === undefined) return;
      this.#sort = nextSort(this.#sort, key, ownSort(this.#setup.tab));
      markSort(this.table.tHead!, this.#sort);
      this.#arrange();
    }, { signal });
    attachPins(this.#body, (symbol) => events.onPin(symbol), signal);
    box.addEventListener("scroll", () => events.onScroll(), { signal, passive: true });
    addEventListener("resize", () => {
      this.#sight.remeasure();
      events.onScroll();
    }, { signal });
    attachWalk(box, {
      symbols: () => this.#live.symbols,
      rowsInSight: () => this.#sight.rowsInSight,
      show: (symbol) => this.show(symbol),
      pin: (symbol) => events.onPin(symbol),
      move: (symbol, by) => events.onMove(symbol, by),
    }, signal);
    if (this.#setup.tab === "watch") {
      import("./row_drag.ts").then(({ attachDrag }) =>
        attachDrag(this.#body, (symbol, target) => events.onDrop(symbol, target), signal)
      ).catch(reportError);
    }
  }
}
