import type { Phase } from "../market/phase.ts";
import { type DayClock, secondOfStep, STEPS_PER_SECOND } from "./day_clock.ts";
import type { Factors } from "./factors.ts";
import { draw, drawUnit, STREAM } from "./rng.ts";
import type { Security } from "./security.ts";

/** Rate of orders in a phase against continuous trading. */
const PHASE_RATE: Readonly<Partial<Record<Phase, number>>> = {
  ato: 0.4,
  continuous: 1,
  atc: 0.8,
  plo: 0.3,
  "put-through": 0.03,
};

/** From this many actions per step on, a security acts in every step, several times if need be. */
const EVERY_STEP = 0.6;

/** When each security acts and how often: from its own rate, the hour and the phase. */
export class Timing {
  readonly #factors: Factors;
  readonly #spans: DayClock["spans"];

  constructor(factors: Factors, { spans }: DayClock) {
    this.#factors = factors;
    this.#spans = spans;
  }

  /** Phase of the span that a security's next action lies in. */
  phase(s: Security): Phase {
    return this.#spans[s.listing.exchange][s.span]!.phase;
  }

  /** The first action of the day. */
  firstStep(s: Security): number {
    return this.nextStep(s, this.#spans[s.listing.exchange][0]!.start);
  }

  /** The step of the action after `step`; −1 when the day leaves no more. */
  nextStep(s: Security, step: number): number {
    const spans = this.#spans[s.listing.exchange];
    const rate = this.#rate(s, step, spans[s.span]!.phase);
    if (rate >= EVERY_STEP) return this.#within(s, step + 1);
    const u = drawUnit(s.key, STREAM.gap, step);
    const v = drawUnit(s.key, STREAM.gap, ~step);
    // 4uv has mean 1 and nearly the spread of an exponential wait, without a logarithm.
    return this.#within(s, step + Math.max(1, Math.round(4 * u * v / rate)));
  }

  /** How many actions a security takes in a step it acts in. */
  actions(s: Security, step: number): number {
    const rate = this.#rate(s, step, this.phase(s));
    if (rate < EVERY_STEP) return 1;
    return Math.floor(rate + (draw(s.key, STREAM.gap, ~step) & 0xffff) / 0x10000);
  }

  #rate(s: Security, step: number, phase: Phase): number {
    const { actionsPerSecond } = s.listing;
    return actionsPerSecond * this.#factors.intensity(secondOfStep(step)) * PHASE_RATE[phase]! /
      STEPS_PER_SECOND;
  }

  /** Carries a wait that outlasts its span over into the next one. */
  #within(s: Security, wanted: number): number {
    const spans = this.#spans[s.listing.exchange];
    let step = wanted;
    while (step >= spans[s.span]!.end) {
      const over = step - spans[s.span]!.end;
      s.span++;
      if (s.span === spans.length) {
        s.span--;
        return -1;
      }
      step = spans[s.span]!.start + over;
    }
    return step;
  }
}
