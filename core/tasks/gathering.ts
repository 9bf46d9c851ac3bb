import { candleOf } from "../analytics/candles.ts";
import type { MarketState } from "../engine/state.ts";
import type { ForeignEvent } from "../market/event.ts";
import type {
  CandleRow,
  IndexCandleRow,
  IndexRow,
  InstrumentRow,
  StoreRows,
} from "../port/store.ts";
import { FOREIGN_SLOT_MS, INDEX_SLOT_MS } from "../../db/codes.ts";
import { NO_ROWS } from "./store_rows.ts";

type Lists = { -readonly [K in keyof StoreRows]: StoreRows[K][number][] };

/** Rows of one day in the making, one at most for each key; candles are read when they leave. */
export class Gathering {
  readonly lists: Lists = Object.fromEntries(
    Object.keys(NO_ROWS).map((table) => [table, []]),
  ) as unknown as Lists;
  readonly voided = new Set<string>();
  readonly #candles = new Map<string, Set<number>>();
  readonly #indexCandles = new Map<string, Set<number>>();
  readonly #foreign = new Map<string, ForeignEvent>();
  readonly #indices = new Map<string, IndexRow>();
  readonly #instruments = new Map<string, InstrumentRow>();
  #candleCount = 0;

  /** Rows held, about: what a day adds at its end counts with it. */
  get size(): number {
    const { trades, basis, alerts, dailyPrices } = this.lists;
    return trades.length + basis.length + alerts.length + dailyPrices.length + this.#foreign.size +
      this.#indices.size + this.#candleCount;
  }

  candle(symbol: string, minute: number): void {
    this.#mark(this.#candles, symbol, minute);
  }

  indexCandle(code: string, minuteMs: number): void {
    this.#mark(this.#indexCandles, code, minuteMs);
  }

  foreign(event: ForeignEvent): void {
    const slot = Math.floor(event.exchangeMs / FOREIGN_SLOT_MS);
    this.#foreign.set(`${event.symbol} ${slot}`, event);
  }

  index(row: IndexRow): void {
    this.#indices.set(`${row.code} ${Math.floor(row.exchangeMs / INDEX_SLOT_MS)}`, row);
  }

  instrument(row: InstrumentRow): void {
    this.#instruments.set(row.symbol, row);
  }

  /** Forgets the trades and candles of a security whose volume was taken back. */
  voidSymbol(symbol: string): void {
    this.lists.trades = this.lists.trades.filter((trade) => trade.symbol !== symbol);
    this.#candleCount -= this.#candles.get(symbol)?.size ?? 0;
    this.#candles.delete(symbol);
    this.voided.add(symbol);
  }

  /** The rows, their candles as the market has them now. */
  rows({ instruments, indices }: MarketState): StoreRows {
    const candles = [...this.#candles].flatMap(([symbol, minutes]) => {
      const held = instruments.get(symbol)!.candles;
      return [...minutes].map((minute): CandleRow => ({ ...candleOf(held, minute)!, symbol }));
    });
    const indexCandles = [...this.#indexCandles].flatMap(([code, minutes]) =>
      indices.get(code)!.candles
        .filter(({ minuteMs }) => minutes.has(minuteMs))
        .map((candle): IndexCandleRow => ({ ...candle, code }))
    );
    return {
      ...this.lists,
      ...{ candles, indexCandles },
      foreign: [...this.#foreign.values()],
      indices: [...this.#indices.values()],
      instruments: [...this.#instruments.values()],
    };
  }

  #mark(dirty: Map<string, Set<number>>, key: string, minute: number): void {
    let minutes = dirty.get(key);
    if (minutes === undefined) dirty.set(key, minutes = new Set());
    if (minutes.has(minute)) return;
    minutes.add(minute);
    this.#candleCount++;
  }
}
