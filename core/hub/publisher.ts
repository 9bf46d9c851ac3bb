import { type Cell, TABLE_NAMES, type TableName, TABLES } from "../wire/board.ts";
import type { BusMessage } from "../wire/bus_message.ts";
import type { FeedStatus } from "../wire/status.ts";
import { VersionedTable } from "./table.ts";

type BusSnapshot = Extract<BusMessage, { k: "snapshot" }>;

/** Symbols of each table's rows, in row order. */
export type TableRows = Readonly<Partial<Record<TableName, readonly string[]>>>;

/**
 * The engine's end of the bus: takes rows as they change and turns them, once per tick, into one
 * message for every hub. Pure: epochs and times come from the caller.
 */
export class Publisher {
  readonly #tables = new Map<TableName, VersionedTable>();
  #epoch: string;
  #seq = 0;
  #asOfMs: number | null = null;
  #status: FeedStatus;
  /** The next tick tells everything, because rows changed their meaning. */
  #whole = true;

  constructor(start: { epoch: string; status: FeedStatus }) {
    this.#epoch = start.epoch;
    this.#status = start.status;
    for (const name of TABLE_NAMES) this.#tables.set(name, emptyTable(name, []));
  }

  get epoch(): string {
    return this.#epoch;
  }

  /** Seq of the last tick that changed something; 0 at the start of an epoch. */
  get seq(): number {
    return this.#seq;
  }

  /**
   * Gives the named tables new rows, all cells null, and starts a new epoch: row numbers mean
   * something only inside one. Tables not named keep rows and cells. The epoch must be new.
   */
  setRows(rows: TableRows, epoch: string): void {
    if (epoch === this.#epoch) {
      throw new Error(`Cannot start epoch ${epoch}: it is already running`);
    }
    this.#epoch = epoch;
    this.#seq = 0;
    this.#whole = true;
    for (const name of TABLE_NAMES) {
      const symbols = rows[name];
      const held = this.#tables.get(name)!;
      const table = emptyTable(name, symbols ?? held.symbols);
      if (symbols === undefined) held.rows().forEach((cells, row) => table.put(row, cells, 1));
      this.#tables.set(name, table);
    }
  }

  /** Takes the whole row of a symbol, in field order; false when the table has no such row. */
  put(name: TableName, symbol: string, cells: readonly Cell[]): boolean {
    const table = this.#tables.get(name)!;
    const row = table.rowOf(symbol);
    if (row === null) return false;
    table.put(row, cells, this.#seq + 1);
    return true;
  }

  /**
   * Ends a tick. Null when no cell changed since the last one; a snapshot when the epoch is new; else
   * the delta. `asOfMs` is the exchange time of the newest event.
   */
  tick(asOfMs: number | null): BusMessage | null {
    const changed = [...this.#tables].filter(([, table]) => table.seq > this.#seq);
    if (changed.length === 0 && !this.#whole) return null;
    this.#asOfMs = asOfMs;
    const since = this.#seq;
    if (changed.length > 0) this.#seq++;
    if (this.#whole) {
      this.#whole = false;
      return this.snapshot();
    }
    return {
      k: "delta",
      epoch: this.#epoch,
      seq: this.#seq,
      asOfMs,
      tables: changed.map(([name, table]) => ({ name, d: table.deltaSince(since) })),
    };
  }

  /** Everything, for a hub that (re)subscribes; may hold cells of the tick that is still open. */
  snapshot(): BusSnapshot {
    return {
      k: "snapshot",
      epoch: this.#epoch,
      seq: this.#seq,
      asOfMs: this.#asOfMs,
      status: this.#status,
      tables: [...this.#tables].map(([name, table]) => ({
        name,
        symbols: table.symbols,
        rows: table.rows(),
        seq: Math.min(table.seq, this.#seq),
      })),
    };
  }

  /** Keeps the feed's state for later snapshots and gives the message that tells it now. */
  status(status: FeedStatus): BusMessage {
    this.#status = status;
    return { k: "status", epoch: this.#epoch, status };
  }
}

function emptyTable(name: TableName, symbols: readonly string[]): VersionedTable {
  return new VersionedTable({ symbols, width: TABLES[name].length, seq: 0 });
}
