import { type TabName, TABS } from "./board_tabs.ts";

/** How a board is sorted; the column by its key. */
export interface Sort {
  readonly key: string;
  readonly descending: boolean;
}

/** The order that a board has by itself; null for one that no column gives. */
export function ownSort(tab: TabName): Sort | null {
  return TABS[tab].order === "symbol" ? { key: "symbol", descending: false } : null;
}

/**
 * What a press on a heading leads to: the column, symbols from A and numbers from the largest; then
 * its other direction; then the order that the board has by itself, where that is another one.
 */
export function nextSort(current: Sort | null, key: string, own: Sort | null): Sort | null {
  const first: Sort = { key, descending: key !== "symbol" };
  if (current?.key !== key) return first;
  if (current.descending === first.descending) return { key, descending: !first.descending };
  return own?.key === key ? first : own;
}

/** Enables the headings of a board, and says at one of them how it is sorted. */
export function markSort(head: HTMLElement, sort: Sort | null): void {
  for (const button of head.querySelectorAll("button")) {
    button.disabled = false;
    const { key } = button.dataset;
    const direction = sort?.descending ? "descending" : "ascending";
    button.parentElement!.ariaSort = sort !== null && sort.key === key ? direction : null;
  }
}
