import { entriesFrom, type EntryLog, nextNumber } from "../analytics/entry_log.ts";
import { LOG_MAX, type LogName, type LogSlice } from "../wire/log.ts";
import type { EngineState } from "./state.ts";

/** Number that the next entry of a log will have; it falls back to 0 with a new trading day. */
export function logNext(state: EngineState, name: LogName): number {
  return nextNumber(logOf(state, name));
}

/** Entries of a log from a number on, as many as the log keeps. */
export function logFrom<Name extends LogName>(
  state: EngineState,
  name: Name,
  from: number,
): LogSlice<Name> {
  return { name, ...entriesFrom(logOf(state, name), from, LOG_MAX[name]) } as LogSlice<Name>;
}

function logOf(state: EngineState, name: LogName): EntryLog<unknown> {
  return state.market.logs[name];
}
