import type { Change } from "../../core/engine/change.ts";
import type { EngineState } from "../../core/engine/state.ts";
import { step } from "../../core/engine/step.ts";
import type { MarketEvent } from "../../core/market/event.ts";
import { vnSecondOfDay } from "../../core/market/time.ts";

const HOUR_MS = 3_600_000;
/** Messages come until half past three; one of a later hour is wrong, and is left to the engine. */
const LAST_SECOND = 15.5 * 3_600;

/**
 * Steps an engine. Where a test of few securities skips hours of the day, a security that nobody looks
 * at has spoken meanwhile: the engine does not believe one message that is hours ahead of all others.
 */
export function stepOn(state: EngineState, event: MarketEvent): readonly Change[] {
  const { asOfMs, tradingDate } = state.market;
  if ("tradingDate" in event && event.tradingDate === tradingDate && asOfMs !== null) {
    const isSkip = event.exchangeMs - asOfMs > 2 * HOUR_MS;
    if (isSkip && vnSecondOfDay(event.exchangeMs) <= LAST_SECOND) pass(state, asOfMs, event);
  }
  return step(state, event);
}

function pass(
  state: EngineState,
  fromMs: number,
  event: Extract<MarketEvent, { tradingDate: string }>,
): void {
  for (let atMs = fromMs + 2 * HOUR_MS; atMs < event.exchangeMs; atMs += 2 * HOUR_MS) {
    step(state, {
      kind: "odd-lot",
      symbol: "TIME",
      tradingDate: event.tradingDate,
      exchangeMs: atMs,
      exchange: null,
      lastE2: null,
      lastVolume: 0,
      bids: [],
      asks: [],
    });
  }
}
