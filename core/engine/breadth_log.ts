import { appendEntry } from "../analytics/entry_log.ts";
import { BREADTH_INDICES } from "../wire/index_breadth.ts";
import { LOG_MAX, type LogEntryOf } from "../wire/log.ts";
import { breadthOf } from "./index_view.ts";
import type { EngineState } from "./state.ts";

/** Writes down value and breadth of each board's index at the end of a minute in which they moved. */
export function logBreadth(state: EngineState, endMs: number): void {
  for (const id of BREADTH_INDICES) {
    const index = state.market.indices.get(id);
    const valueE2 = index?.event.valueE2 ?? null;
    // What the feed sends before its board has begun matching is yesterday's.
    if (index === undefined || index.highE2 === null || valueE2 === null) continue;
    const [up, same, down, ceilings, floors] = breadthOf(state, id);
    const entry = [endMs, id, valueE2, up, same, down, ceilings, floors] as const;
    const { breadth } = state.market.logs;
    const before = breadth.entries.findLast(([, of]) => of === id);
    if (before !== undefined && isSame(before, entry)) continue;
    appendEntry(breadth, entry, LOG_MAX.breadth);
  }
}

function isSame(a: LogEntryOf["breadth"], b: LogEntryOf["breadth"]): boolean {
  return a.every((value, at) => at === 0 || value === b[at]);
}
