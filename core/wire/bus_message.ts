import type { Cell } from "./board.ts";
import type { TableName, ViewName } from "./channel.ts";
import type { LogSlice } from "./log.ts";
import type { SessionCertificate } from "./certificate.ts";
import type { NameEntry } from "./names.ts";
import type { FeedStatus } from "./status.ts";
import type { TradeSlice } from "./trade.ts";

/** A table as it travels from the engine side to a hub. */
export interface TableState {
  readonly name: TableName;
  readonly symbols: readonly string[];
  /** One array of cells per row, in field order. */
  readonly rows: readonly (readonly Cell[])[];
  /** Seq of the table's last change. */
  readonly seq: number;
}

/** Rows of a table that a view shows, in its order; it holds for the whole epoch. */
export interface ViewState {
  readonly name: ViewName;
  readonly symbols: readonly string[];
}

/** What changed in a table. */
export interface TableDelta {
  readonly name: TableName;
  /** Rows that joined at the end, the first of them as number `at`. */
  readonly added?: { readonly at: number; readonly symbols: readonly string[] };
  /** Flat rows as in `DeltaFrame.d`, numbered as in the table. */
  readonly d: readonly Cell[];
}

/** What the engine side tells every hub. `seq` counts changes inside an epoch and only rises. */
export type BusMessage =
  | {
    readonly k: "snapshot";
    readonly epoch: string;
    readonly seq: number;
    /** Trading date of the epoch: a new one begins a new epoch, and the logs begin anew with it. */
    readonly tradingDate: string | null;
    readonly asOfMs: number | null;
    readonly status: FeedStatus;
    readonly tables: readonly TableState[];
    readonly views: readonly ViewState[];
    /** Whole logs. */
    readonly logs: readonly LogSlice[];
    /** The newest TRADES_IN_SNAPSHOT entries of each security that has traded. */
    readonly trades: readonly TradeSlice[];
    /** The newest archived session. */
    readonly lastSession: SessionCertificate | null;
    /** All names that are known. */
    readonly names: readonly NameEntry[];
  }
  | {
    readonly k: "delta";
    readonly epoch: string;
    readonly seq: number;
    readonly asOfMs: number | null;
    readonly tables: readonly TableDelta[];
    /** New entries of each log that has any. */
    readonly logs: readonly LogSlice[];
    /** New trades of each security that has any. */
    readonly trades: readonly TradeSlice[];
  }
  | { readonly k: "session"; readonly lastSession: SessionCertificate }
  /** Names that came in; those told before stay. */
  | { readonly k: "names"; readonly names: readonly NameEntry[] }
  | { readonly k: "status"; readonly epoch: string; readonly status: FeedStatus }
  | { readonly k: "metrics"; readonly metrics: Readonly<Record<string, number>> };
