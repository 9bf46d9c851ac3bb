import { AUCTION_STEP_MS } from "../wire/auction_path.ts";
import { PRICE_STEP_MS } from "../wire/sparklines.ts";
import { logAuction } from "./auction_path.ts";
import { logBreadth } from "./breadth_log.ts";
import { closePriceStep } from "./price_path.ts";
import type { EngineState } from "./state.ts";

const MINUTE_MS = 60_000;

/**
 * Ends the steps of the day that a message is the first one after, before it is taken: what they
 * write down is the market as it was, whenever the next message comes.
 */
export function closeSteps(state: EngineState, exchangeMs: number): void {
  const { asOfMs } = state.market;
  if (asOfMs === null || exchangeMs <= asOfMs) return;
  const auctionEndMs = endOfStep(asOfMs, AUCTION_STEP_MS);
  if (exchangeMs < auctionEndMs) return;
  logAuction(state, auctionEndMs);
  const minuteEndMs = endOfStep(asOfMs, MINUTE_MS);
  if (exchangeMs < minuteEndMs) return;
  logBreadth(state, minuteEndMs);
  const priceEndMs = endOfStep(asOfMs, PRICE_STEP_MS);
  if (exchangeMs >= priceEndMs) closePriceStep(state, priceEndMs);
}

function endOfStep(atMs: number, stepMs: number): number {
  return Math.floor(atMs / stepMs) * stepMs + stepMs;
}
