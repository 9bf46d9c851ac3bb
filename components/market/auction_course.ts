import { formatVnTime, vnSecondOfDay } from "../../core/market/time.ts";
import type { AuctionCourse, AuctionPaths } from "../../core/wire/auction_path.ts";
import type { ChartPoint } from "../charts/line_chart.tsx";
import type { AxisTick } from "../charts/trading_ticks.ts";

/** Seconds of the day at which HOSE's call auctions begin; both last fifteen minutes. */
const START_S = { ato: 9 * 3600, atc: 14.5 * 3600 } as const;
const LENGTH_S = 15 * 60;
const TICK_S = 5 * 60;

/** The course of one auction, as an island holds it: seconds of the day and points of the index. */
export interface AuctionLines {
  readonly auction: "ato" | "atc";
  readonly points: readonly (readonly [
    second: number,
    implied: number | null,
    estimate: number | null,
    members: number,
  ])[];
  /** Expected price of each member, VND: lowest, highest, newest. */
  readonly members: readonly (readonly [
    symbol: string,
    low: number,
    high: number,
    newest: number,
  ])[];
}

/** What the auction panel draws of an answer. */
export function auctionLines({ auctions }: AuctionPaths): readonly AuctionLines[] {
  return auctions.map(linesOf);
}

function linesOf({ auction, points, members }: AuctionCourse): AuctionLines {
  return {
    auction,
    points: points.map(({ timestamp, implied, estimate, members }) => [
      vnSecondOfDay(Date.parse(timestamp)),
      implied,
      estimate,
      members,
    ]),
    members: Object.entries(members).map(([symbol, path]) => {
      const prices = path.map(({ price }) => price);
      const [low, high] = [Math.min(...prices), Math.max(...prices)];
      return [symbol, low, high, prices.at(-1)!] as const;
    }).sort(([a], [b]) => a < b ? -1 : 1),
  };
}

/** Points of one of an auction's lines. */
export function auctionPoints(
  { auction, points }: AuctionLines,
  line: "implied" | "estimate",
): readonly ChartPoint[] {
  return points.flatMap(([second, implied, estimate]) => {
    const value = line === "implied" ? implied : estimate;
    return value === null
      ? []
      : [{ at: placeOf(auction, second), value, label: formatVnTime(second) }];
  });
}

/** Every five minutes of an auction. */
export function auctionTicks(auction: "ato" | "atc"): readonly AxisTick[] {
  return [0, 1, 2, 3].map((n) => {
    const second = START_S[auction] + n * TICK_S;
    return { at: placeOf(auction, second), label: formatVnTime(second).slice(0, 5) };
  });
}

function placeOf(auction: "ato" | "atc", second: number): number {
  return Math.min(1, Math.max(0, (second - START_S[auction]) / LENGTH_S));
}
