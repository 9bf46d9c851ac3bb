import type { Phase, SessionCode } from "../market/phase.ts";

/** How long a board has been matching today. */
export interface MatchingClock {
  /** Up to the last change of its phase. */
  seconds: number;
  /** Second of the day since which it goes on; null while it stands. */
  sinceSecond: number | null;
}

/** A board's session as its securities report it. */
export interface BoardSession {
  code: SessionCode | null;
  phase: Phase | null;
  /** Exchange time of the message that began the phase; earlier ones have nothing more to say. */
  atMs: number;
  /** Exchange time of the newest message that named the phase. */
  saidMs: number;
  /** Second of the day at which each call auction ended; null before the feed told of its end. */
  readonly ends: { ato: number | null; atc: number | null };
  readonly matching: MatchingClock;
  /** Trades counted on the board. */
  trades: number;
}

/** A board that has not been heard of. */
export function createBoardSession(): BoardSession {
  return {
    code: null,
    phase: null,
    atMs: 0,
    saidMs: 0,
    ends: { ato: null, atc: null },
    matching: { seconds: 0, sinceSecond: null },
    trades: 0,
  };
}
