import type { AlertType } from "./alert.ts";

/** What is kept of a session after its close: totals, closes, and how complete the record is. */
export interface SessionCertificate {
  readonly trading_date: string;
  /** Exchange time of the archiving, ISO 8601 with +07:00. */
  readonly archived_at: string;
  /** By board: trades counted one by one, matched volume, and value in VND. */
  readonly boards: Readonly<
    Record<string, { readonly trades: number; readonly volume: number; readonly value: number }>
  >;
  /** By index id: last value and change from the day before, points. */
  readonly indices: Readonly<
    Record<string, { readonly close: number | null; readonly change: number | null }>
  >;
  /** Alerts raised, by type. */
  readonly alerts: Readonly<Record<AlertType, number>>;
  readonly quality: {
    /** Law: counted + missing is the volume of the boards. */
    readonly counted_volume: number;
    readonly missing_volume: number;
    /** Trade messages of the day by what became of them. */
    readonly messages: Readonly<Record<string, number>>;
    /** Phases that a board kept against the timetable. */
    readonly phase_drifts: readonly {
      readonly board: string;
      readonly phase: string;
      readonly timetable_phase: string;
      readonly since: string;
    }[];
  };
}
