import { EXCHANGES, phaseByClock } from "../market/phase.ts";
import type { BoardRow, IndexRow } from "../wire/board.ts";
import type { BusMessage, TableDelta } from "../wire/bus_message.ts";
import {
  type ChannelName,
  isLogChannel,
  isStatusChannel,
  type LogChannel,
  ROW_SETS,
  type RowSetName,
  type StateChannel,
  type TableName,
  tableOf,
  TABLES,
  tickerOf,
} from "../wire/channel.ts";
import type { MarketView } from "../wire/snapshot.ts";
import type { SessionCertificate } from "../wire/certificate.ts";
import type { SecurityNames } from "../wire/names.ts";
import { type FeedStatus, statusKey } from "../wire/status.ts";
import { TRADES_KEPT } from "../wire/trade.ts";
import { type ChannelLog, EMPTY_LOG } from "./channel_log.ts";
import { type ChannelRows, SingleRow, WholeTable } from "./channel_rows.ts";
import { LogStore } from "./log_store.ts";
import { NameBook } from "./name_book.ts";
import { RowObjects } from "./row_objects.ts";
import { RowSets } from "./row_sets.ts";
import { VersionedTable } from "./table.ts";
import { TradeLogs } from "./trade_logs.ts";

/** What a bus message did to the replica; after `gap` only a snapshot helps. */
export type Applied = "reset" | "changed" | "told" | "gap" | "ignored";

/** The hub's copy of the engine's tables and logs. */
export class Replica {
  readonly #tables = new Map<TableName, VersionedTable>();
  readonly #objects = new Map<TableName, RowObjects>();
  readonly #rowSets = new RowSets();
  readonly logs = new LogStore();
  readonly #alerts: ChannelLog = {
    first: () => this.logs.first("alerts"),
    next: () => this.logs.next("alerts"),
    from: (base) => this.logs.from("alerts", base),
  };
  readonly #trades = new TradeLogs(TRADES_KEPT);
  readonly #names = new NameBook();
  #epoch = "";
  #seq = 0;
  #tradingDate: string | null = null;
  #asOfMs: number | null = null;
  #lastSession: SessionCertificate | null = null;
  #status: FeedStatus;
  #statusKey: string;
  #metrics: Readonly<Record<string, number>> = {};
  #lost = false;

  constructor(status: FeedStatus) {
    this.#status = status;
    this.#statusKey = statusKey(status);
  }

  /** "" until the first snapshot. */
  get epoch(): string {
    return this.#epoch;
  }

  get seq(): number {
    return this.#seq;
  }

  /** Trading date of the epoch, which the logs are of. */
  get tradingDate(): string | null {
    return this.#tradingDate;
  }

  get asOfMs(): number | null {
    return this.#asOfMs;
  }

  get status(): FeedStatus {
    return this.#status;
  }

  set status(status: FeedStatus) {
    this.#status = status;
    this.#statusKey = statusKey(status);
  }

  /** Differs when the status has news: anything but the clock of the newest message. */
  get statusKey(): string {
    return this.#statusKey;
  }

  /** Figures of the engine side as last told. */
  get metrics(): Readonly<Record<string, number>> {
    return this.#metrics;
  }

  /** Names of a security; null before the feed told any, which the first minute of a day may take. */
  namesOf(symbol: string): SecurityNames | null {
    return this.#names.of(symbol);
  }

  /** Rows of a channel; null before the first snapshot. */
  rows(channel: StateChannel): ChannelRows | null {
    const ticker = tickerOf(channel);
    if (ticker === null) return this.#rowSets.of(channel as RowSetName);
    const table = this.#tables.get(tableOf(channel));
    return table === undefined ? null : new SingleRow(table, ticker);
  }

  /** The log behind a channel; null for a ticker that has neither a row nor a trade. */
  log(channel: LogChannel): ChannelLog | null {
    const ticker = tickerOf(channel);
    if (ticker === null) return this.#alerts;
    const hasRow = this.#tables.get("stock")?.rowOf(ticker) ?? null;
    return this.#trades.of(ticker) ?? (hasRow === null ? null : EMPTY_LOG);
  }

  /**
   * Position that a client is at which has everything of a channel; null before the first snapshot,
   * for a ticker that is not known, and for the channel without data.
   */
  position(channel: ChannelName): number | null {
    if (this.#epoch === "" || isStatusChannel(channel)) return null;
    if (isLogChannel(channel)) return this.log(channel)?.next() ?? null;
    return this.rows(channel)?.seq ?? null;
  }

  /** Seq of the last change in one row of a table; 0 without such a row. */
  rowSeq(table: TableName, symbol: string): number {
    const held = this.#tables.get(table);
    const row = held?.rowOf(symbol) ?? null;
    return row === null ? 0 : held!.rowSeq(row);
  }

  apply(message: BusMessage): Applied {
    switch (message.k) {
      case "snapshot":
        return this.#take(message);
      case "delta":
        return this.#change(message);
      case "status":
        this.status = message.status;
        return "told";
      case "session":
        this.#lastSession = message.lastSession;
        return "told";
      case "names":
        this.#names.add(message.names);
        return "told";
      case "metrics":
        this.#metrics = message.metrics;
        return "told";
    }
  }

  /** The current state for pages and REST. */
  view(): MarketView {
    return {
      epoch: this.#epoch,
      seq: this.#seq,
      asOfMs: this.#asOfMs,
      status: this.#status,
      lastSession: this.#lastSession,
      rows: (name: RowSetName) =>
        this.#list(ROW_SETS[name], name) as readonly (BoardRow & IndexRow)[],
      all: (table) => this.#list(table, table) as never,
      one: (table, symbol) => {
        const row = this.#tables.get(table)?.rowOf(symbol) ?? null;
        return (row === null ? null : this.#objectsOf(table)!.row(row)) as never;
      },
      log: (name) => this.logs.whole(name),
      tableSeq: (channel) => this.rows(channel)?.seq ?? 0,
    };
  }

  #take(message: Extract<BusMessage, { k: "snapshot" }>): Applied {
    const sameEpoch = message.epoch === this.#epoch;
    this.#tables.clear();
    this.#objects.clear();
    for (const { name, symbols, rows, seq } of message.tables) {
      // Every cell gets the table's seq: an older client then simply receives all of them.
      const table = new VersionedTable({ symbols, width: TABLES[name].length, seq });
      rows.forEach((cells, row) => table.put(row, cells, seq));
      this.#tables.set(name, table);
    }
    // A snapshot may be taken in the middle of a tick.
    const openSeq = message.seq + 1;
    this.#rowSets.reset({ tables: this.#tables, views: message.views, openSeq });
    this.logs.clear();
    for (const slice of message.logs) this.logs.append(slice);
    // Inside an epoch what is kept here goes on, and it is more than a snapshot brings.
    if (!sameEpoch) this.#trades.clear();
    for (const slice of message.trades) this.#trades.append(slice);
    this.#epoch = message.epoch;
    this.#seq = message.seq;
    this.#tradingDate = message.tradingDate;
    this.#asOfMs = message.asOfMs;
    this.#lost = false;
    this.#lastSession = message.lastSession;
    this.#names.add(message.names);
    this.status = message.status;
    return sameEpoch ? "changed" : "reset";
  }

  #change(message: Extract<BusMessage, { k: "delta" }>): Applied {
    if (this.#epoch === "" || this.#lost) return "ignored";
    if (message.epoch === this.#epoch && message.seq <= this.#seq) return "ignored";
    const follows = message.epoch === this.#epoch && message.seq === this.#seq + 1;
    if (!follows || !message.tables.every((table) => this.#extend(table, message.seq))) {
      this.#lost = true;
      return "gap";
    }
    for (const { name, d } of message.tables) this.#tables.get(name)!.apply(d, message.seq);
    this.#rowSets.look();
    for (const slice of message.logs) this.logs.append(slice);
    for (const slice of message.trades) this.#trades.append(slice);
    this.#seq = message.seq;
    this.#asOfMs = message.asOfMs;
    return "changed";
  }

  /** Adds the rows that a delta brings; false when they do not follow those that are here. */
  #extend({ name, added }: TableDelta, seq: number): boolean {
    const table = this.#tables.get(name);
    if (table === undefined) return false;
    return added === undefined || table.extend(added, seq);
  }

  #list(name: TableName, channel: RowSetName | TableName): readonly object[] {
    const table = this.#tables.get(name);
    if (table === undefined) return [];
    // `all("foreign")` is the whole table although the channel of that name is a part of it.
    const isWhole = channel === name;
    const rows = isWhole ? new WholeTable(table) : this.rows(channel as RowSetName)!;
    return this.#objectsOf(name)!.list(channel, rows);
  }

  #objectsOf(name: TableName): RowObjects | null {
    const table = this.#tables.get(name);
    if (table === undefined) return null;
    let objects = this.#objects.get(name);
    if (objects === undefined) {
      this.#objects.set(name, objects = new RowObjects(table, TABLES[name]));
    }
    return objects;
  }
}

/** The feed's state before anything is known; phases by clock and calendar. */
export function connectingStatus(provider: FeedStatus["provider"], nowMs: number): FeedStatus {
  const phases = Object.fromEntries(EXCHANGES.map((name) => [name, phaseByClock(name, nowMs)]));
  return {
    provider,
    replay: false,
    state: "connecting",
    reason: "no data received yet",
    sinceMs: nowMs,
    asOfMs: null,
    tradingDate: null,
    phases: phases as unknown as FeedStatus["phases"],
    membership: "static",
    recorded: true,
  };
}
