/**
 * Answers with history at once, of all clients: a JSON answer holds 50,000 rows of 250 bytes at
 * most, as text, so 100 MB in all; a stream holds a page of 500 KB.
 */
export const HISTORY_ANSWERS_MAX = 8;

/** How many answers with history there are, and what became of others. */
export class HistoryLoad {
  #open = 0;
  /** Refused because there were too many at once. */
  refused = 0;
  /** Refused because the store could not be read. */
  unavailable = 0;
  /** Streams that ended before their last row: the store went away, or the client read no more. */
  cut = 0;

  get open(): number {
    return this.#open;
  }

  /** Takes a place until the function it gives is called; null when there is none. */
  enter(): (() => void) | null {
    if (this.#open >= HISTORY_ANSWERS_MAX) {
      this.refused++;
      return null;
    }
    this.#open++;
    let isOpen = true;
    return () => {
      if (isOpen) this.#open--;
      isOpen = false;
    };
  }
}
