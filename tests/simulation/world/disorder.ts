import { Draws } from "./draws.ts";

/** Shares of frames that are lost, come twice, or are overtaken by up to `LATE_FRAMES_MAX` others. */
export const DISORDER = { lost: 0.01, twice: 0.1, late: 0.2 } as const;
export const LATE_FRAMES_MAX = 6;

/** What became of the frames of a stretch. */
export interface Disorder {
  lost: number;
  twice: number;
  late: number;
}

/** The same frames as a bad line would bring them; the first ones, a snapshot, stay first. */
export function disordered(
  frames: readonly string[],
  { seed, first }: { readonly seed: number; readonly first: number },
): { frames: string[]; disorder: Disorder } {
  const draws = new Draws(seed);
  const disorder: Disorder = { lost: 0, twice: 0, late: 0 };
  const arrivals = frames.flatMap((frame, i): { frame: string; at: number }[] => {
    if (i < first) return [{ frame, at: i }];
    if (draws.chance(DISORDER.lost)) {
      disorder.lost++;
      return [];
    }
    const isLate = draws.chance(DISORDER.late);
    if (isLate) disorder.late++;
    const at = i + (isLate ? 1.5 + draws.below(LATE_FRAMES_MAX) : 0);
    if (!draws.chance(DISORDER.twice)) return [{ frame, at }];
    disorder.twice++;
    return [{ frame, at }, { frame, at: at + 0.5 + draws.below(LATE_FRAMES_MAX) }];
  });
  arrivals.sort((a, b) => a.at - b.at);
  return { frames: arrivals.map(({ frame }) => frame), disorder };
}
