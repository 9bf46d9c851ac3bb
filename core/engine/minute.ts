import { settleBasis } from "./basis.ts";
import { archiveWhenOver } from "./archive.ts";
import type { Change } from "./change.ts";
import { agePace } from "./foreign.ts";
import { settleIntraday } from "./index_value.ts";
import { ageLimits } from "./limits.ts";
import { refreshBoards } from "./session.ts";
import { checkDrifts } from "./session_alerts.ts";
import type { EngineState } from "./state.ts";

/** How far a message may lag behind the newest exchange time and still be in a series of points. */
const SETTLE_MS = 5_000;

/** What is looked at once a minute of exchange time. */
export function onMinute(state: EngineState, exchangeMs: number, changes: Change[]): void {
  const { market } = state;
  refreshBoards(state, exchangeMs, changes);
  agePace(state, exchangeMs, changes);
  ageLimits(state, exchangeMs, changes);
  settleIntraday(state, exchangeMs - SETTLE_MS);
  settleBasis(state, exchangeMs - SETTLE_MS, changes);
  // Once a minute at most: at the start of a day every security brings its own.
  if (market.referenceMoved) changes.push({ kind: "reference" });
  market.referenceMoved = false;
  checkDrifts(state, exchangeMs, changes);
  archiveWhenOver(state, exchangeMs, changes);
}
