/** What an alert is about; `session_event` tells of phases, drift and the end of a session. */
export const ALERT_TYPES = [
  "foreign_acceleration",
  "basis_divergence",
  "volume_spike",
  "price_breakout",
  "session_event",
] as const;
export type AlertType = typeof ALERT_TYPES[number];

export const ALERT_SEVERITIES = ["info", "warning", "critical"] as const;
export type AlertSeverity = typeof ALERT_SEVERITIES[number];

/** One alert as REST and WebSocket give it, and as the engine keeps it. */
export interface Alert {
  /** `2026-11-25-17`: trading date and number, the same after a restart and in a replay. */
  readonly id: string;
  /** Number within the trading date, from 1: the position in the log of alerts. */
  readonly n: number;
  readonly alert_type: AlertType;
  readonly severity: AlertSeverity;
  /** Ticker, futures code, or the board of a session event. */
  readonly symbol: string;
  readonly message: string;
  readonly message_vi: string;
  /** Exchange time, ISO 8601 with +07:00. */
  readonly timestamp: string;
  readonly data: AlertData;
}

/** Why it fired (N-22). */
export interface AlertData {
  /** What was measured, by name: numbers in the units of the API. */
  readonly inputs: Readonly<Record<string, number | string | null>>;
  /** What it was compared with. */
  readonly threshold: Readonly<Record<string, number | string>>;
  /** One sentence that puts both together. */
  readonly explanation: string;
}
