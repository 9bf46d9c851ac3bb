import { addToCandle } from "../analytics/candles.ts";
import { moveByTrade } from "./basis.ts";
import { onTrade } from "./alerts.ts";
import type { Change, TradeChange } from "./change.ts";
import type { EngineState, Instrument } from "./state.ts";

/** What follows from a counted trade: candle, basis, alerts. */
export function afterTrade(
  state: EngineState,
  instrument: Instrument,
  trade: TradeChange,
  changes: Change[],
): void {
  addToCandle(instrument.candles, trade);
  moveByTrade(state, instrument, trade, changes);
  if (trade.exchange !== null) state.market.boards[trade.exchange].trades++;
  onTrade(state, instrument, trade, changes);
}
