import { TIMETABLES, type Timetables } from "../market/phase.ts";
import { sawtooth, wavesOf } from "./scenario_curves.ts";
import type { Scenario } from "./types.ts";

/** Straight lines between points of [second of the day, value]. */
export type Curve = readonly (readonly [second: number, value: number])[];

/** A security that does not trade for a while. */
export interface Halt {
  readonly symbol: string;
  /** Seconds of the day; `until` is exclusive. */
  readonly from: number;
  readonly until: number;
  /** H says so in its session code as well; S is a suspension that only the status tells. */
  readonly status: "H" | "S";
}

/** How a named day differs from another. */
export interface ScenarioProfile {
  /** Factor on every security's rate of orders. */
  readonly activity: number;
  /** Factor on every deviation. */
  readonly volatility: number;
  /** The market's move as a ratio. */
  readonly drift: Curve;
  /** Out of 16 aggressive orders, how many sweep several levels. */
  readonly sweeps: number;
  /** A stretch in which every busy security acts `factor` times as often. */
  readonly burst: { readonly from: number; readonly until: number; readonly factor: number } | null;
  readonly halts: readonly Halt[];
  /** Share of VN30's matches in which a foreigner sells; null leaves foreigners to their moods. */
  readonly foreignSell: Curve | null;
  /** What the basis of every future is pushed by, in hundredths of a point. */
  readonly basisE2: Curve | null;
  readonly timetables: Timetables;
}

const at = (hour: number, minute = 0) => hour * 3600 + minute * 60;
const WHOLE_DAY = { from: 0, until: at(24) } as const;

const NORMAL: ScenarioProfile = {
  activity: 1,
  volatility: 1,
  drift: [[at(8, 30), 0]],
  sweeps: 1,
  burst: null,
  halts: [],
  foreignSell: null,
  basisE2: null,
  timetables: TIMETABLES,
};

/** The named days. */
export const SCENARIO_PROFILES: Readonly<Record<Scenario, ScenarioProfile>> = {
  normal: NORMAL,
  quiet: { ...NORMAL, activity: 0.5, volatility: 0.45 },
  "trend-up": {
    ...NORMAL,
    activity: 1.1,
    drift: [[at(8, 30), 0.002], [at(11, 30), 0.009], [at(13), 0.01], [at(14, 45), 0.021]],
  },
  "trend-down": {
    ...NORMAL,
    activity: 1.1,
    drift: [[at(8, 30), -0.002], [at(11, 30), -0.009], [at(13), -0.01], [at(14, 45), -0.021]],
  },
  "sell-off": {
    ...NORMAL,
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
  "floor-lock": {
    ...NORMAL,
    activity: 1.3,
    drift: [[at(8, 30), -0.01], [at(9, 15), -0.02], [at(10, 30), -0.07], [at(11, 30), -0.12]],
  },
  "ceiling-chase": {
    ...NORMAL,
    activity: 1.3,
    drift: [
      [at(8, 30), 0.01],
      [at(9, 15), 0.02],
      [at(11), 0.07],
      [at(13, 30), 0.12],
      [at(13, 40), 0.04],
      [at(14, 15), 0.005],
    ],
  },
  "foreign-dump": {
    ...NORMAL,
    drift: [[at(8, 30), 0], [at(14, 45), -0.015]],
    foreignSell: wavesOf([
      [at(9, 30), 0.08],
      [at(9, 50), 0.11],
      [at(10, 10), 0.16],
      [at(10, 30), 0.22],
      [at(10, 50), 0.3],
      [at(11, 10), 0.42],
      [at(13, 10), 0.58],
      [at(13, 35), 0.8],
      [at(14), 0.95],
    ], 6 * 60),
  },
  "expiry-shock": {
    ...NORMAL,
    activity: 1.2,
    drift: [[at(14, 30), 0], [at(14, 32), 0.024]],
    basisE2: sawtooth({ from: at(9), until: at(14, 30), period: 40 * 60, height: 900 }),
  },
  "late-close": { ...NORMAL, timetables: lateBy(4 * 60) },
  halt: {
    ...NORMAL,
    halts: [
      { symbol: "STB", from: at(10, 30), until: at(10, 50), status: "H" },
      { symbol: "SAB", ...WHOLE_DAY, status: "S" },
    ],
  },
  volatile: { ...NORMAL, activity: 2, volatility: 2.5, sweeps: 4 },
  burst: { ...NORMAL, burst: { from: at(10), until: at(10, 2), factor: 12 } },
};

/** The boards with a closing auction end it, and what follows it, some seconds late. */
function lateBy(seconds: number): Timetables {
  const shift = (rows: Timetables["HOSE"]): Timetables["HOSE"] =>
    rows.map(([start, phase]) => [start > at(14, 30) ? start + seconds : start, phase]);
  const { HOSE, HNX, UPCOM, DERIVATIVES } = TIMETABLES;
  return { HOSE: shift(HOSE), HNX: shift(HNX), UPCOM, DERIVATIVES: shift(DERIVATIVES) };
}

/** The straight-line value of a curve at a second; constant before the first and after the last. */
export function interpolate(points: Curve, second: number): number {
  let [before, value] = points[0]!;
  if (second <= before) return value;
  for (const [next, target] of points) {
    if (second <= next) return value + (target - value) * (second - before) / (next - before);
    before = next;
    value = target;
  }
  return value;
}
