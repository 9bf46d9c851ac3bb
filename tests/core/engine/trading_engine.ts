import type { MarketEvent } from "../../../core/market/event.ts";
import type { Change, TradeChange } from "../../../core/engine/change.ts";
import { createEngine, type EngineOptions, type Instrument } from "../../../core/engine/state.ts";
import { step } from "../../../core/engine/step.ts";
import { preOpenEvent } from "../../support/trade_events.ts";
import { stepOn } from "../../support/step_on.ts";

/** An engine that has heard the pre-open message of AAA, so that every trade counts. */
export function engine(options: Partial<EngineOptions> = {}) {
  const state = createEngine({ classifier: "feed", symbolsMax: 10, ...options });
  step(state, { kind: "connected" });
  step(state, preOpenEvent());
  const send = (...events: readonly MarketEvent[]): Change[] =>
    events.flatMap((event) => [...stepOn(state, event)]);
  const aaa = (): Instrument => state.market.instruments.get("AAA")!;
  return { state, send, aaa };
}

/** The counted trades among changes. */
export const tradesOf = (changes: readonly Change[]) =>
  changes.filter((change): change is TradeChange => change.kind === "trade");
