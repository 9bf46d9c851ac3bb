import { candleOf } from "../analytics/candles.ts";
import type { Change, TradeChange } from "../engine/change.ts";
import { hashValue } from "../engine/hash.ts";
import { certificateOf } from "../engine/session_view.ts";
import type { EngineState, MarketState } from "../engine/state.ts";
import type { ForeignEvent } from "../market/event.ts";
import { vnSecondOfDay } from "../market/time.ts";
import type {
  CandleRow,
  IndexCandleRow,
  IndexRow,
  InstrumentRow,
  SessionFeed,
  StoreRows,
  TradeRow,
} from "../port/store.ts";
import { FOREIGN_SLOT_MS, INDEX_SLOT_MS } from "../../db/codes.ts";
import { dailyIndexRows, dailyPriceRows, indexSnapshot, listedRows } from "./daily_rows.ts";

/** What one day's changes mean for the store since it was last taken. */
export interface Gathered {
  readonly tradingDate: string;
  readonly rows: StoreRows;
  readonly voided: readonly string[];
  /** The day is over: nothing more of it will follow. */
  readonly isLast: boolean;
}

type Lists = { -readonly [K in keyof StoreRows]: StoreRows[K][number][] };

/**
 * Turns changes of an engine into rows. The same journal gives the same rows, live and in a replay,
 * whenever they are taken: a row says what the last record of its second, slot or minute left behind.
 * The owner takes what is gathered often; a day has one row at most for each key.
 */
export class RowCollector {
  readonly #engine: EngineState;
  readonly #feed: () => SessionFeed | null;
  /** The market that changes are of; the engine drops it when a day begins. */
  #market: MarketState;
  #lists = noRows();
  #candles = new Map<string, Set<number>>();
  #indexCandles = new Map<string, Set<number>>();
  #foreign = new Map<string, ForeignEvent>();
  #indices = new Map<string, IndexRow>();
  #voided = new Set<string>();
  #instruments = new Map<string, InstrumentRow>();
  /** Securities of the day of which a row was made. */
  #known = new Set<string>();
  #candleCount = 0;
  #over: Gathered[] = [];

  /** `feed` tells of the connection on the day that is archived; null where nobody knows. */
  constructor(engine: EngineState, feed: () => SessionFeed | null = () => null) {
    this.#engine = engine;
    this.#market = engine.market;
    this.#feed = feed;
  }

  /** Rows gathered, about: what a day adds at its end counts when it is there. */
  get size(): number {
    const { trades, basis, alerts, dailyPrices } = this.#lists;
    return trades.length + basis.length + alerts.length + dailyPrices.length + this.#foreign.size +
      this.#indices.size + this.#candleCount;
  }

  /** Takes all that one record changed. */
  note(changes: readonly Change[]): void {
    let isArchived = false;
    for (const change of changes) {
      if (change.kind === "day") {
        if (isArchived) this.#archive();
        isArchived = false;
        this.#begin();
      } else if (change.kind === "archive") isArchived = true;
      else this.#note(change);
    }
    if (isArchived) this.#archive();
  }

  /** Follows a record whose rows are not wanted. */
  rejoin(changes: readonly Change[]): void {
    if (changes.some(({ kind }) => kind === "day")) this.#market = this.#engine.market;
  }

  /** Hands over what is gathered, by day and oldest first; nothing when there is nothing. */
  take(): Gathered[] {
    const { tradingDate } = this.#market;
    const over = this.#over;
    this.#over = [];
    if (tradingDate === null || this.size + this.#voided.size === 0) return over;
    return [...over, this.#seal(tradingDate, false)];
  }

  #note(change: Change): void {
    switch (change.kind) {
      case "trade":
        return this.#noteTrade(change);
      case "rebase":
        return this.#noteRebase(change.symbol);
      case "instrument":
        return this.#noteInstrument(change.symbol);
      case "foreign":
        return this.#noteForeign(change.symbol);
      case "index":
        return this.#noteIndex(change.symbol);
      case "basis": {
        const { symbol, exchangeMs, futuresE2, spotE2 } = change;
        this.#lists.basis.push({ symbol, exchangeMs, futuresE2, spotE2 });
        return;
      }
      case "alert":
        this.#lists.alerts.push(change.alert);
    }
  }

  #noteTrade(change: TradeChange): void {
    this.#lists.trades.push(tradeRow(change));
    this.#mark(this.#candles, change.symbol, Math.floor(vnSecondOfDay(change.exchangeMs) / 60));
  }

  #noteRebase(symbol: string): void {
    this.#lists.trades = this.#lists.trades.filter((trade) => trade.symbol !== symbol);
    this.#candleCount -= this.#candles.get(symbol)?.size ?? 0;
    this.#candles.delete(symbol);
    this.#voided.add(symbol);
  }

  #noteInstrument(symbol: string): void {
    if (this.#known.has(symbol)) return;
    this.#known.add(symbol);
    const exchange = this.#market.instruments.get(symbol)?.exchange ?? null;
    this.#instruments.set(symbol, {
      symbol,
      exchange,
      nameVi: null,
      nameEn: null,
      listedShares: this.#engine.reference.shares.get(symbol) ?? null,
    });
  }

  #noteForeign(symbol: string): void {
    const event = this.#market.instruments.get(symbol)?.foreign ?? null;
    // Flow also changes because time passed; then there is no new message.
    if (event === null) return;
    this.#foreign.set(`${symbol} ${Math.floor(event.exchangeMs / FOREIGN_SLOT_MS)}`, event);
  }

  #noteIndex(code: string): void {
    const row = indexSnapshot(this.#engine, code);
    if (row !== null) {
      this.#indices.set(`${code} ${Math.floor(row.exchangeMs / INDEX_SLOT_MS)}`, row);
    }
    // A value that comes in its turn is of the newest minute; the one before it may have been late.
    for (const { minuteMs } of this.#market.indices.get(code)?.candles.slice(-2) ?? []) {
      this.#mark(this.#indexCandles, code, minuteMs);
    }
  }

  #mark(dirty: Map<string, Set<number>>, key: string, minute: number): void {
    let minutes = dirty.get(key);
    if (minutes === undefined) dirty.set(key, minutes = new Set());
    if (minutes.has(minute)) return;
    minutes.add(minute);
    this.#candleCount++;
  }

  /** Adds what is known of a whole day once it is over. */
  #archive(): void {
    const { lastSession } = this.#engine;
    const market = this.#market;
    const state = { ...this.#engine, market };
    this.#noteDaily(market);
    for (const row of listedRows(state)) this.#instruments.set(row.symbol, row);
    // A late value can have moved a candle of any minute, and does not say which.
    for (const [code, { candles }] of market.indices) {
      for (const { minuteMs } of candles) this.#mark(this.#indexCandles, code, minuteMs);
    }
    this.#lists.sessions.push({
      archivedMs: market.archivedMs!,
      certificate: certificateOf(lastSession!),
      stateHash: hashValue(market),
      feed: this.#feed(),
    });
  }

  #noteDaily(market: MarketState): void {
    this.#lists.dailyPrices = dailyPriceRows(market);
    this.#lists.dailyIndices = dailyIndexRows({ ...this.#engine, market });
  }

  #begin(): void {
    const { tradingDate, archivedMs } = this.#market;
    // Trades that came after the archiving belong to the day as well.
    if (archivedMs !== null) this.#noteDaily(this.#market);
    if (tradingDate !== null) this.#over.push(this.#seal(tradingDate, true));
    this.#market = this.#engine.market;
    this.#known = new Set();
  }

  #seal(tradingDate: string, isLast: boolean): Gathered {
    const rows: StoreRows = {
      ...this.#lists,
      instruments: [...this.#instruments.values()],
      candles: [...this.#candles].flatMap(([symbol, minutes]) => this.#candleRows(symbol, minutes)),
      indexCandles: [...this.#indexCandles].flatMap(([code, minutes]) =>
        this.#indexCandleRows(code, minutes)
      ),
      foreign: [...this.#foreign.values()],
      indices: [...this.#indices.values()],
    };
    const gathered = { tradingDate, rows, voided: [...this.#voided], isLast };
    this.#lists = noRows();
    this.#candles = new Map();
    this.#indexCandles = new Map();
    this.#foreign = new Map();
    this.#indices = new Map();
    this.#voided = new Set();
    this.#instruments = new Map();
    this.#candleCount = 0;
    return gathered;
  }

  #candleRows(symbol: string, minutes: ReadonlySet<number>): CandleRow[] {
    const { candles } = this.#market.instruments.get(symbol)!;
    return [...minutes].map((minute) => ({ ...candleOf(candles, minute)!, symbol }));
  }

  #indexCandleRows(code: string, minutes: ReadonlySet<number>): IndexCandleRow[] {
    return this.#market.indices.get(code)!.candles
      .filter(({ minuteMs }) => minutes.has(minuteMs))
      .map((candle) => ({ ...candle, code }));
  }
}

function tradeRow(change: TradeChange): TradeRow {
  const { symbol, exchangeMs, totalVolume, volume, priceE2 } = change;
  const { side, method, reason, feedSide, phase, late } = change;
  return {
    ...{ symbol, exchangeMs, totalVolume, volume, priceE2 },
    ...{ side, method, reason, feedSide, phase, late },
  };
}

function noRows(): Lists {
  return {
    trades: [],
    candles: [],
    indexCandles: [],
    foreign: [],
    indices: [],
    basis: [],
    alerts: [],
    instruments: [],
    dailyPrices: [],
    dailyIndices: [],
    sessions: [],
  };
}
