import type { ForeignEvent } from "../market/event.ts";
import type { Change } from "./change.ts";
import type { IgnoredReason } from "./counters.ts";
import type { EngineState, Instrument } from "./state.ts";

/** Takes a message about the foreign flow of a security. */
export function applyForeign(
  _state: EngineState,
  instrument: Instrument,
  event: ForeignEvent,
  changes: Change[],
): IgnoredReason | null {
  if (instrument.foreign !== null && event.exchangeMs < instrument.foreign.exchangeMs) {
    return "older-time";
  }
  instrument.foreign = event;
  instrument.changedMs = Math.max(instrument.changedMs, event.exchangeMs);
  changes.push({ kind: "instrument", symbol: instrument.symbol });
  changes.push({ kind: "foreign", symbol: instrument.symbol });
  return null;
}
