import { FLOW_FIELDS, FOREIGN_FIELDS } from "../wire/analytics.ts";
import type { Cell } from "../wire/board.ts";
import type { EngineState } from "./state.ts";

/** Cells of one security's foreign flow in the order of FOREIGN_FIELDS; all null without any. */
export function foreignRow(_state: EngineState, _symbol: string): Cell[] {
  return FOREIGN_FIELDS.map(() => null);
}

/** Scopes that flow is summed over, in row order; a sector that comes up later joins at the end. */
export function flowScopes(_state: EngineState): readonly string[] {
  return ["VN30", "ALL"];
}

/** Cells of one scope in the order of FLOW_FIELDS. */
export function flowRow(_state: EngineState, _scope: string): Cell[] {
  return FLOW_FIELDS.map(() => null);
}
