import { useEffect, useState } from "preact/hooks";
import type { LiveLink } from "../live/link.ts";
import { pageClient } from "../live/page_client.ts";
import { askRest } from "../live/rest.ts";
import type { PriceVolume } from "./volume_prices.ts";

const RENEW_MS = 30_000;

/**
 * Volume at price of a day as the database has it, highest price first. `away`: the server keeps
 * none; `failed`: it cannot be read now.
 */
export interface StoredPrices {
  readonly state: "pending" | "ready" | "away" | "failed";
  readonly prices: readonly PriceVolume[];
}

interface VolumePricesOptions {
  readonly symbol: string;
  readonly date: string;
  /** The earlier minute that the page shows, `2026-11-25T10:42`; null for now. */
  readonly at: string | null;
  /** Whether the server keeps history at all. */
  readonly hasStore: boolean;
}

/** Reads the volume at price of a day, again now and then while the page is in sight. */
export function useVolumePrices(
  link: LiveLink,
  { symbol, date, at, hasStore }: VolumePricesOptions,
): StoredPrices {
  const state = hasStore ? "pending" : "away";
  const [stored, setStored] = useState<StoredPrices>({ state, prices: [] });
  useEffect(() => {
    if (!hasStore) return;
    const ended = new AbortController();
    const end = at === null ? date : `${at}:00%2B07:00`;
    const path = `/api/history/${symbol}/volume-prices?order=desc&start=${date}&end=${end}`;
    const read = () => {
      if (document.hidden || pageClient(link).isPaused.peek()) return;
      askRest<{ prices: readonly PriceRow[] }>(link, path, ended.signal).then((answer) => {
        setStored(
          answer === null
            ? { state: "failed", prices: [] }
            : { state: "ready", prices: answer.prices.map(toVolume) },
        );
      }, (error) => {
        // What the effect itself has ended is no failure.
        if (!ended.signal.aborted) throw error;
      });
    };
    read();
    const timer = at === null ? setInterval(read, RENEW_MS) : undefined;
    return () => {
      clearInterval(timer);
      ended.abort();
    };
  }, [date, at]);
  return stored;
}

/** A row of `/api/history/{symbol}/volume-prices`. */
interface PriceRow {
  readonly price: number;
  readonly mua_chu_dong_volume: number;
  readonly ban_chu_dong_volume: number;
  readonly neutral_volume: number;
}

function toVolume(row: PriceRow): PriceVolume {
  return {
    price: row.price,
    buy: row.mua_chu_dong_volume,
    sell: row.ban_chu_dong_volume,
    none: row.neutral_volume,
  };
}
