import type { EngineOptions } from "../../engine/state.ts";
import type { LogLevel } from "../../log.ts";
import type { DaySpan } from "./day_span.ts";
import type { KeyframeCounts } from "./stored_keyframes.ts";
import type { MomentSettings } from "./moment_tables.ts";

/** How the worker is set up; plain data, so that it can be posted. */
export interface TravelSettings {
  /** Folder of the provider's journal. */
  readonly dir: string;
  readonly engine: EngineOptions;
  readonly moment: MomentSettings;
  readonly logLevel: LogLevel;
}

/** What is asked of the worker; one question at a time. */
export type TravelQuestion =
  | { readonly kind: "days" }
  /** `atMs` is an instant of exchange time on the date, `epoch` the name of the answer's epoch. */
  | {
    readonly kind: "moment";
    readonly date: string;
    readonly atMs: number;
    readonly epoch: string;
  };

/** What the worker is told. */
export type TravelRequest =
  | { readonly kind: "start"; readonly settings: TravelSettings }
  /** Begins a round of keyframes, which gives way to questions; not before the last one ended. */
  | { readonly kind: "round" }
  | TravelQuestion;

/** A recorded day. */
export interface RecordedSpan extends DaySpan {
  readonly date: string;
}

/** What the worker answers, once to each question. */
export type TravelReply =
  | { readonly kind: "days"; readonly days: readonly RecordedSpan[] }
  /** A snapshot of the bus as JSON. */
  | { readonly kind: "moment"; readonly snapshot: string }
  | { readonly kind: "no-day" }
  | { readonly kind: "failed"; readonly reason: string };

/** How a round of keyframes ended; `problem` is null when it came to the end of what is recorded. */
export interface RoundReply extends KeyframeCounts {
  readonly kind: "round";
  readonly problem: string | null;
}
