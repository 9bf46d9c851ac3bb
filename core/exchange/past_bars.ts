import type { Exchange } from "../market/phase.ts";
import { DayClock, secondOfStep } from "./day_clock.ts";
import { draw, drawUnit, gaussOf, STREAM } from "./rng.ts";
import type { MinuteBar } from "./types.ts";

/** What a day's bars must come out as. */
export interface BarPlan {
  /** Base of its random numbers. */
  readonly key: number;
  readonly exchange: Exchange;
  readonly openE2: number;
  readonly closeE2: number;
  /** Deviation of the path between open and close, in hundredths. */
  readonly deviationE2: number;
  /** Lots of the whole day and shares of one. */
  readonly lots: number;
  readonly lotSize: number;
  /** Chance of a trade in a minute. */
  readonly busy: number;
  /** The nearest price that may be traded. */
  readonly snap: (priceE2: number) => number;
}

const MINUTES: Readonly<Record<Exchange, readonly number[]>> = minutesOf(new DayClock());
/** Draws of a bar are this far apart, those of its shape follow it. */
const DRAWS_PER_BAR = 4;

/** Minute bars that run from the open to the close; their volumes add up to the plan's lots. */
export function barsOf(plan: BarPlan): MinuteBar[] {
  const { key, openE2, closeE2, lotSize, snap } = plan;
  const minutes = tradedMinutes(plan);
  const lots = lotsByBar(plan, minutes);
  const noise = bridge(key, minutes);
  const step = plan.deviationE2 / Math.sqrt(minutes.length);
  let before = openE2;
  return minutes.map((minute, i) => {
    const part = (i + 1) / minutes.length;
    const wanted = openE2 + (closeE2 - openE2) * part + noise[i]! * step;
    const close = i === minutes.length - 1 ? closeE2 : snap(wanted);
    // One lot trades at one price.
    const open = lots[i] === 1 ? close : before;
    before = close;
    const bits = draw(key, STREAM.history, minute * DRAWS_PER_BAR + 3);
    const isWide = lots[i]! > 3;
    const reach = isWide ? step * (bits & 0xff) / 0x200 : 0;
    const dip = isWide ? step * ((bits >>> 8) & 0xff) / 0x200 : 0;
    return {
      second: minute * 60 + (minute >= LAST_AUCTION ? (bits >>> 16) % 6 : (bits >>> 16) % 60),
      openE2: open,
      highE2: Math.max(open, close, snap(Math.max(open, close) + reach)),
      lowE2: Math.min(open, close, snap(Math.min(open, close) - dip)),
      closeE2: close,
      volume: lots[i]! * lotSize,
    };
  });
}

const LAST_AUCTION = 14 * 60 + 45;

/** Minutes that have a trade; the last one of the day always does. */
function tradedMinutes({ key, exchange, busy, lots }: BarPlan): number[] {
  const minutes = MINUTES[exchange].filter((minute, i, all) =>
    i === all.length - 1 || drawUnit(key, STREAM.history, minute * DRAWS_PER_BAR) < busy
  );
  return minutes.slice(-lots);
}

/** Splits the lots of the day over its bars; each bar has at least one. */
function lotsByBar({ key, lots }: BarPlan, minutes: readonly number[]): number[] {
  const weights = minutes.map((minute, i) => {
    const u = drawUnit(key, STREAM.history, minute * DRAWS_PER_BAR + 1);
    const isEdge = i < 15 || i === minutes.length - 1;
    return 0.3 / (u + 0.05) * (isEdge ? 2 : 1);
  });
  const total = weights.reduce((sum, weight) => sum + weight, 0);
  const free = lots - minutes.length;
  const split = weights.map((weight) => 1 + Math.floor(free * weight / total));
  split[split.length - 1]! += lots - split.reduce((sum, part) => sum + part, 0);
  return split;
}

/** A random walk with unit steps that ends where it began. */
function bridge(key: number, minutes: readonly number[]): number[] {
  let at = 0;
  const walk = minutes.map((minute) =>
    at += gaussOf(draw(key, STREAM.history, minute * DRAWS_PER_BAR + 2))
  );
  return walk.map((value, i) => value - at * (i + 1) / minutes.length);
}

/** Minutes of the day in which a board matches: its continuous ones and that of the closing print. */
function minutesOf({ spans }: DayClock): Record<Exchange, number[]> {
  const of = (exchange: Exchange) =>
    spans[exchange].flatMap(({ phase, start, end }) => {
      const last = Math.floor(secondOfStep(end) / 60);
      if (phase === "atc") return [last];
      if (phase !== "continuous") return [];
      const first = Math.floor(secondOfStep(start) / 60);
      return Array.from({ length: last - first }, (_, i) => first + i);
    });
  return { HOSE: of("HOSE"), HNX: of("HNX"), UPCOM: of("UPCOM"), DERIVATIVES: of("DERIVATIVES") };
}
