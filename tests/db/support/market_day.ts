import { addToCandle, type CandleTrade, createCandles } from "../../../core/analytics/candles.ts";
import { candleOf, forEachCandle } from "../../../core/analytics/candles.ts";
import { addIndexTick, createIndexCandles } from "../../../core/analytics/index_candles.ts";
import { vnInstantMs } from "../../../core/market/time.ts";
import type {
  CandleRow,
  ForeignRow,
  IndexCandleRow,
  IndexRow,
  StoreRows,
  StoreTable,
} from "../../../core/port/store.ts";
import { DATE } from "./batches.ts";

/** One row on its way, with the table that it is for. */
export type TableRow = {
  readonly [T in StoreTable]: readonly [T, StoreRows[T][number]];
}[StoreTable];

/** What the engine sent on a made-up day, in its order, and what a store must hold in the end. */
export interface MarketDay {
  readonly sent: readonly TableRow[];
  readonly candles: readonly CandleRow[];
  readonly indexCandles: readonly IndexCandleRow[];
  readonly foreign: readonly ForeignRow[];
  readonly indices: readonly IndexRow[];
}

const OPEN_MS = vnInstantMs(DATE, 9 * 3600);
const STEPS = 60;
/** Three minutes, so that each candle has many states. */
const DAY_S = 180;

/** A day of two securities and two indices, whose messages come late now and then. */
export function marketDay(draw: () => number): MarketDay {
  const parts = ["AAA", "BBB"].map((symbol) => securityDay(symbol, draw));
  const boards = ["VN30", "VNINDEX"].map((code) => indexDay(code, draw));
  return {
    sent: [...parts, ...boards].flatMap(({ sent }) => sent),
    candles: parts.flatMap(({ candles }) => candles),
    foreign: parts.flatMap(({ foreign }) => foreign),
    indexCandles: boards.flatMap(({ candles }) => candles),
    indices: boards.flatMap(({ snapshots }) => snapshots),
  };
}

function securityDay(symbol: string, draw: () => number) {
  const sent: TableRow[] = [];
  const candles = createCandles();
  const foreign: ForeignRow[] = [];
  let totalVolume = 0;
  const trades = Array.from({ length: STEPS }, (_, i): CandleTrade => {
    const volume = 100 * Math.ceil(20 * draw());
    totalVolume += volume;
    return {
      ...{
        exchange: "HOSE",
        exchangeMs: timeOf(i),
        priceE2: 100 * Math.ceil(500 * draw()),
        volume,
        totalVolume,
      },
      ...{ side: draw() < 0.4 ? "buy" : draw() < 0.6 ? "sell" : "none", reason: "flag" },
    };
  });
  for (const trade of disordered(trades, draw)) {
    addToCandle(candles, trade);
    const { exchangeMs } = trade;
    sent.push(["trades", {
      ...{ ...trade, symbol, method: "feed", reason: "flag", feedSide: null },
      ...{ phase: "continuous", late: false },
    }]);
    const minute = Math.floor((exchangeMs - vnInstantMs(DATE, 0)) / 60_000);
    sent.push(["candles", { ...candleOf(candles, minute)!, symbol }]);
    const flow = trade.totalVolume;
    foreign.push({
      ...{ symbol, exchangeMs, buyVolume: flow, sellVolume: 2 * flow, buyValueVnd: 3 * flow },
      ...{ sellValueVnd: 4 * flow, currentRoom: flow % 3 === 0 ? null : 9_000_000 - flow },
      totalRoom: 9_000_000,
    });
  }
  for (const row of foreign) sent.push(["foreign", row]);
  const minutes: CandleRow[] = [];
  forEachCandle(candles, (candle) => minutes.push({ ...candle, symbol }));
  return { sent, candles: minutes, foreign };
}

function indexDay(code: string, draw: () => number) {
  const sent: TableRow[] = [];
  const candles = createIndexCandles();
  const snapshots: IndexRow[] = [];
  const times = Array.from(
    { length: STEPS },
    (_, i) => ({ exchangeMs: timeOf(i), volume: 50 * i }),
  );
  for (const { exchangeMs, volume } of disordered(times, draw)) {
    const valueE2 = 100_000 + (volume * 7_919) % 3_000;
    addIndexTick(candles, exchangeMs, valueE2, volume);
    for (const candle of candles) sent.push(["indexCandles", { ...candle, code }]);
    snapshots.push({
      ...{ code, exchangeMs, valueE2, volume, valueVnd: 10 * volume, advances: volume % 30 },
      ...{ referenceE2: volume % 4 === 0 ? null : 99_000, noChanges: 1, declines: 2 },
      ...{ ceilings: 3, floors: 4 },
    });
  }
  for (const row of snapshots) sent.push(["indices", row]);
  return { sent, candles: candles.map((candle) => ({ ...candle, code })), snapshots };
}

/** Three messages share a second. */
function timeOf(step: number): number {
  return OPEN_MS + Math.floor(step / 3) * (DAY_S / STEPS) * 3_000;
}

/** Some messages come late. */
function disordered<T>(messages: readonly T[], draw: () => number): T[] {
  return messages.map((message, i) => ({ message, at: i + (draw() < 0.2 ? 8 * draw() : 0) }))
    .sort((a, b) => a.at - b.at).map(({ message }) => message);
}
