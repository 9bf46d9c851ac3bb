import { useEffect, useState } from "preact/hooks";
import { addDays } from "../../core/market/time.ts";
import { FUTURES_MULTIPLIER_VND } from "../../core/market/units.ts";
import type { LiveLink } from "../live/link.ts";
import { askRest } from "../live/rest.ts";
import type { Bar } from "./candles.ts";
import { daysBackOf, type Interval } from "./intervals.ts";

/** Ms after which history that could not be read is asked for again. */
const ASK_AGAIN_MS = 15_000;

/**
 * Stored candles of a chart: those of days before, at its interval, and the minutes of today. `away`:
 * the server keeps none; `failed`: it cannot be read now.
 */
export interface StoredBars {
  readonly state: "loading" | "ready" | "away" | "failed";
  readonly past: readonly Bar[];
  readonly minutes: readonly Bar[];
}

const LOADING: StoredBars = { state: "loading", past: [], minutes: [] };
const AWAY: StoredBars = { ...LOADING, state: "away" };
const ROWS_MAX = 5_000;

interface HistoryOptions {
  readonly symbol: string;
  readonly isFuture: boolean;
  readonly interval: Interval;
  /** Trading date on which the chart ends. */
  readonly date: string;
  /** The earlier minute that the page shows, `2026-11-25T10:42`; null for now. */
  readonly at: string | null;
  /** Whether the server keeps history at all. */
  readonly hasStore: boolean;
}

/** Reads stored candles anew when interval, date or minute change; `again` asks once more. */
export function useHistory(
  link: LiveLink,
  { symbol, isFuture, interval, date, at, hasStore }: HistoryOptions,
): { readonly stored: StoredBars; readonly again: () => void } {
  const [stored, setStored] = useState(hasStore ? LOADING : AWAY);
  const [turn, setTurn] = useState(0);
  const again = () => setTurn((turns) => turns + 1);
  useEffect(() => {
    if (!hasStore) return;
    const ended = new AbortController();
    let timer: ReturnType<typeof setTimeout> | undefined;
    setStored(LOADING);
    const path = `/api/history/${symbol}/candles?limit=${ROWS_MAX}&interval=`;
    const [from, to] = [addDays(date, -daysBackOf(interval)), addDays(date, -1)];
    // Of an earlier minute the bars before it: that of the minute itself knows what came later.
    const end = at === null ? date : new Date(Date.parse(`${at}:00+07:00`) - 1).toISOString();
    Promise.all([
      askRest<Candles>(link, `${path}${interval}&order=desc&start=${from}&end=${to}`, ended.signal),
      askRest<Candles>(link, `${path}1m&start=${date}&end=${end}`, ended.signal),
    ]).then(([past, today]) => {
      if (past === null || today === null) {
        setStored({ ...LOADING, state: "failed" });
        timer = setTimeout(again, ASK_AGAIN_MS);
        return;
      }
      const barOf = (row: CandleRow) => toBar(row, isFuture);
      setStored({
        state: "ready",
        past: past.candles.map(barOf).reverse(),
        minutes: today.candles.map(barOf),
      });
    }, (error) => {
      // What the effect itself has ended is no failure.
      if (!ended.signal.aborted) throw error;
    });
    return () => {
      clearTimeout(timer);
      ended.abort();
    };
  }, [interval, date, at, turn]);
  return { stored, again };
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
