import type { Change } from "./change.ts";
import { agePace } from "./foreign.ts";
import { refreshBoards } from "./session.ts";
import type { EngineState } from "./state.ts";

/** What is looked at once a minute of exchange time. */
export function onMinute(state: EngineState, exchangeMs: number, changes: Change[]): void {
  refreshBoards(state, exchangeMs, changes);
  agePace(state, exchangeMs, changes);
}
