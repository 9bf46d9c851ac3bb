import fc from "fast-check";
import type { MarketEvent, TradeEvent } from "../../core/market/event.ts";
import { formatVnTime, parseVnTime } from "../../core/market/time.ts";
import { preOpenRecord, quoteRecord, statusRecord, tradeRecord } from "../support/ssi_frames.ts";
import { frame, INIT_FRAME } from "../support/ssi_frames.ts";
import { at, tradeEvent } from "../support/trade_events.ts";

/** What is drawn for one trade of a day. */
export interface DrawnTrade {
  readonly lots: number;
  readonly ticks: number;
  readonly seconds: number;
  readonly side: TradeEvent["side"];
}

/** Draws the trades of one symbol: sizes, price moves, pauses and flags. */
export const drawnTrades = (max: number): fc.Arbitrary<DrawnTrade[]> =>
  fc.array(
    fc.record({
      lots: fc.integer({ min: 1, max: 50 }),
      ticks: fc.integer({ min: -3, max: 3 }),
      seconds: fc.integer({ min: 0, max: 3 }),
      side: fc.constantFrom("buy", "sell", null),
    }),
    { minLength: 1, maxLength: max },
  );

/** The messages of a day without loss, from 10:00:00 on, as the decoder gives them. */
export function tradesOfDay(drawn: readonly DrawnTrade[], symbol = "AAA"): TradeEvent[] {
  let exchangeMs = at("10:00:00");
  let totalVolume = 0;
  let totalValueVnd = 0;
  let lastE2 = 1_000_000;
  return drawn.map(({ lots, ticks, seconds, side }) => {
    const lastVolume = lots * 100;
    exchangeMs += seconds * 1_000;
    lastE2 += ticks * 5_000;
    totalVolume += lastVolume;
    totalValueVnd += lastE2 / 100 * lastVolume;
    return tradeEvent({
      symbol,
      exchangeMs,
      lastE2,
      lastVolume,
      totalVolume,
      totalValueVnd,
      side,
    });
  });
}

/** Total volume of drawn trades. */
export const volumeOf = (drawn: readonly DrawnTrade[]): number =>
  drawn.reduce((sum, { lots }) => sum + lots * 100, 0);

/** Draws a permutation of a list. */
export const shuffled = <T>(list: readonly T[]): fc.Arbitrary<T[]> =>
  fc.shuffledSubarray([...list], { minLength: list.length, maxLength: list.length });

/** The events of a journal, in its order. */
export type Journal = readonly MarketEvent[];

/**
 * Draws raw frames of a stretch of a day in arrival order: two symbols, their books, trades and
 * sessions, and reconnects in between.
 */
export const drawnFrames: fc.Arbitrary<string[]> = fc.array(
  fc.record({
    kind: fc.constantFrom("trade", "trade", "quote", "status", "connect", "merged"),
    symbol: fc.constantFrom("AAA", "BBB"),
    lots: fc.integer({ min: 1, max: 20 }),
    price: fc.integer({ min: 190, max: 210 }),
    seconds: fc.integer({ min: 0, max: 60 }),
    side: fc.constantFrom("BU", "SD", null),
  }),
  { minLength: 1, maxLength: 60 },
).map((drawn) => {
  let second = parseVnTime("09:14:30")!;
  const totals = new Map<string, { volume: number; value: number }>();
  const frames = [INIT_FRAME, ...["AAA", "BBB"].map((Symbol) => frame(preOpenRecord({ Symbol })))];
  for (const { kind, symbol: Symbol, lots, price, seconds, side } of drawn) {
    second += seconds;
    const head = {
      Symbol,
      Time: formatVnTime(second),
      TradingSession: second < parseVnTime("09:15:00")! ? "ATO" : "LO",
    };
    if (kind === "connect") frames.push(INIT_FRAME);
    else if (kind === "status") frames.push(frame(statusRecord(head)));
    else if (kind === "quote") frames.push(frame(quoteRecord(head)));
    else {
      const total = totals.get(Symbol) ?? { volume: 0, value: 0 };
      // A merged match reports only its last fill: the rest is a gap.
      total.volume += lots * (kind === "merged" ? 200 : 100);
      total.value += lots * 100 * price * 50 * (kind === "merged" ? 2 : 1);
      totals.set(Symbol, total);
      frames.push(frame(tradeRecord({
        ...head,
        LastPrice: price * 50,
        LastVol: lots * 100,
        TotalVol: total.volume,
        TotalVal: total.value,
        Side: side,
      })));
    }
  }
  return frames;
});
