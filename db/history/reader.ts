import type {
  HistoryKey,
  HistoryOrder,
  HistoryPage,
  HistoryQuery,
  HistoryRange,
  RowSource,
} from "../../core/port/history.ts";
import { SOURCE_CODES } from "../codes.ts";
import type { Database } from "../client.ts";

/** Reads one page of a list; each statement in it is bounded by the page's rows. */
export type Reader<Row> = (
  sql: Database,
  query: HistoryQuery,
  order: HistoryOrder,
) => Promise<HistoryPage<Row>>;

/** A page out of rows of which one more than wanted was asked for. */
export function pageOf<Raw, Row>(
  raw: readonly Raw[],
  rowsMax: number,
  { key, row }: { key: (raw: Raw) => HistoryKey; row: (raw: Raw) => Row },
): HistoryPage<Row> {
  const held = raw.slice(0, rowsMax);
  return {
    rows: held.map(row),
    next: raw.length > rowsMax && held.length > 0 ? key(held.at(-1)!) : null,
  };
}

/** The rest of a range behind a key, of rows that are days. */
export function datesBehind(
  { fromDate, toDate }: HistoryRange,
  { after, isDescending }: HistoryOrder,
): { from: string; to: string } {
  if (after === null) return { from: fromDate, to: toDate };
  return isDescending ? { from: fromDate, to: after.date } : { from: after.date, to: toDate };
}

/** Source of a row by its code. */
export function sourceOf(code: number): RowSource {
  return code === SOURCE_CODES.backfill ? "backfill" : "live";
}
