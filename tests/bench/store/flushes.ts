import {
  addToCandle,
  candleOf,
  type Candles,
  createCandles,
} from "../../../core/analytics/candles.ts";
import { vnSecondOfDay } from "../../../core/market/time.ts";
import type { CandleRow, StoreBatch, TradeRow } from "../../../core/port/store.ts";
import { NO_ROWS } from "../../../core/tasks/store_rows.ts";
import { flushBatch } from "../../../db/flush.ts";
import { QUERY_DEADLINE_MS } from "../../../db/pool.ts";
import { alternate, compare, type Comparison } from "./rounds.ts";
import { type BenchStore, log, TODAY } from "./servers.ts";
import { dayTrades, nextOf } from "./trades.ts";

/** Trades of a batch. */
export const BATCH_TRADES = 1_000;
/** The pace of a day of so many trades says how many candles a batch touches. */
const DAY_TRADES = 1_000_000;
const ROUNDS = 20;
const WARM_UPS = 2;
const ROUND_BATCHES = 20;

export interface FlushFigures {
  readonly tradesPerSecond: Comparison;
  readonly trades: number;
  readonly candlesOfBatch: number;
}

/** Writes the same trades with their candles into both stores, one batch after the other. */
export async function measureFlushes(stores: readonly BenchStore[]): Promise<FlushFigures> {
  const batches = makeBatches((WARM_UPS + ROUNDS) * ROUND_BATCHES);
  const samples = await alternate(
    stores,
    { rounds: ROUNDS, warmUps: WARM_UPS },
    async (store, i) => {
      for (const batch of batches.slice(i * ROUND_BATCHES, (i + 1) * ROUND_BATCHES)) {
        await writeBatch(store, batch);
      }
    },
  );
  const candles = batches.reduce((sum, { rows }) => sum + rows.candles.length, 0);
  return {
    tradesPerSecond: compare(samples, (ms) => ROUND_BATCHES * BATCH_TRADES / ms * 1_000),
    trades: ROUNDS * ROUND_BATCHES * BATCH_TRADES,
    candlesOfBatch: Math.round(candles / batches.length),
  };
}

/** Throws when a row is refused: then the figures are of something else. */
export async function writeBatch({ pool }: BenchStore, batch: StoreBatch): Promise<void> {
  const options = { source: "live", deadlineMs: QUERY_DEADLINE_MS, log } as const;
  const { refused } = await flushBatch(pool, batch, options);
  if (refused.size > 0) throw new Error(`Rows were refused: ${JSON.stringify([...refused])}`);
}

function makeBatches(count: number): StoreBatch[] {
  const trades = dayTrades(TODAY, DAY_TRADES);
  const candles = new Map<string, Candles>();
  return Array.from({ length: count }, (_, segment) => {
    const some = nextOf(trades, BATCH_TRADES);
    const rows = { ...NO_ROWS, trades: some, candles: candlesOf(some, candles) };
    return {
      ...{ tradingDate: TODAY, voided: [], rows },
      ...{ from: { segment, offset: 0 }, to: { segment: segment + 1, offset: 0 } },
    };
  });
}

/** Adds trades to the candles of their day, and gives those that changed. */
function candlesOf(trades: readonly TradeRow[], days: Map<string, Candles>): CandleRow[] {
  const changed = new Map<string, CandleRow>();
  for (const trade of trades) {
    const { symbol } = trade;
    let candles = days.get(symbol);
    if (candles === undefined) days.set(symbol, candles = createCandles());
    addToCandle(candles, { ...trade, exchange: "HOSE" });
    const minute = Math.floor(vnSecondOfDay(trade.exchangeMs) / 60);
    changed.set(`${symbol} ${minute}`, { ...candleOf(candles, minute)!, symbol });
  }
  return [...changed.values()];
}
