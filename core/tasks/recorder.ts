import type { Journal } from "../port/journal.ts";

/** Frames held while no trading date is known yet: the init frame and the first acknowledgements. */
const UNDATED_FRAMES_MAX = 1_000;

/**
 * Puts frames into the journal of the trading date they were applied to. Frames before the first
 * date (init, acknowledgement, keep-alive) wait for it, so the journal keeps the order of arrival.
 */
export class FrameRecorder {
  readonly #journal: Journal;
  #undated: { readonly receivedMs: number; readonly frame: string }[] = [];
  /** Frames that were not kept because too many came before the first date. */
  dropped = 0;

  constructor(journal: Journal) {
    this.#journal = journal;
  }

  /** Takes a frame in arrival order; it is on its way to the kernel after the journal's `commit`. */
  record(receivedMs: number, frame: string, tradingDate: string | null): void {
    if (tradingDate === null) {
      if (this.#undated.length < UNDATED_FRAMES_MAX) this.#undated.push({ receivedMs, frame });
      else this.dropped++;
      return;
    }
    for (const held of this.#undated) {
      this.#journal.append(tradingDate, held.receivedMs, held.frame);
    }
    this.#undated = [];
    this.#journal.append(tradingDate, receivedMs, frame);
  }
}
