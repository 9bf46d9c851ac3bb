import type { Change } from "./change.ts";
import type { Ingest } from "./ingest.ts";
import type { EngineState } from "./state.ts";

/**
 * Puts a saved ingest into the place of an empty one and says what there is now, for those who
 * publish. The engine stays the same object, and keeps its own options; `saved` is not to be used
 * any more.
 */
export function restoreIngest(ingest: Ingest, saved: Ingest): readonly Change[] {
  const { options } = ingest.engine;
  Object.assign(ingest.engine, saved.engine, { options });
  Object.assign(ingest.counters, saved.counters);
  ingest.lastRefusal = saved.lastRefusal;
  return everythingOf(ingest.engine);
}

function everythingOf({ market }: EngineState): Change[] {
  const changes: Change[] = [{ kind: "reference" }];
  if (market.tradingDate !== null) {
    changes.unshift({ kind: "day", tradingDate: market.tradingDate });
  }
  for (const symbol of market.indices.keys()) changes.push({ kind: "index", symbol });
  for (const { symbol, foreign } of market.instruments.values()) {
    changes.push({ kind: "instrument", symbol });
    if (foreign !== null) changes.push({ kind: "foreign", symbol });
  }
  return changes;
}
