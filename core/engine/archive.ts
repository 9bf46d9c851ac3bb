import { closingSecond, type Exchange, EXCHANGES } from "../market/phase.ts";
import { vnInstantMs } from "../market/time.ts";
import type { Change } from "./change.ts";
import type { TradeOutcome } from "./counters.ts";
import type { BoardTotals, IndexClose, LastSession, SessionQuality } from "./last_session.ts";
import { tellArchive } from "./session_alerts.ts";
import { type EngineState, timetables } from "./state.ts";

/** A session is archived this long after the last board's close by the timetable: 15:05. */
export const ARCHIVE_AFTER_CLOSE_MS = 5 * 60_000;

/** A board that fell silent in an open phase keeps its session from being archived for so long. */
export const SILENT_BOARD_MS = 60 * 60_000;

/** Once a minute: archives the session when its time has come and the boards say closed. */
export function archiveWhenOver(state: EngineState, exchangeMs: number, changes: Change[]): void {
  if (!isDue(state, exchangeMs)) return;
  // One message from a clock far ahead, before any board has spoken, must not end the day.
  if (hasSpoken(state) && allClosed(state)) archive(state, exchangeMs, changes);
}

/** As `archiveWhenOver`, at the word of our clock, which also ends the day of a silent feed. */
export function archiveByClock(state: EngineState, exchangeMs: number, changes: Change[]): void {
  if (!isDue(state, exchangeMs)) return;
  if (allClosed(state) || isDue(state, exchangeMs - SILENT_BOARD_MS)) {
    archive(state, exchangeMs, changes);
  }
}

/** Archives a session that the next one found unarchived. */
export function archiveBeforeDay(state: EngineState, changes: Change[]): void {
  const { tradingDate, archivedMs, asOfMs } = state.market;
  if (tradingDate === null || archivedMs !== null) return;
  archive(state, asOfMs ?? vnInstantMs(tradingDate, 0), changes);
}

/** What is held of the session stays as it is and readable; only the cooldowns of alerts end. */
function archive(state: EngineState, exchangeMs: number, changes: Change[]): void {
  const { market } = state;
  const tradingDate = market.tradingDate!;
  market.archivedMs = exchangeMs;
  tellArchive(state, exchangeMs, changes);
  market.alerts.lastMs.clear();
  state.lastSession = summary(state, tradingDate, exchangeMs);
  changes.push({ kind: "archive", tradingDate });
}

function isDue(state: EngineState, exchangeMs: number): boolean {
  const { tradingDate, archivedMs } = state.market;
  if (tradingDate === null || archivedMs !== null) return false;
  const closeMs = vnInstantMs(tradingDate, closingSecond(timetables(state)));
  return exchangeMs >= closeMs + ARCHIVE_AFTER_CLOSE_MS;
}

function hasSpoken({ market }: EngineState): boolean {
  return EXCHANGES.some((exchange) => market.boards[exchange].phase !== null);
}

/** Whether every board is closed; one that never spoke is, as the time for it is past. */
function allClosed({ market }: EngineState): boolean {
  return EXCHANGES.every((exchange) => {
    const { phase } = market.boards[exchange];
    return phase === null || phase === "closed";
  });
}

function summary(state: EngineState, tradingDate: string, archivedMs: number): LastSession {
  const { market } = state;
  const indices: Record<string, IndexClose> = {};
  for (const [id, { event }] of market.indices) {
    const { valueE2, priorE2 } = event;
    const changeE2 = valueE2 === null || priorE2 === null ? null : valueE2 - priorE2;
    indices[id] = { closeE2: valueE2, changeE2 };
  }
  return {
    tradingDate,
    archivedMs,
    boards: boardTotals(state),
    indices,
    alerts: { ...market.alerts.counts },
    quality: quality(state),
  };
}

function boardTotals({ market }: EngineState): Record<Exchange, BoardTotals> {
  const totals = Object.fromEntries(
    EXCHANGES.map((exchange) => {
      return [exchange, { trades: market.boards[exchange].trades, volume: 0, valueVnd: 0 }];
    }),
  ) as Record<Exchange, { trades: number; volume: number; valueVnd: number }>;
  for (const { exchange, tape, totalValueVnd } of market.instruments.values()) {
    if (exchange === null) continue;
    totals[exchange].volume += tape.head;
    totals[exchange].valueVnd += totalValueVnd;
  }
  return totals;
}

function quality(state: EngineState): SessionQuality {
  let countedVolume = 0;
  let missingVolume = 0;
  for (const { tape } of state.market.instruments.values()) {
    countedVolume += tape.counted;
    missingVolume += tape.missing;
  }
  const messages = Object.fromEntries(
    Object.entries(state.counters.trades).map(([outcome, count]) => {
      return [outcome, count - state.dayStart[outcome as TradeOutcome]];
    }),
  ) as Record<TradeOutcome, number>;
  const phaseDrifts = [...state.market.alerts.drifts.values()]
    .filter(({ told }) => told)
    .map(({ exchange, phase, timetablePhase, sinceMs }) => {
      return { exchange, phase, timetablePhase, sinceMs };
    });
  return { countedVolume, missingVolume, messages, phaseDrifts };
}
