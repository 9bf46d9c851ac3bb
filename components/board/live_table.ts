import { type CellView, classOf, type Column } from "../cell_view.ts";

/** WCAG 2.3.1: a cell starts a new flash at most three times a second. */
const FLASH_GAP_MS = 334;

/** Which way a number went. */
export type Direction = "up" | "down" | "other";

/** The way from one value to the next; without two numbers there is no way, only a change. */
export function directionOf(before: CellView, after: CellView): Direction {
  if (typeof before.sortKey !== "number" || typeof after.sortKey !== "number") return "other";
  return after.sortKey > before.sortKey ? "up" : after.sortKey < before.sortKey ? "down" : "other";
}

/** How a table is sorted; the column is a place in `columns`. */
export interface Sort {
  readonly column: number;
  readonly descending: boolean;
}

/** Orders two sort keys; blanks stand last in both directions. */
export function compareKeys(
  a: CellView["sortKey"],
  b: CellView["sortKey"],
  descending: boolean,
): number {
  if (a === null || b === null) return a === b ? 0 : a === null ? 1 : -1;
  const order = a < b ? -1 : a > b ? 1 : 0;
  return descending ? -order : order;
}

interface LiveRow<R> {
  readonly element: HTMLElement;
  data: R;
  readonly views: CellView[];
  /** Per cell: when its last flash began, and the timer that ends it. */
  readonly flashedAtMs: number[];
  readonly flashTimers: ReturnType<typeof setTimeout>[];
}

interface LiveTableOptions<R> {
  /** The `tbody` or `ul` that the server filled. */
  readonly body: HTMLElement;
  readonly columns: readonly Column<R>[];
  readonly style: Parameters<Column<R>["view"]>[1];
  /** Element names of a row, its first cell and its other cells. */
  readonly tags: readonly [row: string, head: string, cell: string];
}

/**
 * Keeps server-rendered rows up to date by touching only cells whose text or tone differs. It never
 * holds more than one pending mark per row, so a tab that does not paint costs no memory.
 */
export class LiveTable<R extends { readonly symbol: string }> {
  readonly #options: LiveTableOptions<R>;
  #rows = new Map<string, LiveRow<R>>();
  readonly #dirty = new Set<LiveRow<R>>();

  constructor(options: LiveTableOptions<R>) {
    this.#options = options;
  }

  /**
   * Takes a whole table. Rows in the page are adopted: on the first call they show these very
   * values already and are left alone, later they are repainted. Others are built or removed.
   */
  setRows(rows: readonly R[]): void {
    const { body } = this.#options;
    const inPage = new Map<string, HTMLElement>();
    for (const element of body.children as HTMLCollectionOf<HTMLElement>) {
      inPage.set(element.dataset.symbol ?? "", element);
    }
    const next = new Map<string, LiveRow<R>>();
    for (const data of rows) {
      let row = this.#rows.get(data.symbol);
      if (row === undefined) {
        row = this.#adopt(data, inPage.get(data.symbol) ?? this.#build(data));
      } else {
        row.data = data;
        this.#dirty.add(row);
      }
      next.set(data.symbol, row);
      inPage.delete(data.symbol);
    }
    for (const gone of inPage.values()) gone.remove();
    for (const row of this.#dirty) if (!next.has(row.data.symbol)) this.#dirty.delete(row);
    this.#rows = next;
  }

  /** Marks a row whose data changed; a symbol without a row is not in this table. */
  touch(symbol: string): void {
    const row = this.#rows.get(symbol);
    if (row !== undefined) this.#dirty.add(row);
  }

  /** Paints what was marked; returns how many cells changed. */
  paint(nowMs: number, flashMs: number): number {
    let cells = 0;
    for (const row of this.#dirty) cells += this.#paintRow(row, nowMs, flashMs);
    this.#dirty.clear();
    return cells;
  }

  /** Puts the rows into order; ties keep the order of their symbols. Nothing moves in vain. */
  order(sort: Sort): void {
    const { body } = this.#options;
    const sorted = [...this.#rows.values()].sort((a, b) =>
      compareKeys(keyOf(a, sort.column), keyOf(b, sort.column), sort.descending) ||
      compareKeys(a.data.symbol, b.data.symbol, false)
    );
    if (sorted.every((row, at) => body.children[at] === row.element)) return;
    body.append(...sorted.map((row) => row.element));
  }

  #adopt(data: R, element: HTMLElement): LiveRow<R> {
    const { columns, style } = this.#options;
    return {
      element,
      data,
      views: columns.map((column) => column.view(data, style)),
      flashedAtMs: columns.map(() => -Infinity),
      flashTimers: [],
    };
  }

  #build(data: R): HTMLElement {
    const { body, columns, style, tags } = this.#options;
    const element = document.createElement(tags[0]);
    element.dataset.symbol = data.symbol;
    columns.forEach((column, at) => {
      const cell = document.createElement(at === 0 ? tags[1] : tags[2]);
      if (cell.localName === "th") cell.setAttribute("scope", "row");
      write(cell, column.view(data, style), column);
      element.append(cell);
    });
    body.append(element);
    return element;
  }

  #paintRow(row: LiveRow<R>, nowMs: number, flashMs: number): number {
    const { columns, style } = this.#options;
    let changed = 0;
    for (let at = 0; at < columns.length; at++) {
      const column = columns[at]!;
      const before = row.views[at]!;
      const after = column.view(row.data, style);
      row.views[at] = after;
      const sameText = before.text === after.text;
      if (sameText && before.tone === after.tone && before.expected === after.expected) continue;
      const cell = row.element.children[at] as HTMLElement;
      write(cell, after, column);
      if (!sameText) flash(row, at, directionOf(before, after), nowMs, flashMs);
      changed++;
    }
    return changed;
  }
}

function keyOf<R>(row: LiveRow<R>, column: number): CellView["sortKey"] {
  return row.views[column]?.sortKey ?? null;
}

function write<R>(cell: HTMLElement, view: CellView, column: Column<R>): void {
  if (cell.textContent !== view.text) cell.textContent = view.text;
  cell.className = classOf(view, column) ?? "";
}

/** Tints one cell for a moment; another cell's flash never ends it. */
function flash<R>(
  row: LiveRow<R>,
  at: number,
  direction: Direction,
  nowMs: number,
  flashMs: number,
): void {
  if (nowMs - row.flashedAtMs[at]! < FLASH_GAP_MS) return;
  row.flashedAtMs[at] = nowMs;
  const cell = row.element.children[at] as HTMLElement;
  cell.dataset.flash = direction;
  clearTimeout(row.flashTimers[at]);
  row.flashTimers[at] = setTimeout(() => delete cell.dataset.flash, flashMs);
}
