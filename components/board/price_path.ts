import { vnSecondOfDay } from "../../core/market/time.ts";
import { PICTURE_HEIGHT, PICTURE_WIDTH, type Stroke, type Tone } from "../cell_view.ts";
import { placeOfSecond } from "../charts/trading_axis.ts";

/**
 * Price of a day so far, minute of the day and price (VND or points) by turns, oldest first. A price
 * holds until the next one.
 */
export type PricePath = readonly number[];

/** Minutes between two points; the newest one moves on until its step is over. */
const STEP_MINUTES = 5;
/** Height left free at the borders of the cell, and between them, units of the drawing. */
const MARGIN = 4;
const INNER = PICTURE_HEIGHT - 2 * MARGIN;
/** Numbers of a path at most: 75 steps from 8:45 to 15:00, twice. */
const NUMBERS_MAX = 150;

/** A path of points: exchange time (Unix ms) and price. */
export function pathOf(points: readonly (readonly [atMs: number, price: number])[]): PricePath {
  return points.flatMap(([atMs, price]) => [Math.floor(vnSecondOfDay(atMs) / 60), price]);
}

/** The path with the price of a minute; what it knows of later minutes is left out. */
export function extendPath(path: PricePath, minute: number, price: number): PricePath {
  const held = path.slice(0, lengthUpTo(path, minute));
  const lastMinute = held.at(-2);
  const isSameStep = lastMinute !== undefined && stepOf(minute) === stepOf(lastMinute);
  return [...(isSameStep ? held.slice(0, -2) : held), minute, price].slice(-NUMBERS_MAX);
}

/** Whether a path knows of minutes after this one. */
export function isAhead(path: PricePath, minute: number): boolean {
  return (path.at(-2) ?? minute) > minute;
}

function lengthUpTo(path: PricePath, minute: number): number {
  let length = path.length;
  while (length > 0 && path[length - 2]! > minute) length -= 2;
  return length;
}

function stepOf(minute: number): number {
  return Math.ceil(minute / STEP_MINUTES);
}

/** Lowest, highest, first and newest price; null of an empty path. */
export function pathRange(path: PricePath) {
  if (path.length < 2) return null;
  const prices = path.filter((_, at) => at % 2 === 1);
  return {
    low: prices.reduce((a, b) => Math.min(a, b)),
    high: prices.reduce((a, b) => Math.max(a, b)),
    first: prices[0]!,
    last: prices.at(-1)!,
  };
}

/** The line of a path over the hours of the day, and a faint one at the reference. */
export function drawPath(path: PricePath, ref: number | null, tone: Tone): readonly Stroke[] {
  const range = pathRange(path);
  if (range === null) return [];
  const low = Math.min(range.low, ref ?? range.low);
  const high = Math.max(range.high, ref ?? range.high);
  const height = (price: number) =>
    high === low ? PICTURE_HEIGHT / 2 : Math.round((high - price) / (high - low) * INNER) + MARGIN;
  const place = (minute: number) => Math.round(placeOfSecond(minute * 60) * PICTURE_WIDTH);
  let d = `M${place(path[0]!)} ${height(path[1]!)}`;
  for (let at = 2; at < path.length; at += 2) {
    d += `H${place(path[at]!)}V${height(path[at + 1]!)}`;
  }
  const line: Stroke = { tone, d };
  return ref === null ? [line] : [{ tone: "dim", d: `M0 ${height(ref)}H${PICTURE_WIDTH}` }, line];
}
