import type { LiveLink } from "../live/link.ts";
import { askRest } from "../live/rest.ts";
import { type CoursePoint, minuteOf, pathOfCourse } from "./course_path.ts";
import type { PricePath } from "./price_path.ts";

/** Securities in one question; the server takes no more. */
const SYMBOLS_MAX = 100;

interface WantedPaths {
  readonly symbols: readonly string[];
  readonly indices: readonly string[];
  /** The minute up to which they are wanted, `2026-11-25T10:42`; null for now. */
  readonly at: string | null;
}

/** What this reads of `/api/market/sparklines`. */
interface Sparklines {
  readonly timestamps: readonly string[];
  readonly prices: Readonly<Record<string, readonly (number | null)[]>>;
}

/** What this reads of `/api/market/breadth`. */
interface Course {
  readonly points: readonly CoursePoint[];
}

/**
 * Prices of the day of some securities and indices, by REST; of the first SYMBOLS_MAX securities
 * where there are more. None where there is no answer: the page's status says that the server is
 * away, and the next question comes when the reader moves on.
 */
export async function loadPaths(
  link: LiveLink,
  { symbols, indices, at }: WantedPaths,
  signal: AbortSignal,
): Promise<ReadonlyMap<string, PricePath>> {
  const until = at === null ? "" : `&at=${at}`;
  const wanted = symbols.slice(0, SYMBOLS_MAX);
  const ask = <Body>(path: string) => askRest<Body>(link, `/api/market/${path}${until}`, signal);
  try {
    const [lines, ...courses] = await Promise.all([
      wanted.length === 0 ? null : ask<Sparklines>(`sparklines?symbols=${wanted}`),
      ...indices.map((id) => ask<Course>(`breadth?index=${id}`)),
    ]);
    return new Map([
      ...(lines === null ? [] : wanted.map((symbol) => [symbol, pathIn(lines, symbol)] as const)),
      ...courses.flatMap((course, n) =>
        course === null ? [] : [[indices[n]!, pathOfCourse(course.points)] as const]
      ),
    ]);
  } catch (error) {
    // The board has gone, and its question with it.
    if (signal.aborted) return new Map();
    throw error;
  }
}

function pathIn({ timestamps, prices }: Sparklines, symbol: string): PricePath {
  const path: number[] = [];
  for (const [at, price] of (prices[symbol] ?? []).entries()) {
    if (price === null || price === path.at(-1)) continue;
    path.push(minuteOf(timestamps[at]!), price);
  }
  return path;
}
