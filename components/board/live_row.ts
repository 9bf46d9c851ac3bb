import { type CellView, classOf, type Column } from "../cell_view.ts";
import type { NumberStyle } from "../number_format.ts";
import { drawPicture } from "./picture.tsx";

/** Which way a number went. */
export type Direction = "up" | "down" | "other";

/** The way from one value to the next; without two numbers there is no way, only a change. */
export function directionOf(before: CellView, after: CellView): Direction {
  if (typeof before.sortKey !== "number" || typeof after.sortKey !== "number") return "other";
  return after.sortKey > before.sortKey ? "up" : after.sortKey < before.sortKey ? "down" : "other";
}

/** How rows of a table are made. */
export interface RowForm<R, Style extends NumberStyle> {
  readonly columns: readonly Column<R, Style>[];
  readonly style: Style;
  /** Element names of a row, its first cell and its other cells. */
  readonly tags: readonly [row: string, head: string, cell: string];
  /** Finishes the first cell of a row: what stands beside its text. */
  readonly decorate?: (head: HTMLElement, row: R) => void;
}

/** A row element and what it shows. */
export class LiveRow<R extends { readonly symbol: string }, Style extends NumberStyle> {
  readonly element: HTMLElement;
  readonly #form: RowForm<R, Style>;
  #data: R;
  #views: CellView[];

  /** Takes an element that shows `data` already, or builds one. */
  constructor(form: RowForm<R, Style>, data: R, element?: HTMLElement) {
    this.#form = form;
    this.#data = data;
    this.#views = this.#viewsNow();
    this.element = element ?? document.createElement(form.tags[0]);
    if (element === undefined) this.#build();
    else this.#finish();
  }

  /** Takes newer data of the same symbol; `paint` shows them. */
  update(data: R): void {
    this.#data = data;
  }

  /** Shows another symbol. */
  bind(data: R): void {
    this.#data = data;
    this.#views = this.#viewsNow();
    this.#form.columns.forEach((column, at) =>
      write(this.#cell(at), this.#views[at]!, column, data)
    );
    this.#finish();
  }

  /** Writes what changed, and tells of cells whose text did; gives the number of cells. */
  paint(onText: (cell: HTMLElement, direction: Direction) => void): number {
    const { columns, style } = this.#form;
    let changed = 0;
    for (let at = 0; at < columns.length; at++) {
      const column = columns[at]!;
      const before = this.#views[at]!;
      const after = column.view(this.#data, style);
      this.#views[at] = after;
      if (isSame(before, after)) continue;
      const cell = this.#cell(at);
      write(cell, after, column, this.#data);
      const isText = after.strokes === undefined && before.strokes === undefined;
      if (isText && before.text !== after.text) onText(cell, directionOf(before, after));
      changed++;
    }
    return changed;
  }

  /** Brings what stands beside the symbol up to date. */
  decorate(): void {
    this.#form.decorate?.(this.#cell(0), this.#data);
  }

  #viewsNow(): CellView[] {
    const { columns, style } = this.#form;
    return columns.map((column) => column.view(this.#data, style));
  }

  #cell(at: number): HTMLElement {
    return this.element.children[at] as HTMLElement;
  }

  #build(): void {
    const { columns, tags } = this.#form;
    columns.forEach((column, at) => {
      const cell = document.createElement(at === 0 ? tags[1] : tags[2]);
      if (cell.localName === "th") cell.setAttribute("scope", "row");
      write(cell, this.#views[at]!, column, this.#data);
      this.element.append(cell);
    });
    this.#finish();
  }

  #finish(): void {
    this.element.dataset.symbol = this.#data.symbol;
    this.decorate();
  }
}

function isSame(a: CellView, b: CellView): boolean {
  return a.text === b.text && a.tone === b.tone && a.expected === b.expected &&
    a.strokes?.length === b.strokes?.length &&
    (a.strokes ?? []).every(({ tone, d }, at) =>
      tone === b.strokes![at]!.tone && d === b.strokes![at]!.d
    );
}

function write<R, Style extends NumberStyle>(
  cell: HTMLElement,
  view: CellView,
  column: Column<R, Style>,
  row: R,
): void {
  cell.className = classOf(view, column) ?? "";
  if (view.strokes !== undefined) return drawPicture(cell, view);
  const href = column.href?.(row) ?? null;
  writeText(href === null ? cell : linkIn(cell, href), view.text);
}

function linkIn(cell: HTMLElement, href: string): HTMLElement {
  let link = cell.querySelector("a");
  if (link === null) {
    link = document.createElement("a");
    cell.replaceChildren(link);
  }
  if (link.getAttribute("href") !== href) link.setAttribute("href", href);
  return link;
}

/** A text node that is there already costs less than a new one. */
function writeText(element: HTMLElement, text: string): void {
  const only = element.firstChild;
  if (only instanceof Text && only.nextSibling === null) only.data = text;
  else element.textContent = text;
}
