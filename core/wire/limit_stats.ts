import type { Row } from "./board.ts";
import { type Num, num, text } from "./cells.ts";
import type { LimitField } from "./limits.ts";
import { type MarketView, type Stamp, stampOf } from "./snapshot.ts";

/** A security at one of its limits, now or earlier today. Prices VND or points, values VND. */
export interface LimitStay {
  readonly symbol: string;
  readonly exchange: string | null;
  readonly limit: "ceiling" | "floor";
  /** Whether it stands there now; `since`, `queue_volume` and `queue_value` are null if not. */
  readonly is_there: boolean;
  /** Exchange time at which it came there, `HH:mm:ss`. */
  readonly since: string | null;
  readonly limit_price: Num;
  readonly last: Num;
  readonly queue_volume: Num;
  readonly queue_value: Num;
  readonly queue_max: number;
  /** Law: one more than `times_broken` while it stands there, else the same. */
  readonly times_reached: number;
  readonly times_broken: number;
  /** Seconds of matching that it stood there today. */
  readonly seconds: number;
  /** Volume of the counted trades at the limit price. */
  readonly matched_volume: number;
}

/** Body of `/api/market/limits`. */
export interface LimitStats extends Stamp {
  readonly limits: readonly LimitStay[];
}

/** Every stay at a limit today. */
export function limitStats(view: MarketView): LimitStats {
  return { limits: limitStays(view.all("limits")), ...stampOf(view) };
}

/** Stays of rows of the table `limits`: the largest queues first, then the longest of the past. */
export function limitStays(rows: readonly Row<LimitField>[]): LimitStay[] {
  return rows.flatMap((row) => {
    const stays = [stayOf(row, "ceiling"), stayOf(row, "floor")];
    return stays.filter(({ times_reached }) => times_reached > 0);
  }).sort((a, b) =>
    Number(b.is_there) - Number(a.is_there) ||
    (b.queue_value ?? 0) - (a.queue_value ?? 0) ||
    b.seconds - a.seconds ||
    (a.symbol < b.symbol ? -1 : 1)
  );
}

function stayOf(row: Row<LimitField>, limit: "ceiling" | "floor"): LimitStay {
  const isThere = row.limit === limit;
  const key = limit === "ceiling" ? "ceil" : "floor";
  // Nothing counted is 0; a row that is all null was never at a limit.
  const sum = (name: "Reached" | "Broken" | "Secs" | "QueueMax" | "Matched") =>
    num(row[`${key}${name}`]) ?? 0;
  return {
    symbol: row.symbol,
    exchange: text(row.exchange),
    limit,
    is_there: isThere,
    since: isThere ? text(row.since) : null,
    limit_price: num(row[key]),
    last: num(row.last),
    queue_volume: isThere ? num(row.queue) : null,
    queue_value: isThere ? num(row.queueVal) : null,
    queue_max: sum("QueueMax"),
    times_reached: sum("Reached"),
    times_broken: sum("Broken"),
    seconds: sum("Secs"),
    matched_volume: sum("Matched"),
  };
}
