import { archiveWhenOver } from "./archive.ts";
import type { Change } from "./change.ts";
import { refreshBoards } from "./session.ts";
import { checkDrifts } from "./session_alerts.ts";
import type { EngineState } from "./state.ts";

/** What is looked at once a minute of exchange time. */
export function onMinute(state: EngineState, exchangeMs: number, changes: Change[]): void {
  refreshBoards(state, exchangeMs, changes);
  checkDrifts(state, exchangeMs, changes);
  archiveWhenOver(state, exchangeMs, changes);
}
