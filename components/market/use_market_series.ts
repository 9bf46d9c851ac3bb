import type { AuctionPaths } from "../../core/wire/auction_path.ts";
import type { Contributions } from "../../core/wire/contributions.ts";
import type { BreadthIndex, IndexBreadth } from "../../core/wire/index_breadth.ts";
import type { LiveLink } from "../live/link.ts";
import { useClient } from "../live/use_live.ts";
import { useRefreshed } from "../live/use_refreshed.ts";
import { type AuctionLines, auctionLines } from "./auction_course.ts";
import type { Movers } from "./contribution_panel.tsx";
import { courseOf, type IndexCourse } from "./index_course.ts";

/** Ms between two questions for series that have a point a minute, and for what moves more often. */
const SERIES_MS = 60_000;
const MOVERS_MS = 10_000;
const AUCTION_MS = 5_000;
/** Members shown each way. */
export const MOVERS = 8;

/** What no channel carries: series of the day, and who moved the whole market. */
export interface MarketSeries {
  readonly courses: Readonly<Record<BreadthIndex, IndexCourse>>;
  /** Of VNINDEX; those of VN30 are in the rows of the board. */
  readonly movers: Movers;
  readonly auctions: readonly AuctionLines[];
}

/** The series of the page, renewed by REST; `isOld` when a newest question had no answer. */
export function useMarketSeries(
  link: LiveLink,
  seed: MarketSeries,
): MarketSeries & { readonly isOld: boolean } {
  const client = useClient(link);
  const { HOSE: phase } = (client?.feed.value ?? link.feed).phases;
  const isAuction = phase === "ato" || phase === "atc";
  const courses = {
    VN30: useCourse(link, seed.courses.VN30),
    VNINDEX: useCourse(link, seed.courses.VNINDEX),
    HNXINDEX: useCourse(link, seed.courses.HNXINDEX),
    HNXUPCOMINDEX: useCourse(link, seed.courses.HNXUPCOMINDEX),
  };
  const movers = useRefreshed<Movers>(
    { link, url: `/api/market/contributions?index=VNINDEX&limit=${MOVERS}`, everyMs: MOVERS_MS },
    seed.movers,
    (body) => body as Contributions,
  ).value;
  const auctions = useRefreshed(
    { link, url: "/api/market/auction", everyMs: isAuction ? AUCTION_MS : SERIES_MS },
    seed.auctions,
    (body) => auctionLines(body as AuctionPaths),
  ).value;
  return {
    courses: {
      VN30: courses.VN30.data,
      VNINDEX: courses.VNINDEX.data,
      HNXINDEX: courses.HNXINDEX.data,
      HNXUPCOMINDEX: courses.HNXUPCOMINDEX.data,
    },
    movers: movers.data,
    auctions: auctions.data,
    isOld: [...Object.values(courses), movers, auctions].some(({ isOld }) => isOld),
  };
}

function useCourse(link: LiveLink, seed: IndexCourse) {
  const url = `/api/market/breadth?index=${seed.id}`;
  return useRefreshed(
    { link, url, everyMs: SERIES_MS },
    seed,
    (body) => courseOf(body as IndexBreadth),
  ).value;
}
