import type { CellView } from "../cell_view.ts";
import type { NumberStyle } from "../number_format.ts";
import { Flashes } from "./flashes.ts";
import { LiveRow, type RowForm } from "./live_row.ts";
import { type RowWindow, windowOf } from "./row_window.ts";

type SortKey = CellView["sortKey"];

/** Orders two sort keys; blanks stand last in both directions. */
export function compareKeys(a: SortKey, b: SortKey, descending: boolean): number {
  if (a === null || b === null) return a === b ? 0 : a === null ? 1 : -1;
  const order = a < b ? -1 : a > b ? 1 : 0;
  return descending ? -order : order;
}

/** Which rows a table shows, and in which order. */
export interface Arrangement<R> {
  readonly keep: (row: R) => boolean;
  /** Comes before the key: rows of a lower rank stand above. */
  readonly rank: (row: R, at: number) => number;
  /** Ties keep the order of their symbols. */
  readonly key: (row: R) => SortKey;
  readonly descending: boolean;
}

const AS_GIVEN: Arrangement<unknown> = {
  keep: () => true,
  rank: (_, at) => at,
  key: () => null,
  descending: false,
};

/** What the page says about the rows in sight; null where a table is never longer than a screen. */
export interface RowSight {
  /** Height of a row, and how much of the list is above the sight and in it. */
  measure(): { rowPx: number; topPx: number; heightPx: number };
  /** Hears where the rows in the page stand among all. */
  place(window: RowWindow, count: number): void;
  /** Hears that a row is about to leave the page. */
  leaving(element: HTMLElement): void;
}

interface LiveTableOptions<R, Style extends NumberStyle> extends RowForm<R, Style> {
  /** The `tbody` or `ul` that the server filled. */
  readonly body: HTMLElement;
  readonly sight: RowSight | null;
}

/**
 * Keeps server-rendered rows up to date by touching only cells whose text or tone differs. Of a long
 * list only the rows in sight are in the page; those that leave it are written over with others. It
 * never holds more than one pending mark per row, so a tab that does not paint costs no memory.
 */
export class LiveTable<R extends { readonly symbol: string }, Style extends NumberStyle> {
  #options: LiveTableOptions<R, Style>;
  #rows = new Map<string, R>();
  #shown: readonly R[] = [];
  /** Rows in the page by symbol, and those of them whose data changed. */
  #painted = new Map<string, LiveRow<R, Style>>();
  readonly #dirty = new Set<LiveRow<R, Style>>();
  readonly #flashes = new Flashes();
  /** The rows that `fill` brought into the page last, so long as they are the ones to show. */
  #filled: RowWindow | null = null;

  constructor(options: LiveTableOptions<R, Style>) {
    this.#options = options;
  }

  /** Symbols of the rows shown, in their order. */
  get symbols(): readonly string[] {
    return this.#shown.map(({ symbol }) => symbol);
  }

  /**
   * Takes a whole table. On the first call rows of the page are adopted: they show these very
   * values already and are left alone. Later they are repainted.
   */
  setRows(rows: readonly R[], arrangement: Arrangement<R> = AS_GIVEN): void {
    if (this.#rows.size === 0) this.#adopt(rows);
    this.#rows = new Map(rows.map((row) => [row.symbol, row]));
    for (const [symbol, row] of this.#painted) {
      const data = this.#rows.get(symbol);
      if (data === undefined) continue;
      row.update(data);
      this.#dirty.add(row);
    }
    this.arrange(arrangement);
  }

  /** Makes every row anew with other columns. */
  setColumns(columns: RowForm<R, Style>["columns"]): void {
    this.#options = { ...this.#options, columns };
    this.#takeOut(new Set());
    this.fill();
  }

  /** Finishes rows in the page once more: those of these symbols, or all of them. */
  redecorate(symbols: Iterable<string> = this.#painted.keys()): void {
    for (const symbol of symbols) this.#painted.get(symbol)?.decorate();
  }

  /** Whether a row is in the page. */
  isInPage(symbol: string): boolean {
    return this.#painted.has(symbol);
  }

  /** Marks a row whose data changed; a symbol without a row in the page needs no mark. */
  touch(symbol: string): void {
    const row = this.#painted.get(symbol);
    if (row !== undefined) this.#dirty.add(row);
  }

  /** Paints what was marked; returns how many cells changed. */
  paint(nowMs: number, flashMs: number): number {
    if (this.#dirty.size === 0) return 0;
    let cells = 0;
    this.#flashes.nextPaint(nowMs, flashMs);
    for (const row of this.#dirty) {
      cells += row.paint((cell, direction) => this.#flashes.begin(cell, direction, nowMs));
    }
    this.#dirty.clear();
    return cells;
  }

  /** Chooses the rows and puts them into order. Nothing moves in vain. */
  arrange(arrangement: Arrangement<R>): void {
    const { keep, rank, key, descending } = arrangement;
    const ranked = [...this.#rows.values()].flatMap((row, at) =>
      keep(row) ? [{ row, rank: rank(row, at), key: key(row) }] : []
    );
    ranked.sort((a, b) =>
      a.rank - b.rank || compareKeys(a.key, b.key, descending) ||
      compareKeys(a.row.symbol, b.row.symbol, false)
    );
    this.#shown = ranked.map(({ row }) => row);
    this.#filled = null;
    this.fill();
  }

  /** Brings the rows in sight into the page, and takes others out of it. */
  fill(): void {
    const { sight } = this.#options;
    const count = this.#shown.length;
    const window = sight === null ? { first: 0, end: count } : windowOf(count, sight.measure());
    const filled = this.#filled;
    if (window.first !== filled?.first || window.end !== filled.end) this.#bringIn(window);
    sight?.place(window, count);
  }

  #bringIn(window: RowWindow): void {
    const { body } = this.#options;
    const wanted = this.#shown.slice(window.first, window.end);
    const free = this.#takeOut(new Set(wanted.map(({ symbol }) => symbol)));
    this.#filled = window;
    let next = body.firstElementChild;
    for (const [at, data] of wanted.entries()) {
      const { element } = this.#painted.get(data.symbol) ?? this.#bring(data, free.pop());
      if (element === next) next = next.nextElementSibling;
      else body.insertBefore(element, next);
      // Stripes by position in CSS would make every row new with each that comes.
      element.classList.toggle("even", (window.first + at) % 2 === 1);
    }
  }

  /** Rows that are not wanted leave the page and may be used again. */
  #takeOut(wanted: ReadonlySet<string>): LiveRow<R, Style>[] {
    const free: LiveRow<R, Style>[] = [];
    this.#filled = null;
    for (const [symbol, row] of this.#painted) {
      if (wanted.has(symbol)) continue;
      this.#options.sight?.leaving(row.element);
      for (const cell of row.element.children) this.#flashes.drop(cell);
      row.element.remove();
      this.#painted.delete(symbol);
      this.#dirty.delete(row);
      free.push(row);
    }
    return free;
  }

  #bring(data: R, used: LiveRow<R, Style> | undefined): LiveRow<R, Style> {
    used?.bind(data);
    const row = used ?? new LiveRow(this.#options, data);
    this.#painted.set(data.symbol, row);
    return row;
  }

  #adopt(rows: readonly R[]): void {
    const bySymbol = new Map(rows.map((row) => [row.symbol, row]));
    for (const element of [...this.#options.body.children] as HTMLElement[]) {
      const data = bySymbol.get(element.dataset.symbol ?? "");
      if (data === undefined) element.remove();
      else this.#painted.set(data.symbol, new LiveRow(this.#options, data, element));
    }
  }
}
