import { vnSecondOfDay } from "../market/time.ts";
import type { Candle } from "./candle.ts";
import { type CountedTrade, tradeValueVnd } from "./volume.ts";

/**
 * One-minute candles of one symbol and day, filled by `addToCandle`: one flat list, STRIDE numbers a
 * candle, minutes ascending. A day has 1,440 minutes at most, of which about 275 trade: 24 KB per
 * symbol, and 127 KB if a feed made up a trade for every minute. Times 8,192 symbols, 1 GB at worst.
 */
export interface Candles {
  readonly minutes: number[];
}

/** What a candle needs of a counted trade. */
export interface CandleTrade extends Omit<CountedTrade, "method" | "phase"> {
  readonly exchangeMs: number;
  /** Cumulative volume of the day after the trade. */
  readonly totalVolume: number;
}

/** Numbers per candle, and where each is. */
const STRIDE = 11;
const MINUTE = 0;
const OPEN = 1;
const HIGH = 2;
const LOW = 3;
const CLOSE = 4;
const BUY = 5;
const SELL = 6;
const NONE = 7;
const VALUE = 8;
const FROM = 9;
const TO = 10;

/** No candle yet. */
export function createCandles(): Candles {
  return { minutes: [] };
}

/**
 * Adds one trade to the candle of its minute of exchange time, in place. What is first and last in a
 * minute is decided by cumulative volume and not by arrival, so any order gives the same candles and
 * a late trade finds its place. Costs the same however long the day is, but for a late first trade
 * of a minute.
 */
export function addToCandle({ minutes }: Candles, trade: CandleTrade): void {
  const minute = Math.floor(vnSecondOfDay(trade.exchangeMs) / 60);
  const at = placeOf(minutes, minute);
  if (minutes[at] !== minute) openCandle(minutes, at, minute, trade);
  addTrade(minutes, at, trade);
}

/**
 * Forgets all candles, in place. A re-based tape counts from zero again and nobody says which trades
 * were taken back, so the candles of the day start over with it.
 */
export function clearCandles({ minutes }: Candles): void {
  minutes.length = 0;
}

/** Number of candles. */
export function candleCount({ minutes }: Candles): number {
  return minutes.length / STRIDE;
}

/** The candle at a position, 0 being the earliest; null when there is none. */
export function candleAt({ minutes }: Candles, index: number): Candle | null {
  const at = index * STRIDE;
  const value = (offset: number) => minutes[at + offset]!;
  return minutes[at] === undefined ? null : {
    minute: value(MINUTE),
    openE2: value(OPEN),
    highE2: value(HIGH),
    lowE2: value(LOW),
    closeE2: value(CLOSE),
    buy: value(BUY),
    sell: value(SELL),
    none: value(NONE),
    valueVnd: value(VALUE),
    fromVolume: value(FROM),
    toVolume: value(TO),
  };
}

/** The candle of a minute since midnight in Viet Nam; null when nothing traded in it. */
export function candleOf(candles: Candles, minute: number): Candle | null {
  const candle = candleAt(candles, placeOf(candles.minutes, minute) / STRIDE);
  return candle?.minute === minute ? candle : null;
}

/** Calls `visit` with every candle from the minute `fromMinute` on, earliest first. */
export function forEachCandle(
  candles: Candles,
  visit: (candle: Candle) => void,
  fromMinute = 0,
): void {
  const first = placeOf(candles.minutes, fromMinute) / STRIDE;
  for (let i = first; i < candleCount(candles); i++) visit(candleAt(candles, i)!);
}

/** Where the candle of a minute is, or belongs; nearly every trade is of the newest minute. */
function placeOf(minutes: readonly number[], minute: number): number {
  const newest = minutes.length - STRIDE;
  if (newest < 0 || minutes[newest]! < minute) return minutes.length;
  if (minutes[newest] === minute) return newest;
  let low = 0;
  let high = newest / STRIDE;
  while (low < high) {
    const middle = (low + high) >>> 1;
    if (minutes[middle * STRIDE]! >= minute) high = middle;
    else low = middle + 1;
  }
  return low * STRIDE;
}

/** Puts a candle of no volume at the price of its first trade where a minute has none. */
function openCandle(minutes: number[], at: number, minute: number, trade: CandleTrade): void {
  const { priceE2, volume, totalVolume } = trade;
  const prices = [priceE2, priceE2, priceE2, priceE2];
  const empty = [minute, ...prices, 0, 0, 0, 0, totalVolume - volume, totalVolume];
  if (at === minutes.length) minutes.push(...empty);
  else minutes.splice(at, 0, ...empty);
}

function addTrade(minutes: number[], at: number, trade: CandleTrade): void {
  const { priceE2, side, volume, totalVolume } = trade;
  if (priceE2 > minutes[at + HIGH]!) minutes[at + HIGH] = priceE2;
  if (priceE2 < minutes[at + LOW]!) minutes[at + LOW] = priceE2;
  minutes[at + (side === "buy" ? BUY : side === "sell" ? SELL : NONE)]! += volume;
  minutes[at + VALUE]! += tradeValueVnd(trade);
  if (totalVolume - volume < minutes[at + FROM]!) {
    minutes[at + FROM] = totalVolume - volume;
    minutes[at + OPEN] = priceE2;
  }
  if (totalVolume > minutes[at + TO]!) {
    minutes[at + TO] = totalVolume;
    minutes[at + CLOSE] = priceE2;
  }
}
