import type { RowSight } from "./live_table.ts";
import type { RowWindow } from "./row_window.ts";

/** Rows of the heading, which count as rows of the table. */
const HEAD_ROWS = 2;

/** The rows of a table in sight of the box that it scrolls in. */
export class ScrollSight implements RowSight {
  readonly #table: HTMLTableElement;
  readonly #body: HTMLTableSectionElement;
  readonly #box: HTMLElement;
  /** Room for the rows that are not in the page; null while all of them are. */
  #above: HTMLTableSectionElement | null = null;
  #below: HTMLTableSectionElement | null = null;
  /** Height of a row; 0 until there is one. */
  #rowPx = 0;

  constructor(table: HTMLTableElement) {
    this.#table = table;
    this.#body = table.tBodies[0]!;
    this.#box = table.parentElement!;
  }

  /** How many rows the box shows at once. */
  get rowsInSight(): number {
    const px = this.#box.clientHeight - this.#headPx;
    return Math.max(1, Math.floor(px / Math.max(1, this.#rowPx)));
  }

  measure() {
    const { scrollTop, clientHeight } = this.#box;
    this.#rowPx ||= this.#body.rows[0]?.getBoundingClientRect().height ?? 0;
    return { rowPx: this.#rowPx, topPx: scrollTop, heightPx: clientHeight };
  }

  /** The type changed, so rows may be of another height. */
  remeasure(): void {
    this.#rowPx = 0;
  }

  place({ first, end }: RowWindow, count: number): void {
    const isWhole = end - first === count;
    if (isWhole && this.#above === null) return;
    this.#above ??= this.#newRoom("before");
    this.#below ??= this.#newRoom("after");
    setHeight(this.#above, first * this.#rowPx);
    setHeight(this.#below, (count - end) * this.#rowPx);
    set(this.#table, "aria-rowcount", count + HEAD_ROWS);
    [...this.#body.rows].forEach((row, at) =>
      set(row, "aria-rowindex", HEAD_ROWS + first + at + 1)
    );
  }

  /** A row with the focus hands it to the box, from where arrows go on. */
  leaving(element: HTMLElement): void {
    if (element.contains(document.activeElement)) this.#box.focus({ preventScroll: true });
  }

  /** Scrolls until the row at this place of the list is in sight. */
  reveal(at: number): void {
    const first = this.#above ?? this.#body;
    const top = first.offsetTop + at * this.#rowPx;
    const box = this.#box;
    if (top - this.#headPx < box.scrollTop) box.scrollTop = top - this.#headPx;
    const bottom = top + this.#rowPx;
    if (bottom > box.scrollTop + box.clientHeight) box.scrollTop = bottom - box.clientHeight;
  }

  get #headPx(): number {
    return this.#table.tHead!.offsetHeight;
  }

  #newRoom(side: "before" | "after"): HTMLTableSectionElement {
    const room = document.createElement("tbody");
    room.className = "room";
    room.ariaHidden = "true";
    room.append(document.createElement("tr"));
    this.#body[side](room);
    return room;
  }
}

function setHeight(room: HTMLTableSectionElement, px: number): void {
  room.rows[0]!.style.height = `${px}px`;
}

function set(element: Element, name: string, value: number): void {
  if (element.getAttribute(name) !== String(value)) element.setAttribute(name, String(value));
}
