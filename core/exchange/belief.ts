import { stepOfSecond, STEPS_PER_SECOND } from "./day_clock.ts";
import type { Factors } from "./factors.ts";
import { futureFairE2, meanBasisE2 } from "./futures_flow.ts";
import type { IndexState } from "./index_value.ts";
import { draw, gaussOf, STREAM } from "./rng.ts";
import { interpolate, type ScenarioProfile } from "./scenario.ts";
import type { Security } from "./security.ts";

/** Deviation of a security's own overnight gap, as a share of its daily deviation. */
const GAP_SHARE = 0.35;
const STEPS_OF_TRADING = 4.75 * 3600 * STEPS_PER_SECOND;
const LUNCH_START = stepOfSecond(11.5 * 3600);
const LUNCH_STEPS = stepOfSecond(13 * 3600) - LUNCH_START;
const STOCKS_OPEN = 9.25 * 3600;
/** How far a warrant follows its underlying. */
const WARRANT_DELTA = 0.55;

/** Moves what the agents of a security believe it is worth on to a step. */
export class Beliefs {
  readonly #factors: Factors;
  readonly #profile: ScenarioProfile;
  readonly #vn30: IndexState;
  readonly #daysToExpiry: ReadonlyMap<Security, number>;

  constructor(
    factors: Factors,
    profile: ScenarioProfile,
    vn30: IndexState,
    daysToExpiry: ReadonlyMap<Security, number>,
  ) {
    this.#factors = factors;
    this.#profile = profile;
    this.#vn30 = vn30;
    this.#daysToExpiry = daysToExpiry;
  }

  /** Updates the belief; time since the last update counts, lunch does not. */
  update(s: Security, step: number, second: number): void {
    let steps = step - s.ownMoveStep;
    if (s.ownMoveStep < LUNCH_START && step >= LUNCH_START + LUNCH_STEPS) steps -= LUNCH_STEPS;
    const gauss = gaussOf(draw(s.key, STREAM.path, step));
    if (s.isFuture) this.#updateFuture(s, second, steps, gauss);
    else this.#updateShare(s, second, steps, gauss);
    s.ownMoveStep = step;
  }

  #updateShare(s: Security, second: number, steps: number, gauss: number): void {
    const { listing, underlying } = s;
    const deviation = listing.volatility * this.#profile.volatility;
    s.ownMove += s.isSeeded
      ? gauss * deviation * Math.sqrt(steps / STEPS_OF_TRADING)
      : gauss * deviation * GAP_SHARE;
    if (underlying !== null) {
      const moved = (underlying.fairE2 - underlying.listing.referenceE2) * WARRANT_DELTA;
      s.setFair(listing.referenceE2 * (1 + s.ownMove) + moved / listing.warrant!.ratio);
      return;
    }
    const common = this.#factors.market(second) + this.#factors.sector(listing.sector, second);
    const move = common * listing.beta + s.ownMove;
    s.setFair(listing.referenceE2 * (1 + move + move * move / 2));
  }

  #updateFuture(s: Security, second: number, steps: number, gauss: number): void {
    const { basisE2 } = this.#profile;
    const push = basisE2 === null ? 0 : interpolate(basisE2, second);
    const fair = futureFairE2(
      s,
      this.#vn30,
      second >= STOCKS_OPEN,
      this.#factors.market(second),
      meanBasisE2(this.#daysToExpiry.get(s)!) + push,
      steps,
      gauss,
    );
    s.setFair(fair);
  }
}
