import { priceFromE2 } from "../market/units.ts";
import { type Num, num } from "./cells.ts";
import { lastMinutes, lastOfEachStep, stepSeconds } from "./series.ts";
import { isoVn, type MarketView, type Stamp, stampOf } from "./snapshot.ts";

/** Indices whose course over the day, and whose contributions, are kept. */
export const FOLLOWED_INDICES = ["VN30", "VNINDEX"] as const;
export type FollowedIndex = typeof FOLLOWED_INDICES[number];

/** Minutes from 08:45 to 15:05, all that is kept of a day. */
export const INTRADAY_MINUTES_MAX = 380;

/** Body of `/api/market/index-intraday`, points. */
export interface IndexIntraday extends Stamp {
  readonly index: FollowedIndex;
  readonly minutes: number;
  /** A point is the last one of so many seconds. */
  readonly step_seconds: number;
  /** Close of the day before. */
  readonly prior: Num;
  /** Oldest first. */
  readonly points: readonly { readonly timestamp: string; readonly value: number }[];
}

/** The course of an index over the last minutes before the newest exchange time. */
export function indexIntraday(
  view: MarketView,
  index: FollowedIndex,
  minutes: number,
): IndexIntraday {
  const entries = view.log("intraday").entries;
  const untilMs = Math.max(view.asOfMs ?? 0, entries.at(-1)?.[0] ?? 0);
  const stepS = stepSeconds(minutes);
  const recent = lastMinutes(entries, minutes, untilMs).filter((entry) => entry[1] === index);
  return {
    index,
    minutes,
    step_seconds: stepS,
    prior: num(view.one("index", index)?.prior),
    points: lastOfEachStep(recent, stepS).map(([atMs, , valueE2]) => ({
      timestamp: isoVn(atMs),
      value: priceFromE2(valueE2),
    })),
    ...stampOf(view),
  };
}
