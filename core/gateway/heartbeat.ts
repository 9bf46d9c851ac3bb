/** What the heartbeat needs of a connection. */
export interface Beating {
  ping(): void;
  /** Ends the connection without waiting for the other side. */
  terminate(): void;
}

interface Pulse {
  readonly slot: number;
  /** Beats since the ping that has no answer; null when none is out. */
  unanswered: number | null;
}

/**
 * Pings each connection once per interval and ends the one that does not answer. Connections are
 * spread over the interval, one slot a second. Time is counted in beats and not read from a clock: a
 * beat that comes late because this process was busy gives the answers the same delay, so they are
 * never taken for missing.
 */
export class Heartbeat {
  readonly #intervalBeats: number;
  readonly #timeoutBeats: number;
  readonly #pulses = new Map<Beating, Pulse>();
  #beats = 0;
  #joined = 0;
  /** Connections ended because a ping had no answer. */
  timeouts = 0;

  /** `beat` is to be called once a second; both times in ms, whole seconds are taken. */
  constructor(times: { readonly intervalMs: number; readonly timeoutMs: number }) {
    this.#intervalBeats = Math.max(1, Math.ceil(times.intervalMs / 1000));
    // The beat that follows a ping may come a moment after it.
    this.#timeoutBeats = Math.max(1, Math.ceil(times.timeoutMs / 1000)) + 1;
  }

  get size(): number {
    return this.#pulses.size;
  }

  add(connection: Beating): void {
    const slot = this.#joined++ % this.#intervalBeats;
    this.#pulses.set(connection, { slot, unanswered: null });
  }

  remove(connection: Beating): void {
    this.#pulses.delete(connection);
  }

  /** The other side has answered a ping. */
  answered(connection: Beating): void {
    const pulse = this.#pulses.get(connection);
    if (pulse !== undefined) pulse.unanswered = null;
  }

  beat(): void {
    const slot = this.#beats++ % this.#intervalBeats;
    for (const [connection, pulse] of this.#pulses) {
      if (pulse.unanswered !== null && ++pulse.unanswered >= this.#timeoutBeats) {
        this.timeouts++;
        this.#pulses.delete(connection);
        connection.terminate();
      } else if (pulse.unanswered === null && pulse.slot === slot) {
        pulse.unanswered = 0;
        connection.ping();
      }
    }
  }
}
