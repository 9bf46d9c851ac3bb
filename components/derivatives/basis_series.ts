import {
  formatVnTime,
  parseVnTime,
  vnDate,
  vnInstantMs,
  vnSecondOfDay,
} from "../../core/market/time.ts";
import { type Num, num, rounded, text } from "../../core/wire/cells.ts";
import type { DerivativesHistory } from "../../core/wire/basis_trend.ts";
import type { ChartPoint } from "../charts/line_chart.tsx";
import type { AxisTick } from "../charts/trading_ticks.ts";
import type { DerivativeRow } from "./contracts.ts";

/** What the chart looks back over, and the seconds between its points: about 200 of them (F-207). */
export const TREND_MINUTES = 30;
export const TREND_STEP_S = 9;
const STEP_MS = TREND_STEP_S * 1_000;
const SPAN_MS = TREND_MINUTES * 60_000;
/** A row may be a little behind the newest answer. */
const EARLIER_MS = 60_000;
/** Nor need clocks of future and index agree with that of the newest number. */
const AHEAD_MS = 60_000;
const MINUTE_MS = 60_000;
const MANY_MINUTES_MS = 8 * MINUTE_MS;

/** Both prices at an exchange second (Unix ms), points. */
export interface BasisPlace {
  readonly atMs: number;
  readonly futures: number;
  readonly spot: number;
}

export function basisOf({ futures, spot }: BasisPlace): number {
  return rounded(futures - spot, 2);
}

/** The series of an answer of `/api/market/basis-trend`. */
export function basisPlaces({ points }: Pick<DerivativesHistory, "points">): BasisPlace[] {
  return points.map(({ timestamp, futures_price, spot_value }) => ({
    atMs: Date.parse(timestamp),
    futures: futures_price,
    spot: spot_value,
  }));
}

/** What a live row adds; null before future and index have traded, or without a date. */
export function placeOf(row: DerivativeRow | undefined, asOfMs: Num): BasisPlace | null {
  const [futures, spot] = [num(row?.last), num(row?.spot)];
  const second = parseVnTime(text(row?.basisTime) ?? "");
  if (asOfMs === null || futures === null || spot === null || second === null) return null;
  const atMs = vnInstantMs(vnDate(asOfMs), second);
  // A row has a time and no date: one of later than now is what stands of the day before.
  return atMs > asOfMs + AHEAD_MS ? null : { atMs, futures, spot };
}

/**
 * A series with newer places after it: one in each step, of the last 30 minutes. A place far before
 * its end is of an earlier moment that the reader went to: the series ends there.
 */
export function extended(
  places: readonly BasisPlace[],
  newer: readonly BasisPlace[],
): readonly BasisPlace[] {
  let all = [...places];
  for (const place of newer) {
    const last = all.at(-1);
    if (last !== undefined && place.atMs < last.atMs) {
      if (place.atMs < last.atMs - EARLIER_MS) all = all.filter(({ atMs }) => atMs <= place.atMs);
      continue;
    }
    const isSameStep = last !== undefined && stepOf(last) === stepOf(place);
    if (isSameStep) all[all.length - 1] = place;
    else all.push(place);
  }
  const newest = all.at(-1)?.atMs ?? 0;
  return all.filter(({ atMs }) => atMs > newest - SPAN_MS);
}

/**
 * The series of a date when a new answer has come: it may be older than what came live while it was
 * on its way, and either may still be of another day.
 */
export function renewedPlaces(
  answer: readonly BasisPlace[],
  held: readonly BasisPlace[],
  date: string | null,
): readonly BasisPlace[] {
  const ofDate = ({ atMs }: BasisPlace) => vnDate(atMs) === date;
  return extended(answer.filter(ofDate), held.filter(ofDate));
}

function stepOf({ atMs }: BasisPlace): number {
  return Math.floor(atMs / STEP_MS);
}

/** The series as points of a chart from its first to its newest place. */
export function chartPoints(places: readonly BasisPlace[]): ChartPoint[] {
  const { firstMs, spanMs } = rangeOf(places);
  return places.map((place) => ({
    at: (place.atMs - firstMs) / spanMs,
    value: basisOf(place),
    label: timeLabel(place.atMs),
  }));
}

/** Full minutes of the chart, each fifth one where there are many. */
export function chartTicks(places: readonly BasisPlace[]): AxisTick[] {
  const { firstMs, spanMs } = rangeOf(places);
  const stepMs = spanMs > MANY_MINUTES_MS ? 5 * MINUTE_MS : MINUTE_MS;
  const ticks: AxisTick[] = [];
  for (let atMs = Math.ceil(firstMs / stepMs) * stepMs; atMs <= firstMs + spanMs; atMs += stepMs) {
    ticks.push({ at: (atMs - firstMs) / spanMs, label: timeLabel(atMs).slice(0, 5) });
  }
  return places.length === 0 ? [] : ticks;
}

function rangeOf(places: readonly BasisPlace[]): { firstMs: number; spanMs: number } {
  const firstMs = places[0]?.atMs ?? 0;
  // A single place stands at the left end.
  return { firstMs, spanMs: (places.at(-1)?.atMs ?? 0) - firstMs || STEP_MS };
}

export function timeLabel(atMs: number): string {
  return formatVnTime(vnSecondOfDay(atMs));
}
