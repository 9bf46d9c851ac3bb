import type { PacerDeps } from "../../../core/tasks/pacer.ts";

/** A clock that moves only when told, and an event loop whose turns end when told. */
export class VirtualTimers implements PacerDeps {
  #nowMs = 0;
  readonly #due: { readonly act: () => void; readonly atMs: number }[] = [];

  nowMs = (): number => this.#nowMs;

  later = (act: () => void, ms: number): () => void => {
    const entry = { act, atMs: this.#nowMs + ms };
    this.#due.push(entry);
    return () => {
      const at = this.#due.indexOf(entry);
      if (at >= 0) this.#due.splice(at, 1);
    };
  };

  /** Lets time pass in which no timer is looked at, as on a machine that is busy elsewhere. */
  lose(ms: number): void {
    this.#nowMs += ms;
  }

  /** Timers that wait. */
  get waiting(): number {
    return this.#due.length;
  }

  /** Lets time pass, a tenth of a millisecond at a time; 0 ends the turn. */
  pass(ms: number): void {
    this.#run();
    for (const untilMs = this.#nowMs + ms; this.#nowMs < untilMs;) {
      this.#nowMs = Math.min(untilMs, Math.round(this.#nowMs * 10 + 1) / 10);
      this.#run();
    }
  }

  #run(): void {
    for (const entry of [...this.#due]) {
      if (entry.atMs > this.#nowMs) continue;
      this.#due.splice(this.#due.indexOf(entry), 1);
      entry.act();
    }
  }
}
