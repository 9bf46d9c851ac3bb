/**
 * Who acts in which step of the day: one linked list per step through one array, because each
 * security has exactly one next action. Filing and taking cost the same however many are waiting.
 */
export class Schedule {
  readonly #heads: Int32Array;
  readonly #next: Int32Array;

  constructor(stepCount: number, securityCount: number) {
    this.#heads = new Int32Array(stepCount).fill(-1);
    this.#next = new Int32Array(securityCount).fill(-1);
  }

  /** Files a security that is waiting nowhere; a step beyond the day drops it for good. */
  file(security: number, step: number): void {
    if (step >= this.#heads.length) return;
    this.#next[security] = this.#heads[step]!;
    this.#heads[step] = security;
  }

  /** The first security of a step, −1 when none waits. */
  first(step: number): number {
    return this.#heads[step]!;
  }

  /** The one after it in the same step, −1 at the end; read it before filing the security anew. */
  after(security: number): number {
    return this.#next[security]!;
  }
}
