import type { CDPSession } from "playwright-core";
import { type Point, slopeOf } from "./slope.ts";

const MB = 1_048_576;
const HOUR_MS = 3_600_000;

/** What a tab holds after garbage was collected. */
export interface Sample {
  /** Hours of our time since the first sample. */
  readonly atHours: number;
  /** Where the exchange is, Unix ms; null while the server has nothing. */
  readonly exchangeMs: number | null;
  readonly heapBytes: number;
  readonly nodes: number;
  readonly listeners: number;
  readonly documents: number;
}

type Held = Exclude<keyof Sample, "atHours" | "exchangeMs">;

/** What may be held at the end of a run beyond its beginning. */
const GROWTH_MAX: readonly {
  readonly held: Held;
  readonly title: string;
  /** Of one unit; bytes are told in MB. */
  readonly unit: number;
  /** A share of what is held, or so many units where that is more. */
  readonly share: number;
  readonly units: number;
}[] = [
  { held: "heapBytes", title: "heap, MB", unit: MB, share: 0.05, units: 0.5 },
  { held: "nodes", title: "DOM nodes", unit: 1, share: 0.02, units: 10 },
  { held: "listeners", title: "listeners", unit: 1, share: 0, units: 2 },
  { held: "documents", title: "documents", unit: 1, share: 0, units: 0 },
];

/** How one of the figures grows. */
export interface Growth {
  readonly title: string;
  readonly first: number;
  readonly last: number;
  readonly perHour: number;
  /** By the slope, over the whole run. */
  readonly inRun: number;
  readonly most: number;
  readonly isFlat: boolean;
}

/** Collects garbage, then asks what is left. */
export async function takeSample(
  session: CDPSession,
  at: Pick<Sample, "atHours" | "exchangeMs">,
): Promise<Sample> {
  // What the page's own tree held on to is only free after the first time.
  for (let time = 0; time < 2; time++) await session.send("HeapProfiler.collectGarbage");
  const { usedSize } = await session.send("Runtime.getHeapUsage");
  const { nodes, jsEventListeners, documents } = await session.send("Memory.getDOMCounters");
  return { ...at, heapBytes: usedSize, nodes, listeners: jsEventListeners, documents };
}

/**
 * Exchange time that went by, hours: a busy machine falls behind the pace. A step to the next session
 * counts as the time in which it was taken.
 */
export function streamedHours(samples: readonly Sample[], speed: number): number {
  return samples.slice(1).reduce((sum, { atHours, exchangeMs }, i) => {
    const before = samples[i]!;
    if (exchangeMs === null || before.exchangeMs === null) return sum;
    const passed = (exchangeMs - before.exchangeMs) / HOUR_MS;
    return sum + Math.min(Math.max(0, passed), (atHours - before.atHours) * speed);
  }, 0);
}

/** The slopes of a run; the first tenth, in which code is still compiled, does not count. */
export function growthOf(samples: readonly Sample[]): Growth[] {
  const steady = samples.slice(Math.ceil(samples.length / 10));
  const [first, last] = [steady[0]!, steady.at(-1)!];
  const hours = last.atHours - first.atHours;
  return GROWTH_MAX.map(({ held, title, unit, share, units }) => {
    const points = steady.map((one): Point => [one.atHours, one[held] / unit]);
    const perHour = slopeOf(points);
    const most = Math.max(units, share * first[held] / unit);
    return {
      title,
      first: first[held] / unit,
      last: last[held] / unit,
      perHour,
      inRun: perHour * hours,
      most,
      isFlat: perHour * hours <= most,
    };
  });
}
