import type { MinuteBar } from "../../feed/history_rows.ts";
import { vnInstantMs } from "../../market/time.ts";
import { valueVnd } from "../../market/units.ts";
import type { Dated } from "../../port/backfill.ts";
import type { CandleRow, IndexCandleRow } from "../../port/store.ts";

/**
 * Candles of a security's minutes. Cumulative volume is the sum of the day's bars; the side of a
 * trade is not known, and the value is that of the volume at the mean of high, low and close.
 */
export function candlesOf(bars: readonly MinuteBar[], isFuture: boolean): Dated<CandleRow>[] {
  return byDay(bars).flatMap((day) => {
    let total = 0;
    return day.filter(({ volume }) => volume > 0).map((bar) => {
      const { symbol, tradingDate, openE2, highE2, lowE2, closeE2, volume } = bar;
      const fromVolume = total;
      total += volume;
      const meanE2 = Math.round((highE2 + lowE2 + closeE2) / 3);
      return {
        symbol,
        tradingDate,
        minute: minuteOf(bar),
        openE2,
        highE2,
        lowE2,
        closeE2,
        buy: 0,
        sell: 0,
        none: volume,
        valueVnd: valueVnd(meanE2, volume, isFuture),
        fromVolume,
        toVolume: total,
      };
    });
  });
}

/** Candles of an index's minutes, each from the start of its minute to its last value. */
export function indexCandlesOf(bars: readonly MinuteBar[]): Dated<IndexCandleRow>[] {
  return byDay(bars).flatMap((day) => {
    let total = 0;
    return day.map((bar) => {
      const { symbol, tradingDate, openE2, highE2, lowE2, closeE2, volume } = bar;
      const minuteMs = vnInstantMs(tradingDate, minuteOf(bar) * 60);
      const openVolume = total;
      total += volume;
      return {
        code: symbol,
        tradingDate,
        minuteMs,
        openE2,
        highE2,
        lowE2,
        closeE2,
        openMs: minuteMs,
        openVolume,
        closeMs: vnInstantMs(tradingDate, bar.lastSecond),
        closeVolume: total,
      };
    });
  });
}

/** The bars of each day in order of time; those of one minute become one. */
function byDay(bars: readonly MinuteBar[]): MinuteBar[][] {
  const days = Map.groupBy(bars, ({ tradingDate }) => tradingDate);
  return [...days.values()].map((day) => {
    const minutes: MinuteBar[] = [];
    for (const bar of day.toSorted((a, b) => a.lastSecond - b.lastSecond)) {
      const held = minutes.at(-1);
      if (held === undefined || minuteOf(held) !== minuteOf(bar)) minutes.push(bar);
      else minutes[minutes.length - 1] = joinBars(held, bar);
    }
    return minutes;
  });
}

function joinBars(first: MinuteBar, last: MinuteBar): MinuteBar {
  return {
    ...last,
    openE2: first.openE2,
    highE2: Math.max(first.highE2, last.highE2),
    lowE2: Math.min(first.lowE2, last.lowE2),
    volume: first.volume + last.volume,
  };
}

function minuteOf({ lastSecond }: MinuteBar): number {
  return Math.floor(lastSecond / 60);
}
