import type { FeedStatus } from "../wire/status.ts";

/** A publisher that is not heard for this time is gone, or the way to it is. */
const SILENCE_MS = 3_000;
const LOOK_MS = 500;

/** Watches whether a publisher is heard. */
export class Silence {
  readonly #clock: { nowMs(): number };
  readonly #onChange: (isSilent: boolean) => void;
  readonly #timer: ReturnType<typeof setInterval>;
  #heardMs: number;
  #isSilent = false;

  constructor(clock: { nowMs(): number }, onChange: (isSilent: boolean) => void) {
    this.#clock = clock;
    this.#onChange = onChange;
    this.#heardMs = clock.nowMs();
    this.#timer = setInterval(() => this.#look(), LOOK_MS);
  }

  get isSilent(): boolean {
    return this.#isSilent;
  }

  heard(): void {
    this.#heardMs = this.#clock.nowMs();
    if (!this.#isSilent) return;
    this.#isSilent = false;
    this.#onChange(false);
  }

  /** What a publisher said of the feed, as far as it still holds. */
  statusNow(told: FeedStatus): FeedStatus {
    if (!this.#isSilent) return told;
    const reason = "the data node has not been heard for some seconds";
    return { ...told, state: "stale", reason, sinceMs: this.#heardMs };
  }

  close(): void {
    clearInterval(this.#timer);
  }

  #look(): void {
    const nowMs = this.#clock.nowMs();
    // A clock that was put back must not hide a silence.
    if (nowMs < this.#heardMs) this.#heardMs = nowMs;
    if (this.#isSilent || nowMs - this.#heardMs < SILENCE_MS) return;
    this.#isSilent = true;
    this.#onChange(true);
  }
}
