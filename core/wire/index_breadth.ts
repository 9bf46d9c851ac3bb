import { priceFromE2 } from "../market/units.ts";
import { type Num, num } from "./cells.ts";
import { isoVn, type MarketView, type Stamp, stampOf } from "./snapshot.ts";

/** Indices whose value and breadth are kept minute by minute: the one of each board, and VN30. */
export const BREADTH_INDICES = ["VN30", "VNINDEX", "HNXINDEX", "HNXUPCOMINDEX"] as const;
export type BreadthIndex = typeof BREADTH_INDICES[number];

/** An index at the end of a minute: points, and members up, unchanged, down and at their limits. */
export interface BreadthPoint {
  /** Exchange time, ISO 8601 with +07:00. */
  readonly timestamp: string;
  readonly value: number;
  readonly advances: Num;
  readonly no_changes: Num;
  readonly declines: Num;
  readonly ceilings: Num;
  readonly floors: Num;
}

/** Body of `/api/market/breadth`. */
export interface IndexBreadth extends Stamp {
  readonly index: BreadthIndex;
  readonly interval: "1m";
  /** Close of the day before, points. */
  readonly prior: Num;
  /** Minutes in which something moved, oldest first; a point holds until the next one. */
  readonly points: readonly BreadthPoint[];
}

/** Value and breadth of an index over the day. */
export function indexBreadth(view: MarketView, index: BreadthIndex): IndexBreadth {
  const points = view.log("breadth").entries.flatMap(
    ([minuteMs, id, valueE2, advances, no_changes, declines, ceilings, floors]) => {
      if (id !== index) return [];
      const [timestamp, value] = [isoVn(minuteMs), priceFromE2(valueE2)];
      return { timestamp, value, advances, no_changes, declines, ceilings, floors };
    },
  );
  const prior = num(view.one("index", index)?.prior);
  return { index, interval: "1m", prior, points, ...stampOf(view) };
}
