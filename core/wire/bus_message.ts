import type { Cell, TableName } from "./board.ts";
import type { FeedStatus } from "./status.ts";

/** A table as it travels from the engine side to a hub. */
export interface TableState {
  readonly name: TableName;
  readonly symbols: readonly string[];
  /** One array of cells per row, in field order. */
  readonly rows: readonly (readonly Cell[])[];
  /** Seq of the table's last change. */
  readonly seq: number;
}

/** What the engine side tells every hub. `seq` counts ticks inside an epoch and only rises. */
export type BusMessage =
  | {
    readonly k: "snapshot";
    readonly epoch: string;
    readonly seq: number;
    readonly asOfMs: number | null;
    readonly status: FeedStatus;
    readonly tables: readonly TableState[];
  }
  | {
    readonly k: "delta";
    readonly epoch: string;
    readonly seq: number;
    readonly asOfMs: number | null;
    /** Flat rows as in `DeltaFrame.d`, for each table that changed in this tick. */
    readonly tables: readonly { readonly name: TableName; readonly d: readonly Cell[] }[];
  }
  | { readonly k: "status"; readonly epoch: string; readonly status: FeedStatus }
  | { readonly k: "metrics"; readonly metrics: Readonly<Record<string, number>> };
