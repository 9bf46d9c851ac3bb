import { DatabaseError } from "./database_error.ts";

/** Callers that may wait for a connection; each holds little more than its promise. */
export const WAITING_MAX = 1_000;

interface Turn {
  readonly take: () => void;
  isTaken: boolean;
}

/** Lets a number of callers in at once; the others wait in the order in which they came. */
export class Turns {
  readonly #max: number;
  readonly #waiting = new Set<Turn>();
  #inside = 0;

  constructor(max: number) {
    this.#max = max;
  }

  get inside(): number {
    return this.#inside;
  }

  get waiting(): number {
    return this.#waiting.size;
  }

  /**
   * Resolves when the caller is in; it must call `leave` then. Rejects as `verdict` does, and at once
   * when too many wait.
   */
  async enter(verdict: Promise<never>): Promise<void> {
    if (this.#inside < this.#max) {
      this.#inside++;
      return;
    }
    if (this.#waiting.size >= WAITING_MAX) {
      throw new DatabaseError("busy", "WAITING_MAX", `${WAITING_MAX} callers wait already`);
    }
    const taken = Promise.withResolvers<void>();
    const turn: Turn = { take: taken.resolve, isTaken: false };
    this.#waiting.add(turn);
    try {
      await Promise.race([taken.promise, verdict]);
    } catch (error) {
      // It may have got its turn in the same moment: then the next one has it.
      if (turn.isTaken) this.leave();
      throw error;
    } finally {
      this.#waiting.delete(turn);
    }
  }

  leave(): void {
    const [next] = this.#waiting;
    if (next === undefined) {
      this.#inside--;
      return;
    }
    this.#waiting.delete(next);
    next.isTaken = true;
    next.take();
  }
}
