import { addToCandle } from "../analytics/candles.ts";
import type { Change, TradeChange } from "./change.ts";
import type { EngineState, Instrument } from "./state.ts";

/** What follows from a counted trade: candle, basis, alerts. */
export function afterTrade(
  _state: EngineState,
  instrument: Instrument,
  trade: TradeChange,
  _changes: Change[],
): void {
  addToCandle(instrument.candles, trade);
}
