import {
  clearMatched,
  createLimitTrack,
  type LimitMoment,
  takePrices,
  takeTime,
} from "../analytics/limit_queue.ts";
import { limitAt } from "../analytics/price_breakout.ts";
import type { TradeEvent } from "../market/event.ts";
import type { Exchange } from "../market/phase.ts";
import type { Change } from "./change.ts";
import { isMatching, matchedSeconds } from "./matching_clock.ts";
import type { EngineState, Instrument } from "./state.ts";

/** Looks whether a security stands at a limit, after a message of it was taken. */
export function followLimit(state: EngineState, instrument: Instrument, exchangeMs: number): void {
  const { exchange, limit } = instrument;
  // Without a board there is no clock of matching. Most securities are nowhere near a limit.
  if (exchange === null) return;
  if (limit === null && limitAt(instrument.lastE2, instrument) === null) return;
  const at = momentOf(state, exchange, exchangeMs);
  takePrices(instrument.limit ??= createLimitTrack(), instrument, at);
}

/** Adds a counted trade to the volume matched at a limit, when it was matched there. */
export function countAtLimit(instrument: Instrument, event: TradeEvent, volume: number): void {
  const limit = limitAt(event.lastE2, {
    ceilingE2: event.ceilingE2 ?? instrument.ceilingE2,
    floorE2: event.floorE2 ?? instrument.floorE2,
  });
  if (limit === null) return;
  const track = instrument.limit ??= createLimitTrack();
  track[limit].matched += volume;
}

/** Forgets what was matched at the limits of a security whose tape was re-based. */
export function clearLimitVolumes({ limit }: Instrument): void {
  if (limit !== null) clearMatched(limit);
}

/** Once a minute: the time at a limit goes on without a message. */
export function ageLimits(state: EngineState, exchangeMs: number, changes: Change[]): void {
  for (const { symbol, exchange, limit } of state.market.instruments.values()) {
    if (exchange === null || limit === null || limit.limit === null) continue;
    const seconds = matchedSeconds(state, exchange, exchangeMs);
    if (takeTime(limit, seconds)) changes.push({ kind: "limit", symbol });
  }
}

function momentOf(state: EngineState, exchange: Exchange, exchangeMs: number): LimitMoment {
  return {
    exchangeMs,
    matchedSeconds: matchedSeconds(state, exchange, exchangeMs),
    isMatching: isMatching(state.market.boards[exchange].phase),
  };
}
