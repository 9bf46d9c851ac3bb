import { Histogram, type Sample } from "../metrics.ts";
import type { BusMessage } from "../wire/bus_message.ts";

/** Upper bounds in seconds. */
const SECONDS = [0.1, 0.25, 0.5, 1, 1.5, 2, 3, 5, 10];

/**
 * Time from the exchange second written in a message to the hub that serves it. Exchange time has
 * whole seconds, so up to one second of it is rounding.
 */
export class PublishDelay {
  readonly #seconds = new Histogram(SECONDS);
  #newestMs = -Infinity;
  #lastMs: number | null = null;

  /** The newest delay; null before the first, and always with simulated exchange time. */
  get lastMs(): number | null {
    return this.#lastMs;
  }

  /** Takes a message at the moment it reached the hub; only one with newer data tells a delay. */
  note(message: BusMessage, nowMs: number): void {
    if (message.k !== "delta" || message.asOfMs === null) return;
    if (message.asOfMs <= this.#newestMs) return;
    this.#newestMs = message.asOfMs;
    this.#lastMs = Math.max(0, nowMs - message.asOfMs);
    this.#seconds.observe(this.#lastMs / 1000);
  }

  samples(): Sample[] {
    return this.#seconds.samples();
  }
}
