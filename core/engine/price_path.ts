import { appendEntry } from "../analytics/entry_log.ts";
import { LOG_MAX } from "../wire/log.ts";
import type { EngineState } from "./state.ts";

/**
 * Writes down the prices that moved in a step of the day which ends. All of them make one entry: an
 * entry for each would make the log ten times as large on the bus.
 */
export function closePriceStep({ market }: EngineState, endMs: number): void {
  const moved: [symbol: string, priceE2: number][] = [];
  for (const { symbol, lastE2 } of market.instruments.values()) {
    if (lastE2 === null || lastE2 === market.pathsE2.get(symbol)) continue;
    market.pathsE2.set(symbol, lastE2);
    moved.push([symbol, lastE2]);
  }
  if (moved.length === 0) return;
  // The state does not depend on which security was heard of first.
  moved.sort(([a], [b]) => a < b ? -1 : 1);
  const symbols = moved.map(([symbol]) => symbol);
  const pricesE2 = moved.map(([, priceE2]) => priceE2);
  appendEntry(market.logs.prices, [endMs, symbols, pricesE2], LOG_MAX.prices);
}
