import type { Exchange, Phase } from "../market/phase.ts";
import { ALERT_TYPES, type AlertType } from "../wire/alert.ts";
import { zeroes } from "./counters.ts";

/** What raising alerts remembers beside their log. */
export interface AlertBook {
  /**
   * Exchange time of the last alert by type and symbol (`volume_spike FPT`), with the phase for a
   * board. Worst total: 8 keys for each security, 18 for each board.
   */
  readonly lastMs: Map<string, number>;
  /** Alerts of the day by type, those that have left the log included. */
  readonly counts: Record<AlertType, number>;
  /** Contradictions of feed and timetable by board and phase, at most 9 for each board. */
  readonly drifts: Map<string, Drift>;
}

/** A phase that the feed told against the timetable. */
export interface Drift {
  readonly exchange: Exchange;
  readonly phase: Phase;
  readonly timetablePhase: Phase;
  readonly sinceMs: number;
  /** Whether it lasted long enough to be told. */
  told: boolean;
}

/** An alert rule that threw for a security. */
export interface RuleFault {
  readonly symbol: string;
  readonly rule: AlertType;
  readonly message: string;
}

/** No alert yet. */
export function createAlertBook(): AlertBook {
  return { lastMs: new Map(), counts: zeroes(ALERT_TYPES), drifts: new Map() };
}
