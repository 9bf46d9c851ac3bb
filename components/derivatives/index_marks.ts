import { parseVnTime, vnSecondOfDay } from "../../core/market/time.ts";
import { priceToE2 } from "../../core/market/units.ts";
import type { IndexRow } from "../../core/wire/board.ts";
import { num, text } from "../../core/wire/cells.ts";
import type { IndexIntraday } from "../../core/wire/index_intraday.ts";
import type { IndexMark } from "../../core/wire/settlement.ts";

/** Marks that are kept: one a second of the 30 minutes and of some time before and after. */
const MARKS_MAX = 2_700;

/** The marks of an answer of `/api/market/index-intraday`. */
export function marksOf({ points }: Pick<IndexIntraday, "points">): IndexMark[] {
  return points.map((
    { timestamp, value },
  ) => [vnSecondOfDay(Date.parse(timestamp)), priceToE2(value)]);
}

/** What a live row of the index adds. */
export function markOf(row: IndexRow | undefined): IndexMark[] {
  const [value, second] = [num(row?.value), parseVnTime(text(row?.time) ?? "")];
  return value === null || second === null ? [] : [[second, priceToE2(value)]];
}

/** Both by second; those of `finer` count where both have one. */
export function mergedMarks(
  finer: readonly IndexMark[],
  coarser: readonly IndexMark[],
): readonly IndexMark[] {
  return [...new Map([...coarser, ...finer])].sort(([a], [b]) => a - b).slice(-MARKS_MAX);
}
