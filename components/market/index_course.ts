import { parseVnTime, vnSecondOfDay } from "../../core/market/time.ts";
import type { IndexRow } from "../../core/wire/board.ts";
import { num } from "../../core/wire/cells.ts";
import type { BreadthIndex, IndexBreadth } from "../../core/wire/index_breadth.ts";
import { lastOfEachStep } from "../../core/wire/series.ts";
import type { ChartPoint } from "../charts/line_chart.tsx";
import { placeOfSecond } from "../charts/trading_axis.ts";

/** A card is some 300 pixels wide: a point of each three minutes is one every third pixel. */
const STEP_S = 180;

/** A moment of an index: exchange time, points, and members up, unchanged, down. */
export type CoursePoint = readonly [
  atMs: number,
  value: number,
  up: number | null,
  same: number | null,
  down: number | null,
];

/** An index over the day, as an island holds it. */
export interface IndexCourse {
  readonly id: BreadthIndex;
  /** Close of the day before, points. */
  readonly prior: number | null;
  readonly points: readonly CoursePoint[];
}

/** The course that a card and the breadth chart draw. */
export function courseOf({ index, prior, points }: IndexBreadth): IndexCourse {
  const all = points.map(({ timestamp, value, advances, no_changes, declines }): CoursePoint => {
    return [Date.parse(timestamp), value, advances, no_changes, declines];
  });
  return { id: index, prior, points: lastOfEachStep(all, STEP_S) };
}

/** What can be drawn of a course. */
export type CourseFigure = "value" | "up" | "same" | "down";

const PLACE = { value: 1, up: 2, same: 3, down: 4 } as const;

/** Points of a chart: those of the course, and last what the row of the index says now. */
export function chartPoints(
  { points }: IndexCourse,
  row: IndexRow | undefined,
  figure: CourseFigure,
): readonly ChartPoint[] {
  const drawn = points.flatMap((point): ChartPoint[] => {
    const value = point[PLACE[figure]] ?? null;
    return value === null ? [] : [chartPoint(vnSecondOfDay(point[0]), value)];
  });
  const now = row === undefined ? null : pointNow(row, figure);
  // A point of the same minute is replaced, an older one is none of now.
  if (now === null || now.at < (drawn.at(-1)?.at ?? 0)) return drawn;
  return [...drawn.filter(({ label }) => label < now.label), now];
}

function pointNow(row: IndexRow, figure: CourseFigure): ChartPoint | null {
  // Before its first trade of the day the feed tells yesterday's value.
  if (num(row.high) === null || typeof row.time !== "string") return null;
  const second = parseVnTime(row.time);
  const value = num(row[figure]);
  return second === null || value === null ? null : chartPoint(second, value);
}

function chartPoint(second: number, value: number): ChartPoint {
  const [hour, minute] = [Math.floor(second / 3600), Math.floor(second / 60) % 60];
  const label = `${String(hour).padStart(2, "0")}:${String(minute).padStart(2, "0")}`;
  return { at: placeOfSecond(second), value, label };
}
