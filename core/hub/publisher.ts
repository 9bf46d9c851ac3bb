import type { Cell } from "../wire/board.ts";
import type { BusMessage, TableDelta } from "../wire/bus_message.ts";
import {
  ROW_SET_NAMES,
  ROW_SETS,
  type RowSetName,
  TABLE_NAMES,
  type TableName,
  TABLES,
  VIEW_NAMES,
} from "../wire/channel.ts";
import { LOG_NAMES, type LogName, type LogSlice } from "../wire/log.ts";
import type { SessionCertificate } from "../wire/certificate.ts";
import type { NameEntry } from "../wire/names.ts";
import type { FeedStatus } from "../wire/status.ts";
import type { TradeEntry } from "../wire/trade.ts";
import { LogStore } from "./log_store.ts";
import { NameBook } from "./name_book.ts";
import { VersionedTable } from "./table.ts";
import { TradeFeed } from "./trade_feed.ts";

type BusSnapshot = Extract<BusMessage, { k: "snapshot" }>;

/** Symbols of each channel's rows, in row order. */
export type TableRows = Readonly<Partial<Record<RowSetName, readonly string[]>>>;

/** What begins: a name never given before, and the trading date that its logs are of. */
export interface Epoch {
  readonly name: string;
  readonly tradingDate: string | null;
}

/** What is told of a table with the next tick. */
interface Held {
  readonly table: VersionedTable;
  /** Rows that the last tick told of. */
  rows: number;
  /** Rows put since the last tick. */
  readonly touched: Set<number>;
}

/**
 * The engine's end of the bus: takes rows and log entries as they change and turns them, once per
 * tick, into one message for every hub. Pure: epochs and times come from the caller.
 */
export class Publisher {
  readonly #tables = new Map<TableName, Held>();
  readonly #rows = new Map<RowSetName, readonly string[]>();
  readonly #logs = new LogStore();
  /** Number up to which each log was told. */
  readonly #told = new Map<LogName, number>();
  readonly #trades = new TradeFeed();
  readonly #names = new NameBook();
  #epoch: Epoch;
  #seq = 0;
  #asOfMs: number | null = null;
  #lastSession: SessionCertificate | null = null;
  #status: FeedStatus;
  /** The next tick tells everything, because rows changed their meaning. */
  #whole = true;

  constructor(start: { epoch: string; status: FeedStatus }) {
    this.#epoch = { name: start.epoch, tradingDate: null };
    this.#status = start.status;
    for (const name of TABLE_NAMES) this.#tables.set(name, held(emptyTable(name, [])));
    for (const name of ROW_SET_NAMES) this.#rows.set(name, []);
  }

  get epoch(): string {
    return this.#epoch.name;
  }

  /** Seq of the last tick that changed something; 0 at the start of an epoch. */
  get seq(): number {
    return this.#seq;
  }

  /**
   * Gives the named channels new rows and starts a new epoch: row numbers mean something only inside
   * one. Tables without a named channel keep rows and cells, the others begin with nulls; logs begin
   * anew, but trades are kept until `beginDay`. Further rows of a table join by `put`.
   */
  setRows(rows: TableRows, epoch: string | Epoch): void {
    const next = typeof epoch === "string" ? { name: epoch, tradingDate: null } : epoch;
    if (next.name === this.#epoch.name) {
      throw new Error(`Cannot start epoch ${next.name}: it is already running`);
    }
    this.#epoch = next;
    this.#seq = 0;
    this.#whole = true;
    this.#logs.clear();
    this.#told.clear();
    for (const name of ROW_SET_NAMES) this.#rows.set(name, rows[name] ?? this.#rows.get(name)!);
    for (const name of TABLE_NAMES) {
      const old = this.#tables.get(name)!.table;
      // A book has the rows of its security.
      const rowsOf = name === "book" ? "stock" : name;
      const channels = ROW_SET_NAMES.filter((channel) => ROW_SETS[channel] === rowsOf);
      const isNamed = channels.some((channel) => rows[channel] !== undefined);
      const symbols = isNamed
        ? new Set(channels.flatMap((channel) => this.#rows.get(channel)!))
        : old.symbols;
      const table = emptyTable(name, [...symbols]);
      if (!isNamed) old.rows().forEach((cells, row) => table.put(row, cells, 1));
      this.#tables.set(name, held(table));
    }
  }

  /** Whether a table has a row of this symbol. */
  has(name: TableName, symbol: string): boolean {
    return this.#tables.get(name)!.table.rowOf(symbol) !== null;
  }

  /**
   * Takes the whole row of a symbol, in field order; a symbol without a row gets one at the end.
   * False when the table is full. The name is that of the table or of a channel over it.
   */
  put(name: TableName | RowSetName, symbol: string, cells: readonly Cell[]): boolean {
    const { table, touched } = this.#tables.get(tableOf(name))!;
    const row = table.rowOf(symbol) ?? table.add(symbol, this.#seq + 1);
    if (row === null) return false;
    if (table.put(row, cells, this.#seq + 1)) touched.add(row);
    return true;
  }

  /** Forgets the trades of the day before; an epoch is to follow. */
  beginDay(): void {
    this.#trades.clear();
    this.#whole = true;
  }

  /** Takes a new entry of a security's trades. */
  trade(ticker: string, entry: TradeEntry): void {
    this.#trades.add(ticker, entry, { isTold: this.#whole });
  }

  /** Says how many entries a security has had today, those included that never came here. */
  countTrades(ticker: string, count: number): void {
    this.#trades.count(ticker, count);
  }

  /** Entries of trades that were not told one by one, because a tick had more than it may. */
  get tradesCut(): number {
    return this.#trades.cut;
  }

  /** Takes new entries of a log. */
  append(slice: LogSlice): void {
    this.#logs.append(slice);
  }

  /**
   * Ends a tick. Null when nothing changed since the last one; a snapshot when the epoch is new; else
   * the delta. `asOfMs` is the exchange time of the newest event.
   */
  tick(asOfMs: number | null): BusMessage | null {
    const changed = [...this.#tables].filter(([, { table }]) => table.seq > this.#seq);
    const logs = LOG_NAMES.filter((name) => this.#logs.next(name) > (this.#told.get(name) ?? 0));
    const isChanged = changed.length + logs.length > 0 || this.#trades.hasNews;
    const trades = this.#trades.take();
    if (!isChanged && !this.#whole) return null;
    this.#asOfMs = asOfMs;
    const since = this.#seq;
    if (isChanged) this.#seq++;
    const delta: BusMessage = {
      k: "delta",
      epoch: this.#epoch.name,
      seq: this.#seq,
      asOfMs,
      tables: this.#whole ? [] : changed.map(([name, table]) => deltaOf(name, table, since)),
      logs: this.#whole ? [] : logs.map((name) => this.#newEntries(name)),
      trades,
    };
    for (const [, entry] of changed) {
      entry.rows = entry.table.symbols.length;
      entry.touched.clear();
    }
    for (const name of logs) this.#told.set(name, this.#logs.next(name));
    if (!this.#whole) return delta;
    this.#whole = false;
    return this.snapshot();
  }

  /** Everything, for a hub that (re)subscribes; may hold changes of the tick that is still open. */
  snapshot(): BusSnapshot {
    return {
      k: "snapshot",
      epoch: this.#epoch.name,
      seq: this.#seq,
      tradingDate: this.#epoch.tradingDate,
      asOfMs: this.#asOfMs,
      status: this.#status,
      tables: [...this.#tables].map(([name, { table }]) => ({
        name,
        symbols: [...table.symbols],
        rows: table.rows(),
        seq: Math.min(table.seq, this.#seq),
      })),
      views: VIEW_NAMES.map((name) => ({ name, symbols: this.#rows.get(name)! })),
      logs: LOG_NAMES.map((name) => this.#logs.from(name, 0)),
      trades: this.#trades.newest(),
      lastSession: this.#lastSession,
      names: this.#names.entries(),
    };
  }

  /** Keeps the newest archived session for later snapshots and gives the message that tells it now. */
  session(lastSession: SessionCertificate): BusMessage {
    this.#lastSession = lastSession;
    return { k: "session", lastSession };
  }

  /** Keeps names for later snapshots and gives the message that tells them now. */
  names(names: readonly NameEntry[]): BusMessage {
    this.#names.add(names);
    return { k: "names", names };
  }

  /** Keeps the feed's state for later snapshots and gives the message that tells it now. */
  status(status: FeedStatus): BusMessage {
    this.#status = status;
    return { k: "status", epoch: this.#epoch.name, status };
  }

  #newEntries(name: LogName): LogSlice {
    return this.#logs.from(name, this.#told.get(name) ?? 0);
  }
}

function tableOf(name: TableName | RowSetName): TableName {
  return Object.hasOwn(ROW_SETS, name) ? ROW_SETS[name as RowSetName] : name as TableName;
}

function emptyTable(name: TableName, symbols: readonly string[]): VersionedTable {
  return new VersionedTable({ symbols, width: TABLES[name].length, seq: 0 });
}

function held(table: VersionedTable): Held {
  return { table, rows: table.symbols.length, touched: new Set() };
}

function deltaOf(name: TableName, { table, rows, touched }: Held, since: number): TableDelta {
  // In the order of rows, so that two runs of one day say the same.
  const d = table.deltaOf([...touched].sort((a, b) => a - b), since);
  return rows === table.symbols.length
    ? { name, d }
    : { name, added: { at: rows, symbols: table.symbols.slice(rows) }, d };
}
