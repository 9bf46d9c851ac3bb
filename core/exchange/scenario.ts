import type { Scenario } from "./types.ts";

/** How a named day differs from another. */
export interface ScenarioProfile {
  /** Factor on every security's rate of orders. */
  readonly activity: number;
  /** Factor on every deviation. */
  readonly volatility: number;
  /** Points of [second of the day, ratio of the market's move]; straight lines between them. */
  readonly drift: readonly (readonly [second: number, ratio: number])[];
}

const at = (hour: number, minute = 0) => hour * 3600 + minute * 60;

/** The named days. */
export const SCENARIO_PROFILES: Readonly<Record<Scenario, ScenarioProfile>> = {
  normal: { activity: 1, volatility: 1, drift: [[at(8, 30), 0]] },
  quiet: { activity: 0.5, volatility: 0.45, drift: [[at(8, 30), 0]] },
  "trend-up": {
    activity: 1.1,
    volatility: 1,
    drift: [[at(8, 30), 0.002], [at(11, 30), 0.009], [at(13), 0.01], [at(14, 45), 0.021]],
  },
  "sell-off": {
    activity: 1.35,
    volatility: 1.5,
    drift: [
      [at(8, 30), -0.006],
      [at(11, 30), -0.018],
      [at(13), -0.022],
      [at(14), -0.044],
      [at(14, 45), -0.05],
    ],
  },
};

/** The straight-line value of points at a second; constant before the first and after the last. */
export function interpolate(
  points: readonly (readonly [second: number, value: number])[],
  second: number,
): number {
  let [before, value] = points[0]!;
  if (second <= before) return value;
  for (const [next, target] of points) {
    if (second <= next) return value + (target - value) * (second - before) / (next - before);
    before = next;
    value = target;
  }
  return value;
}
