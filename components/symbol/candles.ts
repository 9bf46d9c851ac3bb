import { vnInstantMs, vnSecondOfDay } from "../../core/market/time.ts";
import type { Trade, TradeSide } from "./trade.ts";

/** Trading of a security in some minutes. Prices are VND or points. */
export interface Bar {
  /** Its first instant, Unix ms. */
  readonly atMs: number;
  readonly open: number;
  readonly high: number;
  readonly low: number;
  readonly close: number;
  /** Shares or contracts of the trades that were counted. */
  readonly volume: number;
  /** Of it by active side; null where the source does not tell. */
  readonly buy: number | null;
  readonly sell: number | null;
  /** Sum of price times volume. */
  readonly turnover: number;
}

const MINUTE_MS = 60_000;
/** A midnight of Viet Nam; all others are whole days away from it. */
const MIDNIGHT_MS = vnInstantMs("1970-01-01", 0);
const NOON_S = 12 * 3_600;

/** The first instant of the bar of `minutes` minutes that an instant is in, counted from midnight. */
export function barStartMs(instantMs: number, minutes: number): number {
  const lengthMs = minutes * MINUTE_MS;
  return MIDNIGHT_MS + Math.floor((instantMs - MIDNIGHT_MS) / lengthMs) * lengthMs;
}

/** Minute bars of some trades; what is first and last in a minute is said by the total volume. */
export function barsOfTrades(trades: readonly Trade[]): Bar[] {
  const byMinute = Map.groupBy(trades, ({ timeMs }) => barStartMs(timeMs, 1));
  return [...byMinute].sort(([a], [b]) => a - b).map(([atMs, held]) => {
    const sorted = held.toSorted((a, b) => a.total - b.total);
    const volumeOf = (side: TradeSide) =>
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
 * Minutes of a day from those known so far and the newest trades. A minute whose trades are all at
 * hand is counted from them, so nothing is counted twice; of the one in which they begin, the fuller
 * of two states is taken. `areAll`: the trades are all that stand.
 */
export function minutesOfDay(
  known: readonly Bar[],
  trades: readonly Trade[],
  areAll: boolean,
): readonly Bar[] {
  const counted = barsOfTrades(trades);
  if (areAll) return counted;
  // A late trade may be of a minute long before; behind the first on time none is missing.
  const first = trades.find(({ isLate }) => !isLate);
  if (first === undefined) return known;
  const firstMs = barStartMs(first.timeMs, 1);
  const bars = new Map(known.filter(({ atMs }) => atMs <= firstMs).map((bar) => [bar.atMs, bar]));
  for (const bar of counted) {
    const held = bars.get(bar.atMs);
    if (held === undefined) bars.set(bar.atMs, bar);
    else if (bar.atMs === firstMs) bars.set(bar.atMs, fuller(held, bar));
  }
  return [...bars.values()].sort((a, b) => a.atMs - b.atMs);
}

/** Of one minute: `early` has its first trades, `late` its last ones, and both those between. */
function fuller(early: Bar, late: Bar): Bar {
  return {
    ...(early.volume > late.volume ? early : late),
    open: early.open,
    high: Math.max(early.high, late.high),
    low: Math.min(early.low, late.low),
    close: late.close,
  };
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
    volume: held.reduce((sum, { volume }) => sum + volume, 0),
    buy: sumOf(held.map(({ buy }) => buy)),
    sell: sumOf(held.map(({ sell }) => sell)),
    turnover: held.reduce((sum, { turnover }) => sum + turnover, 0),
  }));
}

/** What is not known of one part is not known of the whole. */
function sumOf(parts: readonly (number | null)[]): number | null {
  return parts.reduce((sum, part) => sum === null || part === null ? null : sum + part, 0);
}

/** Volume-weighted average price of the newest day at the end of each of its bars. */
export function vwapOf(bars: readonly Bar[]): { readonly atMs: number; readonly value: number }[] {
  const last = bars.at(-1);
  if (last === undefined) return [];
  const dayMs = barStartMs(last.atMs, 1_440);
  let volume = 0;
  let turnover = 0;
  return bars.filter(({ atMs }) => atMs >= dayMs).flatMap((bar) => {
    volume += bar.volume;
    turnover += bar.turnover;
    return volume === 0 ? [] : [{ atMs: bar.atMs, value: turnover / volume }];
  });
}

/** First instants of the bars that begin a day or an afternoon; the axis leaves no gap there. */
export function sessionBreaks(bars: readonly Bar[]): { atMs: number; isDay: boolean }[] {
  return bars.flatMap(({ atMs }, at) => {
    const before = bars[at - 1];
    if (before === undefined) return [];
    const isDay = barStartMs(before.atMs, 1_440) !== barStartMs(atMs, 1_440);
    const isLunch = vnSecondOfDay(before.atMs) < NOON_S && vnSecondOfDay(atMs) >= NOON_S;
    return isDay || isLunch ? [{ atMs, isDay }] : [];
  });
}
