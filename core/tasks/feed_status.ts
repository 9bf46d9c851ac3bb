import type { EngineState } from "../engine/state.ts";
import type { FeedState } from "../feed/feed.ts";
import type { Universe } from "../feed/startup.ts";
import { type Exchange, EXCHANGES, type Phase, phaseByClock } from "../market/phase.ts";
import type { FeedStatus } from "../wire/status.ts";

/** Phases in which orders match or an auction builds up: then silence of the feed is a fault. */
const MATCHING: readonly Phase[] = ["ato", "continuous", "atc"];

/** What of the feed's state the engine does not know. */
export interface FeedFacts {
  readonly provider: "ssi" | "sim";
  readonly isReplay: boolean;
  readonly feed: FeedState;
  readonly universe: Universe;
  /** Whether the journal takes what comes. */
  readonly isRecorded: boolean;
  readonly nowMs: number;
}

/** Whether the feed's own session codes say that a board is matching. */
export function isMatching(engine: EngineState): boolean {
  return EXCHANGES.some((exchange) => {
    const { phase } = engine.market.boards[exchange];
    return phase !== null && MATCHING.includes(phase);
  });
}

/** The state of the feed as pages and programs see it. */
export function feedStatus(engine: EngineState, facts: FeedFacts): FeedStatus {
  const { market } = engine;
  const phases = Object.fromEntries(
    EXCHANGES.map((exchange) => [exchange, phaseOf(engine, exchange, facts)]),
  ) as Record<Exchange, Phase>;
  const isClosed = EXCHANGES.every((exchange) => phases[exchange] === "closed");
  const { state, reason, sinceMs } = facts.feed;
  return {
    provider: facts.provider,
    replay: facts.isReplay,
    state: state === "live" && isClosed ? "closed" : state,
    reason,
    sinceMs,
    asOfMs: market.asOfMs,
    tradingDate: market.tradingDate,
    phases,
    membership: facts.universe.source,
    recorded: facts.isRecorded,
  };
}

/**
 * The feed's word on a board, or the timetable's while the feed has said nothing of it. A simulated
 * or recorded market lives at an hour and on a date of its own, which only its messages tell.
 */
function phaseOf(engine: EngineState, exchange: Exchange, facts: FeedFacts): Phase {
  const { boards, asOfMs } = engine.market;
  const hasOwnTime = facts.provider === "sim" || facts.isReplay;
  const clockMs = hasOwnTime ? asOfMs ?? facts.nowMs : facts.nowMs;
  return boards[exchange].phase ?? phaseByClock(exchange, clockMs);
}
