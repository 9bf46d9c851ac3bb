import { VOLUME_FIELDS } from "../wire/analytics.ts";
import type { Cell } from "../wire/board.ts";
import type { EngineState } from "./state.ts";

/** Cells of one security's volumes in the order of VOLUME_FIELDS; all null before any trading. */
export function volumeRow(_state: EngineState, _symbol: string): Cell[] {
  return VOLUME_FIELDS.map(() => null);
}
