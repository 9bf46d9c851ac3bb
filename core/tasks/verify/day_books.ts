import { crc32 } from "node:zlib";
import type { CandleRow, StoreBatch, TradeRow } from "../../port/store.ts";

/** The trades of a security and day in three numbers; the order does not matter. */
export interface TradeSum {
  readonly trades: number;
  readonly volume: number;
  /** Sum over a checksum of every column of every trade. */
  readonly checksum: number;
}

/** What the journal of a day says that the store must hold. */
export interface DayBooks {
  readonly trades: ReadonlyMap<string, TradeSum>;
  /** By symbol and minute. */
  readonly candles: ReadonlyMap<string, ReadonlyMap<number, CandleRow>>;
  /** Hash of the state that the session was archived in; null for one that was not. */
  readonly stateHash: string | null;
}

/** A trade as the database gives it back. */
type Trade = Omit<TradeRow, "symbol">;

const NOTHING: TradeSum = { trades: 0, volume: 0, checksum: 0 };

/** Adds up trades of one security. */
export function sumTrades(trades: Iterable<Trade>, sum: TradeSum = NOTHING): TradeSum {
  let { trades: count, volume, checksum } = sum;
  for (const trade of trades) {
    count++;
    volume += trade.volume;
    checksum += crc32(textOf(trade));
  }
  return { trades: count, volume, checksum };
}

/** Reads the batches of a whole day into books. */
export async function readBooks(
  batches: AsyncIterable<StoreBatch>,
  onBatch: (batch: StoreBatch) => void,
): Promise<DayBooks> {
  const trades = new Map<string, TradeSum>();
  const candles = new Map<string, Map<number, CandleRow>>();
  let stateHash: string | null = null;
  for await (const batch of batches) {
    for (const symbol of batch.voided) {
      trades.delete(symbol);
      candles.delete(symbol);
    }
    for (const trade of batch.rows.trades) {
      trades.set(trade.symbol, sumTrades([trade], trades.get(trade.symbol)));
    }
    for (const candle of batch.rows.candles) {
      let minutes = candles.get(candle.symbol);
      if (minutes === undefined) candles.set(candle.symbol, minutes = new Map());
      minutes.set(candle.minute, candle);
    }
    stateHash = batch.rows.sessions.at(-1)?.stateHash ?? stateHash;
    onBatch(batch);
  }
  return { trades, candles, stateHash };
}

function textOf(trade: Trade): string {
  const { exchangeMs, totalVolume, volume, priceE2 } = trade;
  const { side, method, reason, feedSide, phase, late } = trade;
  return [exchangeMs, totalVolume, volume, priceE2, side, method, reason, feedSide, phase, late]
    .join();
}
