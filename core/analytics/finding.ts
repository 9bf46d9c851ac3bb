import type { Phase } from "../market/phase.ts";
import type { AlertType } from "../wire/alert.ts";
import type { ForeignMove } from "./foreign_acceleration.ts";
import type { PriceLimit } from "./price_breakout.ts";
import type { Spike } from "./volume_spike.ts";

/** What a rule has found, before it is known whether an alert comes of it. */
export type Finding =
  | SpikeFinding
  | BreakoutFinding
  | ForeignFinding
  | BasisFinding
  | SessionFinding;

/** What every finding says: whom it is about (a ticker, a board or ALL) and the exchange time. */
interface Head {
  readonly symbol: string;
  readonly exchangeMs: number;
}

export interface SpikeFinding extends Head, Spike {
  readonly type: "volume_spike";
  readonly volume: number;
  /** Cumulative volume after the trade: with date and symbol it names the trade. */
  readonly totalVolume: number;
  readonly priceE2: number;
  readonly valueVnd: number;
  /** Value from which a trade is news; 0 for any. */
  readonly minVnd: number;
  readonly isFuture: boolean;
}

export interface BreakoutFinding extends Head {
  readonly type: "price_breakout";
  readonly limit: PriceLimit;
  readonly priceE2: number;
  readonly referenceE2: number | null;
  readonly volume: number;
  readonly totalVolume: number;
  readonly isFuture: boolean;
}

export interface ForeignFinding extends Head {
  readonly type: "foreign_acceleration";
  readonly move: ForeignMove;
  readonly nowNetVnd: number;
  readonly pastNetVnd: number;
}

export interface BasisFinding extends Head {
  readonly type: "basis_divergence";
  readonly basisE2: number;
  /** The last basis on the other side of zero. */
  readonly lastE2: number;
}

/** A board changed phase, strays from the timetable, the day is archived, or a rule has failed. */
export type SessionFinding =
  & Head
  & { readonly type: "session_event" }
  & (
    | { readonly event: "phase"; readonly before: Phase | null; readonly phase: Phase }
    | {
      readonly event: "drift";
      readonly phase: Phase;
      readonly timetablePhase: Phase;
      /** Exchange time since which the two differ. */
      readonly sinceMs: number;
    }
    | { readonly event: "archive"; readonly tradingDate: string }
    | { readonly event: "rule-disabled"; readonly rule: AlertType }
  );

/** Exchange time for which a feed must contradict the timetable before it is told. */
export const DRIFT_MS = 60_000;

/** Symbol of session events that are about the whole market. */
export const WHOLE_MARKET = "ALL";

/** What the cooldown of a finding is kept under: two events of one board are never one. */
export function cooldownKey(finding: Finding): string {
  const key = `${finding.type} ${finding.symbol}`;
  if (finding.type !== "session_event") return key;
  switch (finding.event) {
    case "phase":
    case "drift":
      return `${key} ${finding.event} ${finding.phase}`;
    case "archive":
      return `${key} archive`;
    case "rule-disabled":
      return `${key} ${finding.rule}`;
  }
}
