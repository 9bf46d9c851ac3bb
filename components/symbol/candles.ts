import { vnDate, vnInstantMs, vnSecondOfDay } from "../../core/market/time.ts";
import type { Trade } from "./trade.ts";

/** Trading of a security, or the way of an index, in some minutes. Prices are VND or points. */
export interface Bar {
  /** Its first instant, Unix ms. */
  readonly atMs: number;
  readonly open: number;
  readonly high: number;
  readonly low: number;
  readonly close: number;
  /** Shares or contracts of the trades that were counted; 0 for an index. */
  readonly volume: number;
  /** Of it by active side; null where the source does not tell. */
  readonly buy: number | null;
  readonly sell: number | null;
  /** Sum of price times volume; null where the source does not tell. */
  readonly turnover: number | null;
}

const MINUTE_MS = 60_000;

/** The first instant of the bar of `minutes` minutes that an instant is in, counted from midnight. */
export function barStartMs(instantMs: number, minutes: number): number {
  const midnightMs = vnInstantMs(vnDate(instantMs), 0);
  const lengthMs = minutes * MINUTE_MS;
  return midnightMs + Math.floor((instantMs - midnightMs) / lengthMs) * lengthMs;
}

/** Minute bars of some trades; what is first and last in a minute is said by the total volume. */
export function barsOfTrades(trades: readonly Trade[]): Bar[] {
  const byMinute = Map.groupBy(trades, ({ timeMs }) => barStartMs(timeMs, 1));
  return [...byMinute].sort(([a], [b]) => a - b).map(([atMs, held]) => {
    const sorted = held.toSorted((a, b) => a.total - b.total);
    const volumeOf = (side: string) =>
      held.reduce((sum, trade) => sum + (trade.side === side ? trade.volume : 0), 0);
    return {
      atMs,
      open: sorted[0]!.price,
      high: held.reduce((max, { price }) => Math.max(max, price), -Infinity),
      low: held.reduce((min, { price }) => Math.min(min, price), Infinity),
      close: sorted.at(-1)!.price,
      volume: held.reduce((sum, { volume }) => sum + volume, 0),
      buy: volumeOf("buy"),
      sell: volumeOf("sell"),
      turnover: held.reduce((sum, { price, volume }) => sum + price * volume, 0),
    };
  });
}

/**
 * Minutes of a day from those that are stored and the newest trades. A minute whose trades are all at
 * hand is counted from them, so nothing is counted twice; `isWhole` says that the trades are all of
 * the day, else their first minute may lack some.
 */
export function minutesOfDay(
  stored: readonly Bar[],
  trades: readonly Trade[],
  isWhole: boolean,
): Bar[] {
  const counted = barsOfTrades(trades);
  const [first] = counted;
  if (first === undefined) return [...stored];
  if (isWhole) return counted;
  // A late trade may be of a minute long before; only from the first arrival on all are at hand.
  const wholeFromMs = barStartMs(trades[0]!.timeMs, 1) + MINUTE_MS;
  const older = stored.filter(({ atMs }) => atMs < wholeFromMs);
  const held = new Set(older.map(({ atMs }) => atMs));
  const newer = counted.filter(({ atMs }) => atMs >= wholeFromMs || !held.has(atMs));
  return [...older, ...newer].sort((a, b) => a.atMs - b.atMs);
}

/** Longer bars out of shorter ones in order. */
export function joinBars(bars: readonly Bar[], minutes: number): Bar[] {
  const byStart = Map.groupBy(bars, ({ atMs }) => barStartMs(atMs, minutes));
  return [...byStart].map(([atMs, held]) => ({
    atMs,
    open: held[0]!.open,
    high: held.reduce((max, { high }) => Math.max(max, high), -Infinity),
    low: held.reduce((min, { low }) => Math.min(min, low), Infinity),
    close: held.at(-1)!.close,
    volume: sumOf(held, "volume") ?? 0,
    buy: sumOf(held, "buy"),
    sell: sumOf(held, "sell"),
    turnover: sumOf(held, "turnover"),
  }));
}

function sumOf(bars: readonly Bar[], key: "volume" | "buy" | "sell" | "turnover"): number | null {
  return bars.reduce<number | null>((sum, bar) => {
    const value = bar[key];
    return sum === null || value === null ? null : sum + value;
  }, 0);
}

/** Volume-weighted average price of the day up to the end of each bar; null before a volume. */
export function vwapOf(bars: readonly Bar[]): (number | null)[] {
  let date = "";
  let volume = 0;
  let turnover: number | null = 0;
  return bars.map((bar) => {
    const barDate = vnDate(bar.atMs);
    if (barDate !== date) [date, volume, turnover] = [barDate, 0, 0];
    volume += bar.volume;
    turnover = turnover === null || bar.turnover === null ? null : turnover + bar.turnover;
    return turnover === null || volume === 0 ? null : turnover / volume;
  });
}

/** Places of the bars that begin a day or an afternoon. */
export function sessionBreaks(bars: readonly Bar[]): { at: number; isDay: boolean }[] {
  return bars.flatMap((bar, at) => {
    const before = bars[at - 1];
    if (before === undefined) return [];
    if (vnDate(before.atMs) !== vnDate(bar.atMs)) return [{ at, isDay: true }];
    const isLunch = isMorning(before.atMs) && !isMorning(bar.atMs);
    return isLunch ? [{ at, isDay: false }] : [];
  });
}

const NOON_S = 12 * 3_600;

function isMorning(instantMs: number): boolean {
  return vnSecondOfDay(instantMs) < NOON_S;
}
