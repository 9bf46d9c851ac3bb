import { lastOfEachStep } from "../../core/wire/series.ts";
import { PRICE_STEP_MS } from "../../core/wire/sparklines.ts";
import type { PricePath } from "./price_path.ts";

/** A value of an index and its exchange time, ISO 8601 with +07:00. */
export interface CoursePoint {
  readonly timestamp: string;
  readonly value: number;
}

/** The day of an index as a line: the newest value of each step of PRICE_STEP_MS, oldest first. */
export function pathOfCourse(points: readonly CoursePoint[]): PricePath {
  const entries = points.map((point) => [Date.parse(point.timestamp), point] as const);
  return lastOfEachStep(entries, PRICE_STEP_MS / 1000)
    .flatMap(([, { timestamp, value }]) => [minuteOf(timestamp), value]);
}

/** Minute of the exchange's day of a timestamp. */
export function minuteOf(timestamp: string): number {
  const [hour, minute] = timestamp.slice(11, 16).split(":").map(Number);
  return hour! * 60 + minute!;
}
