import type { BackfillRows, BackfillTable, Dated } from "../../port/backfill.ts";
import type { StoreBatch, StoreRows } from "../../port/store.ts";
import { NO_ROWS } from "../store_rows.ts";

/** Rows as batches of one day each, oldest first; the journal knows nothing of them. */
export function batchesOf(rows: BackfillRows): StoreBatch[] {
  const byDate = new Map<string, Partial<StoreRows>>();
  for (const table of Object.keys(rows) as BackfillTable[]) {
    const dated: readonly Dated<unknown>[] = rows[table]!;
    for (const [date, ofDay] of Map.groupBy(dated, ({ tradingDate }) => tradingDate)) {
      byDate.set(date, { ...byDate.get(date), [table]: ofDay });
    }
  }
  return [...byDate.keys()].sort().map((tradingDate) => ({
    tradingDate,
    rows: { ...NO_ROWS, ...byDate.get(tradingDate) },
    voided: [],
    from: null,
    to: null,
  }));
}
