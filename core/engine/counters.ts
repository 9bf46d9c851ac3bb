import type { MarketEvent } from "../market/event.ts";
import { ADMISSION_KINDS, type AdmissionKind } from "../tape/tape.ts";
import { type Method, METHODS, type Reason, REASONS } from "../wire/trade_label.ts";

/** Why an event changed nothing of the market. */
export const IGNORED_REASONS = [
  "older-date", // of a day before the current one
  "far-date", // of a later day that one message alone cannot begin
  "far-time", // of an hour too far ahead to believe from one security
  "over-limit", // a symbol beyond symbolsMax or INDICES_MAX
  "older-time", // of an earlier second than what is held
  "unused-bar", // a tick of something that is no known index
] as const;
export type IgnoredReason = typeof IGNORED_REASONS[number];

/** What can become of a trade event: the tape's verdict, or why it never reached the tape. */
export type TradeOutcome = AdmissionKind | IgnoredReason;

/** Counts since the engine was made; they are diagnostics and not part of the state hash. */
export interface EngineCounters {
  readonly events: Record<MarketEvent["kind"], number>;
  /** Each trade event is in exactly one of these. */
  readonly trades: Record<TradeOutcome, number>;
  /** Events other than trades that were ignored. */
  readonly ignored: Record<IgnoredReason, number>;
  /** Volume by the method that found its side; `gap` is volume that became missing. */
  readonly methodVolume: Record<Method, number>;
  /** The same volume by reason; `baseline` and `gap` are volume that became missing. */
  readonly reasonVolume: Record<Reason, number>;
  readonly agreement: Agreement;
  /** Board phases taken from the feed against the timetable. */
  phaseDisagreements: number;
  /** Alerts raised, held back by the cooldown, and rules that threw. */
  readonly alerts: { raised: number; suppressed: number; faults: number };
}

/** Trades in continuous matching on which the feed's flag and the quote rule both spoke. */
export interface Agreement {
  agree: number;
  disagree: number;
  agreeVolume: number;
  disagreeVolume: number;
}

/** Every count at zero. */
export function createCounters(): EngineCounters {
  return {
    events: {
      connected: 0,
      status: 0,
      quote: 0,
      trade: 0,
      "odd-lot": 0,
      foreign: 0,
      index: 0,
      bar: 0,
      reference: 0,
      clock: 0,
    },
    trades: zeroes([...ADMISSION_KINDS, ...IGNORED_REASONS]),
    ignored: zeroes(IGNORED_REASONS),
    methodVolume: zeroes(METHODS),
    reasonVolume: zeroes(REASONS),
    agreement: { agree: 0, disagree: 0, agreeVolume: 0, disagreeVolume: 0 },
    phaseDisagreements: 0,
    alerts: { raised: 0, suppressed: 0, faults: 0 },
  };
}

/** A counter at zero for every key. */
export function zeroes<K extends string>(keys: readonly K[]): Record<K, number> {
  return Object.fromEntries(keys.map((key) => [key, 0])) as Record<K, number>;
}
