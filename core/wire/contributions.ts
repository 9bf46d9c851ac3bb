import type { BoardField, Row } from "./board.ts";
import { difference, type Num, num, percentOf } from "./cells.ts";
import type { FollowedIndex } from "./index_intraday.ts";
import { type MarketView, type Stamp, stampOf } from "./snapshot.ts";

/** What one member moved its index by. */
export interface Contribution {
  readonly symbol: string;
  /** Index points. */
  readonly points: number;
  readonly last: Num;
  /** Per cent. */
  readonly change_pct: Num;
}

/** Body of `/api/market/contributions`. */
export interface Contributions extends Stamp {
  readonly index: FollowedIndex;
  /** Free float and caps are not in the feed, so points are an estimate. */
  readonly approximate: true;
  /** Change of the index, points. */
  readonly change: Num;
  /** Contributions of all members together, points. */
  readonly sum: Num;
  /** change less sum: a stale weight or a missed print. */
  readonly residual: Num;
  /** Members with a contribution. */
  readonly members: number;
  /** Largest first. */
  readonly top_positive: readonly Contribution[];
  readonly top_negative: readonly Contribution[];
}

/** The members that moved an index most, at most `limit` each way. */
export function contributions(
  view: MarketView,
  index: FollowedIndex,
  limit: number,
): Contributions {
  const row = view.one("index", index);
  return {
    index,
    approximate: true,
    change: difference(num(row?.value), num(row?.prior)),
    sum: num(row?.contrib),
    residual: num(row?.resid),
    ...rankContributions(view.all("stock"), index, limit),
    ...stampOf(view),
  };
}

/** Who of some securities moved an index most, at most `limit` each way. */
export function rankContributions(
  rows: readonly Row<BoardField>[],
  index: FollowedIndex,
  limit: number,
): Pick<Contributions, "members" | "top_positive" | "top_negative"> {
  const field = index === "VN30" ? "cVn30" : "cVnindex";
  const members = rows.flatMap((row) => contribution(row, field) ?? []);
  const top = (sign: 1 | -1) =>
    members
      .filter(({ points }) => points * sign > 0)
      .sort((a, b) => (b.points - a.points) * sign || (a.symbol < b.symbol ? -1 : 1))
      .slice(0, limit);
  return { members: members.length, top_positive: top(1), top_negative: top(-1) };
}

function contribution(
  row: Row<BoardField>,
  field: "cVn30" | "cVnindex",
): Contribution | null {
  const points = num(row[field]);
  if (points === null) return null;
  const [last, ref] = [num(row.last), num(row.ref)];
  const change_pct = percentOf(difference(last, ref), ref);
  return { symbol: row.symbol, points, last, change_pct };
}
