import type { Phase } from "../market/phase.ts";
import type { DayClock } from "./day_clock.ts";
import { makeDeal } from "./deals.ts";
import { bid, seedBook, trade, tradeLate } from "./flow.ts";
import type { Matching } from "./matching.ts";
import { bidOddLot, wantsOddLot } from "./odd_lot_flow.ts";
import type { Publisher } from "./publisher.ts";
import { Draws, STREAM } from "./rng.ts";
import type { ScenarioProfile } from "./scenario.ts";
import type { Security } from "./security.ts";
import type { Timing } from "./timing.ts";

/** Seconds for which orders at the closing price are collected before they match. */
const LATE_COLLECTING = 10 * 60;

/** Who trades a security in a step: in its book, beside it, and in odd lots. */
export class Agents {
  readonly #matching: Matching;
  readonly #publisher: Publisher;
  readonly #timing: Timing;
  readonly #sweeps: number;
  readonly #lateMatching: number;
  readonly #draws = new Draws();
  readonly #oddDraws = new Draws();

  constructor(
    { sweeps }: ScenarioProfile,
    clock: DayClock,
    through: { matching: Matching; publisher: Publisher; timing: Timing },
  ) {
    this.#matching = through.matching;
    this.#publisher = through.publisher;
    this.#timing = through.timing;
    this.#sweeps = sweeps;
    this.#lateMatching = clock.startOf("HNX", "plo") + LATE_COLLECTING;
  }

  /** Everything that is done with a security in a step. */
  trade(
    s: Security,
    phase: Phase,
    { step, second }: { readonly step: number; readonly second: number },
  ): void {
    this.#draws.start(s.key, STREAM.flow, step);
    for (let left = this.#timing.actions(s, step); left > 0; left--) this.#act(s, phase, second);
    const deal = makeDeal(s, step);
    if (deal !== null) {
      for (const index of s.indices) index.onDeal(deal.volume, deal.valueVnd);
    }
    if (!wantsOddLot(s, step)) return;
    this.#oddDraws.start(s.key, STREAM.oddFlow, step);
    bidOddLot(s, phase, this.#oddDraws, this.#publisher);
  }

  #act(s: Security, phase: Phase, second: number): void {
    if (!s.isSeeded) {
      seedBook(s, this.#draws);
      this.#publisher.book(s);
    }
    if (phase === "continuous") trade(s, this.#draws, this.#matching, this.#sweeps);
    else if (phase === "ato" || phase === "atc") bid(s, this.#draws, this.#publisher);
    else if (phase === "plo") {
      tradeLate(s, this.#draws, second >= this.#lateMatching, this.#matching);
    }
  }
}
