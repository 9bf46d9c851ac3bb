import type { BoardRow, Cell, IndexRow } from "../core/wire/board.ts";
import { fieldsOf, type StateChannel } from "../core/wire/channel.ts";
import type { DeltaFrame, SnapshotFrame } from "../core/wire/frames.ts";
import { forEachBit } from "../core/wire/mask.ts";
import type { MarketView } from "../core/wire/snapshot.ts";

/** Tables that the board page shows. */
export const PAGE_TABLES = ["board:vn30", "index"] as const satisfies readonly StateChannel[];

/** A row the browser keeps up to date, with one property per field of its table. */
export type LiveRowData = { readonly symbol: string } & Record<string, Cell>;

/** The data in the HTML as snapshot frames, so that the socket continues from their seq. */
export function seedOf(
  view: Pick<MarketView, "epoch" | "asOfMs" | "status" | "seq" | "rows" | "tableSeq">,
): SnapshotFrame[] {
  return PAGE_TABLES.map((table) => {
    const rows: readonly (BoardRow | IndexRow)[] = table === "index"
      ? view.rows(table)
      : view.rows(table);
    return {
      k: "s",
      c: table,
      e: view.epoch,
      s: view.seq,
      t: view.asOfMs,
      y: rows.map((row) => row.symbol),
      v: fieldsOf(table).map((field) => rows.map((row) => (row as LiveRowData)[field] ?? null)),
    };
  });
}

/** The rows of a snapshot, in its row order. */
export function rowsOf(frame: SnapshotFrame): LiveRowData[] {
  const fields = fieldsOf(frame.c);
  return frame.y.map((symbol, at) => {
    const row: Record<string, Cell> = { symbol };
    fields.forEach((field, f) => row[field] = frame.v[f]?.[at] ?? null);
    return row as LiveRowData;
  });
}

/** Writes a delta into rows that a snapshot made; `onRow` hears of every row it touches. */
export function applyDelta(
  rows: readonly LiveRowData[],
  frame: DeltaFrame,
  onRow: (row: LiveRowData) => void,
): void {
  const fields = fieldsOf(frame.c);
  for (let at = 0; at < frame.d.length;) {
    const row = rows[frame.d[at++] as number];
    forEachBit(frame.d[at++] as number, (f) => {
      const value = frame.d[at++] ?? null;
      const field = fields[f];
      if (row !== undefined && field !== undefined) (row as Record<string, Cell>)[field] = value;
    });
    if (row !== undefined) onRow(row);
  }
}
