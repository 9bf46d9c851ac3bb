import { DERIVATIVE_FIELDS } from "../wire/analytics.ts";
import type { Cell } from "../wire/board.ts";
import type { EngineState } from "./state.ts";

/** What the fair value of a future is computed with; settings of the operator, all in per cent. */
export interface CarryTerms {
  /** Interest rate per year. */
  readonly ratePct: number;
  /** Dividend yield per year. */
  readonly dividendPct: number;
  /** Cost of one round trip, as a share of the index: half the width of the band. */
  readonly costPct: number;
}

/** Cells of one future in the order of DERIVATIVE_FIELDS; all null for one that is not known. */
export function derivativeRow(_state: EngineState, _symbol: string, _terms: CarryTerms): Cell[] {
  return DERIVATIVE_FIELDS.map(() => null);
}
