import { vnDate } from "../market/time.ts";
import { lastOfEachStep } from "./series.ts";
import { isoVn, type MarketView } from "./snapshot.ts";

/** Foreign flow of a scope since the open at a moment: shares and VND. */
export interface FlowPoint {
  /** Exchange time, ISO 8601 with +07:00. */
  readonly timestamp: string;
  readonly buy_volume: number;
  readonly sell_volume: number;
  readonly net_volume: number;
  readonly buy_value: number;
  readonly sell_value: number;
  readonly net_value: number;
}

/** The flow of one trading date, one point a minute: the last of each minute. */
export interface FlowSeries {
  /** Trading date of the feed, `YYYY-MM-DD`; null before its first message. */
  readonly trading_date: string | null;
  readonly interval: "1m";
  readonly points: readonly FlowPoint[];
}

/** Cumulative flow of a scope over the day. It starts over with the feed's trading date. */
export function flowSeries(view: MarketView, scope: "VN30" | "ALL"): FlowSeries {
  const entries = view.log("flow").entries.filter((entry) => entry[1] === scope);
  const newest = entries.at(-1);
  const ofFeed = view.status.tradingDate;
  const ofLog = newest === undefined ? null : vnDate(newest[0]);
  // The log may know of the new day a moment before the status does.
  const date = ofFeed === null || ofLog !== null && ofLog > ofFeed ? ofLog : ofFeed;
  const today = entries.filter(([atMs]) => vnDate(atMs) === date);
  return {
    trading_date: date,
    interval: "1m",
    points: lastOfEachStep(today, 60).map(([atMs, , buy, sell, buyVnd, sellVnd]) => ({
      timestamp: isoVn(atMs),
      buy_volume: buy,
      sell_volume: sell,
      net_volume: buy - sell,
      buy_value: buyVnd,
      sell_value: sellVnd,
      net_value: buyVnd - sellVnd,
    })),
  };
}
