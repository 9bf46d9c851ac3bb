import type { Logger } from "../../log.ts";
import type { TravelClient } from "./travel_client.ts";

/** By then a start is over, and the day so far has been recovered. */
const FIRST_MS = 60_000;
/** From the end of a round to the next. */
const PAUSE_MS = 10 * 60_000;

/** Has the travel worker leave keyframes beside the journal, from time to time while we serve. */
export class KeyframeRounds {
  readonly #client: TravelClient;
  readonly #log: Logger;
  #timer: ReturnType<typeof setTimeout> | null = null;
  #written = 0;
  #refused = 0;
  /** What went wrong with the last round, told once. */
  #problem: string | null = null;

  constructor(client: TravelClient, log: Logger) {
    this.#client = client;
    this.#log = log;
  }

  start(): void {
    this.#plan(FIRST_MS);
  }

  stop(): void {
    if (this.#timer !== null) clearTimeout(this.#timer);
    this.#timer = null;
  }

  figures(): Readonly<Record<string, number>> {
    return {
      travel_keyframes_written_total: this.#written,
      travel_keyframes_refused_total: this.#refused,
    };
  }

  #plan(delayMs: number): void {
    this.#timer = setTimeout(async () => {
      await this.#round();
      // Null when it was stopped meanwhile.
      if (this.#timer !== null) this.#plan(PAUSE_MS);
    }, delayMs);
  }

  async #round(): Promise<void> {
    const { written, refused, problem } = await this.#client.keepKeyframes();
    this.#written += written;
    this.#refused += refused;
    if (written > 0) this.#log.info("keyframes_written", { written });
    if (problem !== null && problem !== this.#problem && this.#timer !== null) {
      this.#log.warn("keyframes_failed", { reason: problem });
    }
    this.#problem = problem;
  }
}
