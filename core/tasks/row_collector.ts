import type { Change, TradeChange } from "../engine/change.ts";
import { hashValue } from "../engine/hash.ts";
import { certificateOf } from "../engine/session_view.ts";
import type { EngineState, MarketState } from "../engine/state.ts";
import { vnSecondOfDay } from "../market/time.ts";
import type { SessionFeed, StoreRows, TradeRow } from "../port/store.ts";
import { dailyIndexRows, dailyPriceRows, indexSnapshot, listedRows } from "./daily_rows.ts";
import { Gathering } from "./gathering.ts";

/** What one day's changes mean for the store since it was last taken. */
export interface Gathered {
  readonly tradingDate: string;
  readonly rows: StoreRows;
  readonly voided: readonly string[];
  /** The day is over: nothing more of it will follow. */
  readonly isLast: boolean;
}

/**
 * Turns changes of an engine into rows. The same journal gives the same rows, live and in a replay,
 * whenever they are taken: a row says what the last record of its second, slot or minute left behind.
 * The owner takes what is gathered often.
 */
export class RowCollector {
  readonly #engine: EngineState;
  readonly #feed: () => SessionFeed | null;
  /** The market that changes are of; the engine drops it when a day begins. */
  #market: MarketState;
  #gathering = new Gathering();
  /** Securities of the day of which a row was made. */
  #known = new Set<string>();
  #over: Gathered[] = [];

  /** `feed` tells of the connection on the day that is archived; null where nobody knows. */
  constructor(engine: EngineState, feed: () => SessionFeed | null = () => null) {
    this.#engine = engine;
    this.#market = engine.market;
    this.#feed = feed;
  }

  /** Rows gathered, about. */
  get size(): number {
    return this.#gathering.size;
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
    // Last, as the hash is that of the state that the whole record left.
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
    if (tradingDate === null || this.size + this.#gathering.voided.size === 0) return over;
    return [...over, this.#seal(tradingDate, false)];
  }

  #note(change: Change): void {
    switch (change.kind) {
      case "trade":
        return this.#noteTrade(change);
      case "rebase":
        return this.#gathering.voidSymbol(change.symbol);
      case "instrument":
        return this.#noteInstrument(change.symbol);
      case "foreign": {
        const event = this.#market.instruments.get(change.symbol)?.foreign ?? null;
        // Flow also changes because time passed; then there may be no message.
        if (event !== null) this.#gathering.foreign(event);
        return;
      }
      case "index":
        return this.#noteIndex(change.symbol);
      case "basis": {
        const { symbol, exchangeMs, futuresE2, spotE2 } = change;
        this.#gathering.lists.basis.push({ symbol, exchangeMs, futuresE2, spotE2 });
        return;
      }
      case "alert":
        this.#gathering.lists.alerts.push(change.alert);
    }
  }

  #noteTrade(change: TradeChange): void {
    this.#gathering.lists.trades.push(tradeRow(change));
    const minute = Math.floor(vnSecondOfDay(change.exchangeMs) / 60);
    this.#gathering.candle(change.symbol, minute);
  }

  #noteInstrument(symbol: string): void {
    if (this.#known.has(symbol)) return;
    this.#known.add(symbol);
    const exchange = this.#market.instruments.get(symbol)?.exchange ?? null;
    const listedShares = this.#engine.reference.shares.get(symbol) ?? null;
    this.#gathering.instrument({ symbol, exchange, nameVi: null, nameEn: null, listedShares });
  }

  #noteIndex(code: string): void {
    const row = indexSnapshot(this.#engine, code);
    if (row !== null) this.#gathering.index(row);
    // A value that comes in its turn is of the newest minute; the one before it may have been late.
    for (const { minuteMs } of this.#market.indices.get(code)?.candles.slice(-2) ?? []) {
      this.#gathering.indexCandle(code, minuteMs);
    }
  }

  /** Adds what is known of a whole day once it is over. */
  #archive(): void {
    const market = this.#market;
    this.#noteDaily(market);
    for (const row of listedRows({ ...this.#engine, market })) this.#gathering.instrument(row);
    // A late value can have moved a candle of any minute, and does not say which.
    for (const [code, { candles }] of market.indices) {
      for (const { minuteMs } of candles) this.#gathering.indexCandle(code, minuteMs);
    }
    this.#gathering.lists.sessions.push({
      archivedMs: market.archivedMs!,
      certificate: certificateOf(this.#engine.lastSession!),
      stateHash: hashValue(market),
      feed: this.#feed(),
    });
  }

  #noteDaily(market: MarketState): void {
    this.#gathering.lists.dailyPrices = dailyPriceRows(market);
    this.#gathering.lists.dailyIndices = dailyIndexRows({ ...this.#engine, market });
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
    const gathering = this.#gathering;
    this.#gathering = new Gathering();
    const rows = gathering.rows(this.#market);
    return { tradingDate, rows, voided: [...gathering.voided], isLast };
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
