import type { Exchange, Phase } from "../market/phase.ts";
import type { AlertType } from "../wire/alert.ts";
import type { TradeOutcome } from "./counters.ts";

/**
 * What is kept of a session after its day is gone: a certificate of what traded and of how good our
 * record of it is. Prices in hundredths, volumes in shares or contracts, values in VND.
 */
export interface LastSession {
  readonly tradingDate: string;
  /** Exchange time of the archiving. */
  readonly archivedMs: number;
  readonly boards: Readonly<Record<Exchange, BoardTotals>>;
  readonly indices: Readonly<Record<string, IndexClose>>;
  readonly alerts: Readonly<Record<AlertType, number>>;
  readonly quality: SessionQuality;
}

/** Matched trading of one board; `trades` are those counted one by one. */
export interface BoardTotals {
  readonly trades: number;
  readonly volume: number;
  readonly valueVnd: number;
}

/** The last value of an index and its change from the day before; null where one is not known. */
export interface IndexClose {
  readonly closeE2: number | null;
  readonly changeE2: number | null;
}

/** How complete the record of a session is. Law: counted + missing = the volume of the boards. */
export interface SessionQuality {
  readonly countedVolume: number;
  readonly missingVolume: number;
  /** Trade messages of the day by what became of them: duplicates, conflicts, refusals and all. */
  readonly messages: Readonly<Record<TradeOutcome, number>>;
  readonly phaseDrifts: readonly PhaseDrift[];
}

/** A phase that a board kept against the timetable, with the exchange time of its beginning. */
export interface PhaseDrift {
  readonly exchange: Exchange;
  readonly phase: Phase;
  readonly timetablePhase: Phase;
  readonly sinceMs: number;
}
