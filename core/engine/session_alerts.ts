import { DRIFT_MS, WHOLE_MARKET } from "../analytics/finding.ts";
import { type Exchange, EXCHANGES, type Phase, rowAtSecond } from "../market/phase.ts";
import { vnInstantMs, vnSecondOfDay } from "../market/time.ts";
import { raise } from "./alerts.ts";
import type { BoardSession } from "./board_session.ts";
import type { Change } from "./change.ts";
import { type EngineState, timetables } from "./state.ts";

/** A board's change of phase. */
interface PhaseStep {
  readonly before: Phase | null;
  readonly phase: Phase;
  readonly exchangeMs: number;
}

/**
 * Raises an alert for a board's new phase. What is heard first on a day is where the board is and
 * no change, but for the opening auction, which nothing comes before.
 */
export function tellPhase(
  state: EngineState,
  exchange: Exchange,
  step: PhaseStep,
  changes: Change[],
): void {
  if (step.before === null && step.phase !== "ato") return;
  const event = { type: "session_event", event: "phase", symbol: exchange } as const;
  raise(state, { ...event, ...step }, changes);
}

/** Raises the event that a session is archived. */
export function tellArchive(state: EngineState, exchangeMs: number, changes: Change[]): void {
  const event = { type: "session_event", event: "archive", symbol: WHOLE_MARKET } as const;
  raise(state, { ...event, exchangeMs, tradingDate: state.market.tradingDate! }, changes);
}

/** Once a minute: tells a board whose feed has contradicted the timetable for a minute. */
export function checkDrifts(state: EngineState, exchangeMs: number, changes: Change[]): void {
  const { drifts } = state.market.alerts;
  for (const exchange of EXCHANGES) {
    const board = state.market.boards[exchange];
    const found = contradiction(state, exchange, board);
    if (found === null) continue;
    const key = `${exchange} ${found.phase}`;
    const held = drifts.get(key);
    if (held?.told) continue;
    // Seen once it is only noted: a single message from a clock far ahead must not be told.
    if (held === undefined || held.sinceMs !== found.sinceMs) {
      drifts.set(key, { exchange, ...found, told: false });
    } else if (board.saidMs - found.sinceMs >= DRIFT_MS) {
      held.told = true;
      const event = { type: "session_event", event: "drift", symbol: exchange } as const;
      raise(state, { ...event, exchangeMs, ...found }, changes);
    }
  }
}

/** How a board's phase contradicts the timetable at the time when it was last named. */
function contradiction(state: EngineState, exchange: Exchange, board: BoardSession) {
  const { phase, saidMs } = board;
  const { tradingDate } = state.market;
  if (phase === null || tradingDate === null) return null;
  const second = vnSecondOfDay(saidMs);
  const [startSecond, timetablePhase] = rowAtSecond(exchange, second, timetables(state));
  if (phase === timetablePhase || (isIdle(phase) && isIdle(timetablePhase))) return null;
  const sinceMs = Math.max(board.atMs, vnInstantMs(tradingDate, startSecond));
  return { phase, timetablePhase, sinceMs };
}

/** Before the open and after the close nothing trades, whatever a board calls it. */
function isIdle(phase: Phase): boolean {
  return phase === "pre-open" || phase === "closed";
}
