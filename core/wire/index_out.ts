import type { IndexRow } from "./board.ts";
import { difference, type Num, num, percentOf, rounded } from "./cells.ts";

/**
 * One index, points; `ratio` is the change in per cent, `advance_ratio` a share of 0–1. Advances,
 * declines, ceilings and floors are counted from the members, `feed_…` is what the feed counts.
 */
export interface IndexOut {
  readonly value: Num;
  readonly prior: Num;
  readonly change: Num;
  readonly ratio: Num;
  readonly open: Num;
  readonly high: Num;
  readonly low: Num;
  /** While a call auction runs. */
  readonly estimated_value: Num;
  readonly total_volume: Num;
  readonly total_value: Num;
  readonly put_through_volume: Num;
  readonly put_through_value: Num;
  readonly advances: Num;
  readonly declines: Num;
  readonly no_changes: Num;
  readonly ceilings: Num;
  readonly floors: Num;
  readonly advance_ratio: Num;
  /** Securities that the breadth is counted from; null where it is the feed's own. */
  readonly members: Num;
  readonly feed_advances: Num;
  readonly feed_declines: Num;
  readonly feed_no_changes: Num;
  readonly feed_ceilings: Num;
  readonly feed_floors: Num;
  /** Sum of what the members moved it by, points; an estimate. */
  readonly contribution_points: Num;
  /** Change of the index less that sum. */
  readonly contribution_residual: Num;
  readonly contribution_approximate: true;
}

/** The index of a row. */
export function indexOut(row: IndexRow): IndexOut {
  const value = num(row.value);
  const prior = num(row.prior);
  const [advances, declines] = [num(row.up), num(row.down)];
  const moved = (advances ?? 0) + (declines ?? 0);
  return {
    value,
    prior,
    change: difference(value, prior),
    ratio: percentOf(difference(value, prior), prior),
    open: num(row.open),
    high: num(row.high),
    low: num(row.low),
    estimated_value: num(row.est),
    total_volume: num(row.vol),
    total_value: num(row.val),
    put_through_volume: num(row.ptVol),
    put_through_value: num(row.ptVal),
    advances,
    declines,
    no_changes: num(row.same),
    ceilings: num(row.ceil),
    floors: num(row.floor),
    advance_ratio: moved === 0 ? null : rounded((advances ?? 0) / moved, 4),
    members: num(row.members),
    feed_advances: num(row.fUp),
    feed_declines: num(row.fDown),
    feed_no_changes: num(row.fSame),
    feed_ceilings: num(row.fCeil),
    feed_floors: num(row.fFloor),
    contribution_points: num(row.contrib),
    contribution_residual: num(row.resid),
    contribution_approximate: true,
  };
}
