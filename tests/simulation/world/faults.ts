import type { Draws } from "./draws.ts";

/** Highest rate of each fault: per frame, per step, per flush or, for the venue's, per trade. */
export const FAULT_RATE_MAX = {
  duplicate: 0.2, // per frame: it comes again, at once or some frames later
  reorder: 0.2, // per frame: later frames overtake it
  garble: 0.02, // per frame
  disconnect: 0.01, // per step
  crash: 0.004, // per step: the engine side dies and reads its journal
  refuse: 0.3, // per flush: the store takes nothing
  loseReply: 0.2, // per flush: the store takes it all and nobody hears of it
  slow: 0.2, // per step and client
  merge: 0.1, // per trade: several fills told as one message with the last one's volume
  unsize: 0.03, // per trade: without LastVol
  oversize: 0.02, // per trade: LastVol is TotalVol, as seen after the close
  unprice: 0.02, // per trade: without LastPrice
  correct: 0.01, // per step: a total falls because trades were taken back
} as const;
export type Fault = keyof typeof FAULT_RATE_MAX;
export const FAULTS = Object.keys(FAULT_RATE_MAX) as Fault[];

/** A fault that the swarm leaves out with this chance; what is always on hides what others do. */
const OFF = 0.3;

/** The faults of one world: their rates, and how often each has fired. */
export class Faults {
  readonly fired: Record<Fault, number>;
  readonly rates: Record<Fault, number>;
  readonly #draws: Draws;
  #isOver = false;

  constructor(draws: Draws) {
    this.#draws = draws;
    const record = (value: (fault: Fault) => number) =>
      Object.fromEntries(FAULTS.map((fault) => [fault, value(fault)])) as Record<Fault, number>;
    this.fired = record(() => 0);
    this.rates = record((fault) => draws.chance(OFF) ? 0 : draws.unit() * FAULT_RATE_MAX[fault]);
  }

  /** Whether the fault happens now. */
  strikes(fault: Fault): boolean {
    if (this.#isOver || !this.#draws.chance(this.rates[fault])) return false;
    this.fired[fault]++;
    return true;
  }

  /** Ends them all: from now on everything must drain. */
  end(): void {
    this.#isOver = true;
  }

  /** Whether any of these has fired. */
  had(...faults: readonly Fault[]): boolean {
    return faults.some((fault) => this.fired[fault] > 0);
  }
}
