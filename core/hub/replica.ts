import { type BoardRow, type Cell, type IndexRow, type TableName, TABLES } from "../wire/board.ts";
import type { BusMessage } from "../wire/bus_message.ts";
import type { MarketView } from "../wire/snapshot.ts";
import type { LogName } from "../wire/log.ts";
import type { FeedStatus } from "../wire/status.ts";
import { EXCHANGES, phaseByClock } from "../market/phase.ts";
import { VersionedTable } from "./table.ts";

/** What a bus message did to the replica; after `gap` only a snapshot helps. */
export type Applied = "reset" | "changed" | "told" | "gap" | "ignored";

/** Rows as objects, kept until the table changes. */
interface RowObjects {
  readonly table: VersionedTable;
  readonly seq: number;
  readonly rows: readonly BoardRow[];
}

/** The hub's copy of the engine's tables. */
export class Replica {
  readonly #tables = new Map<TableName, VersionedTable>();
  readonly #objects = new Map<TableName, RowObjects>();
  #epoch = "";
  #seq = 0;
  #asOfMs: number | null = null;
  #status: FeedStatus;
  #metrics: Readonly<Record<string, number>> = {};
  #lost = false;

  constructor(status: FeedStatus) {
    this.#status = status;
  }

  /** "" until the first snapshot. */
  get epoch(): string {
    return this.#epoch;
  }

  get seq(): number {
    return this.#seq;
  }

  get asOfMs(): number | null {
    return this.#asOfMs;
  }

  get status(): FeedStatus {
    return this.#status;
  }

  set status(status: FeedStatus) {
    this.#status = status;
  }

  /** Differs when the status has news: anything but the clock of the newest message. */
  get statusKey(): string {
    return JSON.stringify({ ...this.#status, asOfMs: null });
  }

  /** Figures of the engine side as last told. */
  get metrics(): Readonly<Record<string, number>> {
    return this.#metrics;
  }

  table(name: TableName): VersionedTable | null {
    return this.#tables.get(name) ?? null;
  }

  apply(message: BusMessage): Applied {
    switch (message.k) {
      case "snapshot":
        return this.#take(message);
      case "delta":
        return this.#change(message);
      case "status":
        this.#status = message.status;
        return "told";
      case "metrics":
        this.#metrics = message.metrics;
        return "told";
    }
  }

  /** The current state for pages and REST. */
  view(): MarketView {
    const rows = (name: TableName) => this.#rows(name) as readonly (BoardRow & IndexRow)[];
    return {
      epoch: this.#epoch,
      seq: this.#seq,
      asOfMs: this.#asOfMs,
      status: this.#status,
      rows,
      all: () => [],
      one: () => null,
      log: <Name extends LogName>(name: Name) => ({ name, from: 0, entries: [] }),
      tableSeq: (name) => this.#tables.get(name)?.seq ?? 0,
    };
  }

  #take(message: Extract<BusMessage, { k: "snapshot" }>): Applied {
    const sameEpoch = message.epoch === this.#epoch;
    this.#tables.clear();
    for (const { name, symbols, rows, seq } of message.tables) {
      // Every cell gets the table's seq: an older client then simply receives all of them.
      const table = new VersionedTable({ symbols, width: TABLES[name].length, seq });
      rows.forEach((cells, row) => table.put(row, cells, seq));
      this.#tables.set(name, table);
    }
    this.#epoch = message.epoch;
    this.#seq = message.seq;
    this.#asOfMs = message.asOfMs;
    this.#lost = false;
    this.#status = message.status;
    return sameEpoch ? "changed" : "reset";
  }

  #change(message: Extract<BusMessage, { k: "delta" }>): Applied {
    if (this.#epoch === "" || this.#lost) return "ignored";
    if (message.epoch === this.#epoch && message.seq <= this.#seq) return "ignored";
    const follows = message.epoch === this.#epoch && message.seq === this.#seq + 1;
    if (!follows || message.tables.some(({ name }) => !this.#tables.has(name))) {
      this.#lost = true;
      return "gap";
    }
    for (const { name, d } of message.tables) this.#tables.get(name)!.apply(d, message.seq);
    this.#seq = message.seq;
    this.#asOfMs = message.asOfMs;
    return "changed";
  }

  #rows(name: TableName): readonly BoardRow[] {
    const table = this.#tables.get(name);
    if (table === undefined) return [];
    const held = this.#objects.get(name);
    if (held?.table === table && held.seq === table.seq) return held.rows;
    const fields = TABLES[name];
    const old = held?.table === table ? held : null;
    const rows = table.symbols.map((symbol, row) =>
      old !== null && table.rowSeq(row) <= old.seq
        ? old.rows[row]!
        : rowObject(symbol, fields, table.row(row))
    );
    this.#objects.set(name, { table, seq: table.seq, rows });
    return rows;
  }
}

/** The feed's state before anything is known; phases by clock and calendar. */
export function connectingStatus(provider: FeedStatus["provider"], nowMs: number): FeedStatus {
  const phases = Object.fromEntries(EXCHANGES.map((name) => [name, phaseByClock(name, nowMs)]));
  return {
    provider,
    state: "connecting",
    reason: "no data received yet",
    sinceMs: nowMs,
    asOfMs: null,
    tradingDate: null,
    phases: phases as unknown as FeedStatus["phases"],
    membership: "static",
  };
}

function rowObject(symbol: string, fields: readonly string[], cells: readonly Cell[]): BoardRow {
  const row: Record<string, Cell> = { symbol };
  fields.forEach((field, at) => row[field] = cells[at]!);
  return row as unknown as BoardRow;
}
