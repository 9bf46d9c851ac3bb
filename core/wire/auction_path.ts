import { priceFromE2 } from "../market/units.ts";
import { difference, type Num } from "./cells.ts";
import type { LogEntryOf } from "./log.ts";
import { isoVn, type MarketView, type Stamp, stampOf } from "./snapshot.ts";

/** Exchange time between two points of an auction. */
export const AUCTION_STEP_MS = 5_000;

/** What VN30 would be if the auction ended at a moment, points. */
export interface AuctionPoint {
  /** Exchange time, ISO 8601 with +07:00. */
  readonly timestamp: string;
  /** As the feed estimates it. */
  readonly estimate: Num;
  /** As the expected prices of the members make it, by listed shares: approximate. */
  readonly implied: Num;
  /** implied less estimate. */
  readonly difference: Num;
  /** Members with an expected price. */
  readonly members: number;
}

/** One call auction of the day. */
export interface AuctionCourse {
  readonly auction: "ato" | "atc";
  /** Moments at which something moved, oldest first; a point holds until the next one. */
  readonly points: readonly AuctionPoint[];
  /** Expected prices of the members, VND: as they moved, oldest first. */
  readonly members: Readonly<
    Record<string, readonly { readonly timestamp: string; readonly price: number }[]>
  >;
}

/** Body of `/api/market/auction`. */
export interface AuctionPaths extends Stamp {
  readonly index: "VN30";
  /** Free float and caps are not in the feed, so implied values are an estimate. */
  readonly approximate: true;
  readonly step_seconds: number;
  /** Auctions of the day so far, the opening first. */
  readonly auctions: readonly AuctionCourse[];
}

/** Course of the day's call auctions: VN30 as the feed and as its members expect it. */
export function auctionPaths(view: MarketView): AuctionPaths {
  const { entries } = view.log("auction");
  return {
    index: "VN30",
    approximate: true,
    step_seconds: AUCTION_STEP_MS / 1000,
    auctions: (["ato", "atc"] as const).flatMap((auction) => {
      const ofAuction = entries.filter((entry) => entry[1] === auction);
      return ofAuction.length === 0 ? [] : courseOf(auction, ofAuction);
    }),
    ...stampOf(view),
  };
}

function courseOf(
  auction: "ato" | "atc",
  entries: readonly LogEntryOf["auction"][],
): AuctionCourse {
  const points: AuctionPoint[] = [];
  const paths: Record<string, { timestamp: string; price: number }[]> = {};
  for (const [stepMs, , feedE2, impliedE2, members, symbols, estimatesE2] of entries) {
    const timestamp = isoVn(stepMs);
    const [estimate, implied] = [priceOrNull(feedE2), priceOrNull(impliedE2)];
    points.push({
      timestamp,
      estimate,
      implied,
      difference: difference(implied, estimate),
      members,
    });
    for (const [at, symbol] of symbols.entries()) {
      (paths[symbol] ??= []).push({ timestamp, price: priceFromE2(estimatesE2[at]!) });
    }
  }
  return { auction, points, members: paths };
}

function priceOrNull(priceE2: number | null): Num {
  return priceE2 === null ? null : priceFromE2(priceE2);
}
