import type { Exchange } from "../market/phase.ts";
import type { Security } from "./security.ts";
import { daysBetween } from "./universe.ts";

/** The securities of each board. */
export type Boards = Readonly<Record<Exchange, readonly Security[]>>;

/** Sorts securities by board, in their order. */
export function boardsOf(securities: readonly Security[]): Boards {
  const on = (exchange: Exchange) => securities.filter((s) => s.listing.exchange === exchange);
  return { HOSE: on("HOSE"), HNX: on("HNX"), UPCOM: on("UPCOM"), DERIVATIVES: on("DERIVATIVES") };
}

/** Calendar days that each future has left. */
export function expiries(date: string, futures: readonly Security[]): Map<Security, number> {
  return new Map(
    futures.map((s) => [s, daysBetween(date, s.listing.instrument.lastTradingDate!)]),
  );
}
