import { mergeCandles } from "../../core/analytics/candle.ts";
import type {
  CandleRow,
  ForeignRow,
  IndexCandleRow,
  IndexRow,
  JournalPlace,
  Store,
  StoreBatch,
  StoreRows,
  StoreTable,
} from "../../core/port/store.ts";
import { isBefore } from "../../core/tasks/journal_place.ts";
import { FOREIGN_SLOT_MS, INDEX_SLOT_MS } from "../../db/codes.ts";

type Tables = { readonly [Table in StoreTable]: Map<string, StoreRows[Table][number]> };

/** What a database must hold, in plain maps: the rules of its keys, and nothing of SQL. */
export class ModelStore implements Store {
  readonly tables: Tables = {
    trades: new Map(),
    candles: new Map(),
    indexCandles: new Map(),
    foreign: new Map(),
    indices: new Map(),
    basis: new Map(),
    alerts: new Map(),
    instruments: new Map(),
    dailyPrices: new Map(),
    dailyIndices: new Map(),
    sessions: new Map(),
  };
  readonly places = new Map<string, JournalPlace>();
  isAway = false;
  flushes = 0;

  flush(batch: StoreBatch): Promise<void> {
    if (this.isAway) return Promise.reject(new Error("the database is away"));
    this.flushes++;
    this.#write(batch);
    const { tradingDate, to } = batch;
    const stored = this.places.get(tradingDate);
    if (to !== null && (stored === undefined || isBefore(stored, to))) {
      this.places.set(tradingDate, to);
    }
    return Promise.resolve();
  }

  progress(): Promise<ReadonlyMap<string, JournalPlace>> {
    return this.isAway
      ? Promise.reject(new Error("the database is away"))
      : Promise.resolve(new Map(this.places));
  }

  rewind(tradingDate: string, place: JournalPlace): Promise<void> {
    this.places.set(tradingDate, place);
    return Promise.resolve();
  }

  enterMarket(): Promise<void> {
    return Promise.resolve();
  }

  isRefused(): boolean {
    return false;
  }

  #write({ tradingDate: date, rows, voided }: StoreBatch): void {
    const { tables } = this;
    for (const symbol of voided) {
      for (const table of [tables.trades, tables.candles]) {
        for (const key of table.keys()) {
          if (key.startsWith(`${date} ${symbol} `)) table.delete(key);
        }
      }
    }
    for (const row of rows.trades) {
      first(tables.trades, `${date} ${row.symbol} ${row.totalVolume}`, row);
    }
    for (const row of rows.basis) first(tables.basis, `${row.symbol} ${row.exchangeMs}`, row);
    for (const row of rows.alerts) first(tables.alerts, row.id, row);
    for (const row of rows.candles) {
      merge(tables.candles, `${date} ${row.symbol} ${row.minute}`, row, joinCandles);
    }
    for (const row of rows.indexCandles) {
      merge(tables.indexCandles, `${row.code} ${row.minuteMs}`, row, joinIndexCandles);
    }
    for (const row of rows.foreign) {
      const slot = Math.floor(row.exchangeMs / FOREIGN_SLOT_MS);
      merge(tables.foreign, `${row.symbol} ${slot}`, pick(row), newest);
    }
    for (const row of rows.indices) {
      const slot = Math.floor(row.exchangeMs / INDEX_SLOT_MS);
      merge(tables.indices, `${row.code} ${slot}`, row, newest);
    }
    for (const row of rows.instruments) tables.instruments.set(row.symbol, row);
    for (const row of rows.dailyPrices) tables.dailyPrices.set(`${date} ${row.symbol}`, row);
    for (const row of rows.dailyIndices) tables.dailyIndices.set(`${date} ${row.code}`, row);
    for (const row of rows.sessions) tables.sessions.set(date, row);
  }
}

function first<Row>(table: Map<string, Row>, key: string, row: Row): void {
  if (!table.has(key)) table.set(key, row);
}

function merge<Row>(table: Map<string, Row>, key: string, row: Row, join: (a: Row, b: Row) => Row) {
  const held = table.get(key);
  table.set(key, held === undefined ? row : join(held, row));
}

function joinCandles(a: CandleRow, b: CandleRow): CandleRow {
  return { ...mergeCandles(a, b), symbol: a.symbol };
}

function joinIndexCandles(a: IndexCandleRow, b: IndexCandleRow): IndexCandleRow {
  const opening = a.openMs - b.openMs || a.openVolume - b.openVolume;
  const closing = b.closeMs - a.closeMs || b.closeVolume - a.closeVolume;
  const { openE2, openMs, openVolume } = opening <= 0 ? a : b;
  const { closeE2, closeMs, closeVolume } = closing >= 0 ? b : a;
  return {
    ...a,
    ...{ openE2, openMs, openVolume, closeE2, closeMs, closeVolume },
    highE2: Math.max(a.highE2, b.highE2),
    lowE2: Math.min(a.lowE2, b.lowE2),
  };
}

function newest<Row extends ForeignRow | IndexRow>(a: Row, b: Row): Row {
  return (b.exchangeMs - a.exchangeMs || volumeOf(b) - volumeOf(a)) >= 0 ? b : a;
}

function volumeOf(row: ForeignRow | IndexRow): number {
  return "volume" in row ? row.volume : row.buyVolume + row.sellVolume;
}

/** The row without what else the event behind it holds. */
function pick(row: ForeignRow): ForeignRow {
  const { symbol, exchangeMs, buyVolume, sellVolume, buyValueVnd, sellValueVnd } = row;
  const { currentRoom, totalRoom } = row;
  return {
    ...{ symbol, exchangeMs, buyVolume, sellVolume, buyValueVnd, sellValueVnd },
    ...{ currentRoom, totalRoom },
  };
}
