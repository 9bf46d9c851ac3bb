import type { Sort } from "./live_table.ts";

/** Symbols read best from A, numbers from the largest. */
function firstSort(column: number): Sort {
  return { column, descending: column !== 0 };
}

/** What a press on a heading leads to: the other direction of the same column, or a new column. */
export function nextSort(current: Sort, column: number): Sort {
  return column === current.column
    ? { column, descending: !current.descending }
    : firstSort(column);
}

/**
 * Enables the sort buttons and lets arrow keys walk along the rows. Returns what undoes it.
 */
export function attachBoardControls(
  table: HTMLTableElement,
  onSort: (sort: Sort) => void,
): () => void {
  const buttons = [...table.querySelectorAll<HTMLButtonElement>("thead button")];
  const body = table.tBodies[0]!;
  const listeners = new AbortController();
  let sort = firstSort(0);
  for (const button of buttons) {
    button.disabled = false;
    button.addEventListener("click", () => {
      sort = nextSort(sort, Number(button.dataset.column));
      for (const other of buttons) other.parentElement!.removeAttribute("aria-sort");
      button.parentElement!.ariaSort = sort.descending ? "descending" : "ascending";
      onSort(sort);
    }, { signal: listeners.signal });
  }
  body.addEventListener("keydown", (event) => walkRows(body, event), { signal: listeners.signal });
  return () => listeners.abort();
}

/** Sees to it that the Tab key reaches one row; arrows lead on from there. */
export function keepTabStop(body: HTMLTableSectionElement): void {
  const first = body.rows[0];
  if (first !== undefined && body.querySelector('[tabindex="0"]') === null) {
    headOf(first).tabIndex = 0;
  }
}

function headOf(row: HTMLTableRowElement): HTMLElement {
  return row.cells[0]!;
}

/** One row at a time is in the tab order; arrows move along, Home and End go to the ends. */
function walkRows(body: HTMLTableSectionElement, event: KeyboardEvent): void {
  const rows = [...body.rows];
  const at = rows.findIndex((row) => row.contains(document.activeElement));
  const places: Readonly<Record<string, number>> = {
    ArrowDown: at + 1,
    ArrowUp: at - 1,
    Home: 0,
    End: rows.length - 1,
  };
  const target = rows[places[event.key] ?? -1];
  if (at < 0 || target === undefined) return;
  event.preventDefault();
  headOf(rows[at]!).tabIndex = -1;
  headOf(target).tabIndex = 0;
  headOf(target).focus();
}
