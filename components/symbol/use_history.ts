import { useEffect, useState } from "preact/hooks";
import { addDays } from "../../core/market/time.ts";
import { FUTURES_MULTIPLIER_VND } from "../../core/market/units.ts";
import type { LiveLink } from "../live/link.ts";
import { askRest } from "../live/rest.ts";
import type { Bar } from "./candles.ts";
import { daysBackOf, type Interval } from "./intervals.ts";

/** Stored candles of a chart: those of days before, at its interval, and the minutes of today. */
export interface StoredBars {
  readonly state: "loading" | "ready" | "away" | "failed";
  readonly past: readonly Bar[];
  readonly minutes: readonly Bar[];
}

const NOTHING: StoredBars = { state: "loading", past: [], minutes: [] };
const ROWS_MAX = 5_000;

interface HistoryOptions {
  readonly symbol: string;
  readonly isFuture: boolean;
  readonly interval: Interval;
  /** Trading date on which the chart ends. */
  readonly date: string;
  /** The earlier minute that the page shows, `2026-11-25T10:42`; null for now. */
  readonly at: string | null;
}

/** Reads stored candles anew when interval, date or minute change; `again` asks once more. */
export function useHistory(
  link: LiveLink,
  { symbol, isFuture, interval, date, at }: HistoryOptions,
): { readonly stored: StoredBars; readonly again: () => void } {
  const [stored, setStored] = useState(NOTHING);
  const [turn, setTurn] = useState(0);
  useEffect(() => {
    const ended = new AbortController();
    setStored(NOTHING);
    const path = `/api/history/${symbol}/candles?limit=${ROWS_MAX}&interval=`;
    const [from, to] = [addDays(date, -daysBackOf(interval)), addDays(date, -1)];
    // Of an earlier minute the bars before it: that of the minute itself knows what came later.
    const end = at === null ? date : new Date(Date.parse(`${at}:00+07:00`) - 1).toISOString();
    Promise.all([
      askRest<Candles>(link, `${path}${interval}&order=desc&start=${from}&end=${to}`, ended.signal),
      askRest<Candles>(link, `${path}1m&start=${date}&end=${end}`, ended.signal),
    ]).then(([past, today]) => {
      if (!past.ok || !today.ok) {
        const why = past.ok ? (today.ok ? "failed" : today.why) : past.why;
        setStored({ ...NOTHING, state: why });
        return;
      }
      const barOf = (row: CandleRow) => toBar(row, isFuture);
      setStored({
        state: "ready",
        past: past.body.candles.map(barOf).reverse(),
        minutes: today.body.candles.map(barOf),
      });
    }, (error) => {
      // What the effect itself has ended is no failure.
      if (!ended.signal.aborted) throw error;
    });
    return () => ended.abort();
  }, [interval, date, at, turn]);
  return { stored, again: () => setTurn(turn + 1) };
}

interface Candles {
  readonly candles: readonly CandleRow[];
}

/** A row of `/api/history/{symbol}/candles`. */
interface CandleRow {
  readonly timestamp: string;
  readonly open: number;
  readonly high: number;
  readonly low: number;
  readonly close: number;
  readonly volume: number;
  readonly mua_chu_dong_volume: number | null;
  readonly ban_chu_dong_volume: number | null;
  readonly value: number;
}

function toBar(row: CandleRow, isFuture: boolean): Bar {
  const { open, high, low, close, volume } = row;
  return {
    ...{ atMs: Date.parse(row.timestamp), open, high, low, close, volume },
    buy: row.mua_chu_dong_volume,
    sell: row.ban_chu_dong_volume,
    turnover: row.value / (isFuture ? FUTURES_MULTIPLIER_VND : 1),
  };
}
