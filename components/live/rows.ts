import type { Cell } from "../../core/wire/board.ts";
import { fieldsOf } from "../../core/wire/channel.ts";
import type { DeltaFrame, SnapshotFrame } from "../../core/wire/frames.ts";
import { forEachBit } from "../../core/wire/mask.ts";

/** A row the browser keeps up to date, with one property per field of its table. */
export type LiveRowData = { readonly symbol: string } & Record<string, Cell>;

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
  writeDelta(frame, (number) => rows[number], onRow);
}

/** The rows with a delta written into copies of those that it touches. */
export function patchedRows(
  rows: readonly LiveRowData[],
  frame: DeltaFrame,
): readonly LiveRowData[] {
  const next = [...rows];
  writeDelta(frame, (number) => next[number] && (next[number] = { ...next[number] }));
  return next;
}

/** Writes each row of a delta into what `rowAt` gives for its number; a row it lacks is skipped. */
function writeDelta(
  frame: DeltaFrame,
  rowAt: (number: number) => LiveRowData | undefined,
  onRow?: (row: LiveRowData) => void,
): void {
  const fields = fieldsOf(frame.c);
  for (let at = 0; at < frame.d.length;) {
    const row = rowAt(frame.d[at++] as number);
    forEachBit(frame.d[at++] as number, (f) => {
      const value = frame.d[at++] ?? null;
      const field = fields[f];
      if (row !== undefined && field !== undefined) (row as Record<string, Cell>)[field] = value;
    });
    if (row !== undefined) onRow?.(row);
  }
}
