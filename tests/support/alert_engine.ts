import type { Change } from "../../core/engine/change.ts";
import { createEngine, type EngineOptions } from "../../core/engine/state.ts";

import type { MarketEvent } from "../../core/market/event.ts";
import type { Alert } from "../../core/wire/alert.ts";
import { stepOn } from "./step_on.ts";
import { preOpenEvent, tradeEvent } from "./trade_events.ts";

/** An engine that raises alerts for AAA, BBB and one future, and has heard their pre-open messages. */
export function alertEngine(options: Partial<EngineOptions> = {}) {
  const state = createEngine({ classifier: "feed", symbolsMax: 100, ...options });
  const send = (...events: readonly MarketEvent[]): Change[] =>
    events.flatMap((event) => [...stepOn(state, event)]);
  const alerts = (): readonly Alert[] => state.market.logs.alerts.entries;
  send({ kind: "reference", members: {}, shares: {}, watch: ["AAA", "BBB", "41I1GC000"] });
  send(preOpenEvent(), preOpenEvent({ symbol: "BBB" }));
  send(preOpenEvent({ symbol: "41I1GC000", exchange: "DERIVATIVES" }));
  let totalVolume = 0;
  /** The next trade of AAA. */
  const trade = (changes: Parameters<typeof tradeEvent>[0] & { readonly lastVolume: number }) => {
    totalVolume += changes.lastVolume;
    return tradeEvent({ totalVolume, ...changes });
  };
  return { state, send, alerts, trade };
}

/** The alerts among changes. */
export function alertsOf(changes: readonly Change[]): Alert[] {
  return changes.flatMap((change) => change.kind === "alert" ? [change.alert] : []);
}
