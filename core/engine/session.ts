import { auctionEnd, noteAuctionPhase, phaseOfMessage, tableEnd } from "../analytics/auction.ts";
import type { QuoteEvent, StatusEvent, TradeEvent } from "../market/event.ts";
import {
  type Exchange,
  EXCHANGES,
  type Phase,
  phaseAtSecond,
  phaseOfSession,
  rowAtSecond,
} from "../market/phase.ts";
import { vnInstantMs, vnSecondOfDay } from "../market/time.ts";
import type { Change } from "./change.ts";
import { turnMatching } from "./matching_clock.ts";
import { tellPhase } from "./session_alerts.ts";
import { type EngineState, type Instrument, type Run, timetables } from "./state.ts";

/**
 * Messages in a row, each of another security than the one before, that make a board's phase which
 * its timetable contradicts believable: a market halt or a short day, and not one stock with
 * auctions of its own.
 */
export const PHASE_RUN = 5;

/**
 * For so long after it was last said a phase may last against its timetable at one security's word:
 * twice the length of an auction, as between two words on the quietest board.
 */
const LASTING_MS = 30 * 60_000;

type SessionMessage = StatusEvent | QuoteEvent | TradeEvent;

/** Takes the session code of a message for its security and its board. */
export function noteSession(
  state: EngineState,
  instrument: Instrument,
  event: SessionMessage,
  changes: Change[],
): void {
  const { session, exchangeMs } = event;
  const second = vnSecondOfDay(exchangeMs);
  if (exchangeMs < instrument.sessionMs) return;
  instrument.sessionMs = exchangeMs;
  if (session !== null) instrument.session = session;
  noteAuctionPhase(
    instrument.auctions,
    phaseOfMessage(session ?? instrument.session, instrument.exchange, second, timetables(state)),
  );
  if (session !== null) noteBoard(state, instrument, event, second, changes);
}

/** Brings the phases that a session code leaves to the clock up to the newest exchange time. */
export function refreshBoards(state: EngineState, exchangeMs: number, changes: Change[]): void {
  const second = vnSecondOfDay(exchangeMs);
  const tables = timetables(state);
  const { tradingDate, boards } = state.market;
  if (tradingDate === null) return;
  for (const exchange of EXCHANGES) {
    const board = boards[exchange];
    if (board.code !== "C") continue;
    const phase = phaseOfSession("C", exchange, second, tables);
    if (phase === board.phase) continue;
    // The timetable says since when, however late we ask it.
    const [startSecond] = rowAtSecond(exchange, second, tables);
    const sinceMs = vnInstantMs(tradingDate, startSecond);
    setPhase(state, exchange, { phase, exchangeMs: sinceMs }, changes);
  }
}

function noteBoard(
  state: EngineState,
  instrument: Instrument,
  event: SessionMessage,
  second: number,
  changes: Change[],
): void {
  const { exchange } = instrument;
  if (exchange === null || event.session === null) return;
  const board = state.market.boards[exchange];
  if (event.exchangeMs < board.atMs) return;
  const run = state.runs.boards[exchange];
  const tables = timetables(state);
  const phase = phaseOfSession(event.session, exchange, second, tables);
  const isByTable = phase === phaseAtSecond(exchange, second, tables);
  const isSame = phase === board.phase;
  const isBelieved = isByTable || (isSame && event.exchangeMs - board.saidMs <= LASTING_MS);
  if (isSame && isBelieved) run.length = 0;
  if (!isBelieved && lengthen(run, phase, instrument.symbol) < PHASE_RUN) return;
  board.code = event.session;
  if (isSame) {
    board.saidMs = Math.max(board.saidMs, event.exchangeMs);
    return;
  }
  if (!isByTable) state.counters.phaseDisagreements++;
  run.length = 0;
  noteAuctionEnd(state, exchange, second);
  board.atMs = event.exchangeMs;
  board.saidMs = event.exchangeMs;
  setPhase(state, exchange, { phase, exchangeMs: event.exchangeMs }, changes);
}

/** Notes when the auction ended that a board is about to leave. */
function noteAuctionEnd(state: EngineState, exchange: Exchange, second: number): void {
  const { phase, saidMs, ends } = state.market.boards[exchange];
  if (phase !== "ato" && phase !== "atc") return;
  const tableSecond = tableEnd(exchange, phase, timetables(state));
  ends[phase] = auctionEnd(tableSecond, vnSecondOfDay(saidMs), second);
}

function setPhase(
  state: EngineState,
  exchange: Exchange,
  to: { readonly phase: Phase; readonly exchangeMs: number },
  changes: Change[],
): void {
  const board = state.market.boards[exchange];
  const before = board.phase;
  board.phase = to.phase;
  turnMatching(state, exchange, to.exchangeMs);
  changes.push({ kind: "phase", exchange, phase: to.phase });
  tellPhase(state, exchange, { before, ...to }, changes);
}

/** Counts one more message that says `value`; the same symbol twice in a row counts once. */
export function lengthen(run: Run, value: string, symbol: string): number {
  if (run.value !== value) run.length = 0;
  if (run.length === 0 || run.symbol !== symbol) run.length++;
  run.value = value;
  run.symbol = symbol;
  return run.length;
}
