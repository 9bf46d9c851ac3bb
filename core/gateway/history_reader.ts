import type {
  HistoryKey,
  HistoryList,
  HistoryPage,
  HistoryQuery,
  HistoryStore,
  Reading,
} from "../port/history.ts";
import { MAKE_ROW } from "./history_rows.ts";

/** Rows that are read at once; about 500 KB as text. */
export const PAGE_ROWS = 2_000;

/** Reads the rows of one request, a page at a time, in the form in which they are given. */
export class HistoryReader {
  readonly #store: HistoryStore;
  readonly #list: HistoryList;
  readonly #query: HistoryQuery;
  readonly #isDescending: boolean;
  #after: HistoryKey | null;
  #isEnd = false;

  constructor(
    store: HistoryStore,
    list: HistoryList,
    { query, isDescending, after }: {
      readonly query: HistoryQuery;
      readonly isDescending: boolean;
      readonly after: HistoryKey | null;
    },
  ) {
    this.#store = store;
    this.#list = list;
    this.#query = query;
    this.#isDescending = isDescending;
    this.#after = after;
  }

  /** Key of the last row that was read; null when no row follows it. */
  get next(): HistoryKey | null {
    return this.#isEnd ? null : this.#after;
  }

  /** The next rows, `rowsMax` or a page at most; none only at the end. */
  async read(rowsMax: number): Promise<Reading<readonly object[]>> {
    // A page without rows has gone a year on, and no range is longer than ten.
    while (!this.#isEnd) {
      const order = {
        isDescending: this.#isDescending,
        after: this.#after,
        rowsMax: Math.min(rowsMax, PAGE_ROWS),
      };
      const page = await pageOf(this.#store, this.#list, this.#query, order);
      if (!page.ok) return page;
      this.#isEnd = page.value.next === null;
      this.#after = page.value.next;
      if (page.value.rows.length > 0) return { ok: true, value: page.value.rows };
    }
    return { ok: true, value: [] };
  }
}

async function pageOf<List extends HistoryList>(
  store: HistoryStore,
  list: List,
  query: HistoryQuery,
  order: Parameters<HistoryStore["page"]>[2],
): Promise<Reading<HistoryPage<object>>> {
  const page = await store.page(list, query, order);
  if (!page.ok) return page;
  const { rows, next } = page.value;
  return { ok: true, value: { rows: rows.map(MAKE_ROW[list]), next } };
}
