/** The machine's clock: only liveness (watchdogs, heartbeats, ages) and receive stamps read it. */
export interface Clock {
  nowMs(): number;
}
