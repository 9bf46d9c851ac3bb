import { FIRST_SECOND } from "./day_clock.ts";
import { SECTOR_COUNT } from "./names.ts";
import { draw, drawUnit, gaussOf, keyOf, STREAM } from "./rng.ts";
import { interpolate, type ScenarioProfile } from "./scenario.ts";

/** Deviation of the market's and of a sector's move over a day's trading, as ratios. */
const MARKET_DEVIATION = 0.008;
const SECTOR_DEVIATION = 0.005;
const GAP_DEVIATION = 0.003;
const TRADING_SECONDS = 4.75 * 3600;
/** Seconds between changes of the market's mood (volatility and rate of orders). */
const MOOD_SECONDS = 300;

const LUNCH_START = 11.5 * 3600;
const LUNCH_END = 13 * 3600;

/** Rate of orders over the day against its mean: busy open, quiet noon, busy close. */
const U_SHAPE = [
  [9 * 3600, 1.5],
  [9.25 * 3600, 2],
  [9.75 * 3600, 1.2],
  [10.5 * 3600, 0.8],
  [11.5 * 3600, 0.75],
  [13 * 3600, 1.2],
  [13.5 * 3600, 0.8],
  [14 * 3600, 1],
  [14.5 * 3600, 1.7],
  [15 * 3600, 1],
] as const;

/** What all securities share: the market's path, the sectors' paths and the rate of orders. */
export class Factors {
  readonly #market: Float64Array;
  readonly #sectors: readonly Float64Array[];
  readonly #intensity: Float64Array;

  constructor(dayKey: number, profile: ScenarioProfile, lastSecond: number) {
    const key = keyOf(dayKey, "#market");
    const length = lastSecond - FIRST_SECOND + 1;
    this.#market = pathOf(key, length, MARKET_DEVIATION * profile.volatility);
    for (let i = 0; i < this.#market.length; i++) {
      this.#market[i]! += interpolate(profile.drift, FIRST_SECOND + i);
    }
    this.#sectors = Array.from(
      { length: SECTOR_COUNT },
      (_, i) => pathOf(keyOf(key, `#${i}`), length, SECTOR_DEVIATION * profile.volatility),
    );
    this.#intensity = intensityOf(key, length, profile);
  }

  /** The market's move since the last close as a ratio. */
  market(second: number): number {
    return this.#market[second - FIRST_SECOND]!;
  }

  /** The move of a sector beyond the market's. */
  sector(sector: number, second: number): number {
    return this.#sectors[sector]![second - FIRST_SECOND]!;
  }

  /** Factor on the rate of orders. */
  intensity(second: number): number {
    return this.#intensity[second - FIRST_SECOND]!;
  }
}

function mood(key: number, second: number): number {
  return 0.7 + 0.7 * drawUnit(key, STREAM.gap, Math.floor(second / MOOD_SECONDS));
}

/** A random walk by the second that rests over lunch and starts with an overnight gap. */
function pathOf(key: number, length: number, deviation: number): Float64Array {
  const path = new Float64Array(length);
  const bySecond = deviation / Math.sqrt(TRADING_SECONDS);
  let value = GAP_DEVIATION * (deviation / MARKET_DEVIATION) *
    gaussOf(draw(key, STREAM.path, 0));
  for (let i = 0; i < path.length; i++) {
    const second = FIRST_SECOND + i;
    if (second < LUNCH_START || second >= LUNCH_END) {
      value += bySecond * mood(key, second) * gaussOf(draw(key, STREAM.path, second));
    }
    path[i] = value;
  }
  return path;
}

function intensityOf(key: number, length: number, profile: ScenarioProfile): Float64Array {
  const { activity, burst } = profile;
  const curve = new Float64Array(length);
  for (let i = 0; i < curve.length; i++) {
    const second = FIRST_SECOND + i;
    const isBurst = burst !== null && second >= burst.from && second < burst.until;
    curve[i] = activity * interpolate(U_SHAPE, second) * mood(key, second) *
      (isBurst ? burst.factor : 1);
  }
  return curve;
}
