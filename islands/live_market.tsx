import { useMemo, useState } from "preact/hooks";
import type { ChartWords } from "../components/charts/chart_words.ts";
import { guarded } from "../components/guarded.tsx";
import type { LiveLink } from "../components/live/link.ts";
import { useRows } from "../components/live/use_live.ts";
import { useSlowly } from "../components/live/use_slowly.ts";
import { AuctionPanel } from "../components/market/auction_panel.tsx";
import { BreadthPanel } from "../components/market/breadth_panel.tsx";
import { ContributionPanel } from "../components/market/contribution_panel.tsx";
import { HeatMap } from "../components/market/heat_map.tsx";
import { heatTiles, newestMinute } from "../components/market/heat_tiles.ts";
import { IndexCard } from "../components/market/index_card.tsx";
import { IndexTable } from "../components/market/index_table.tsx";
import { LimitPanel } from "../components/market/limit_panel.tsx";
import type { MarketWords } from "../components/market/market_words.ts";
import {
  type MarketSeries,
  MOVERS,
  useMarketSeries,
} from "../components/market/use_market_series.ts";
import type { BoardRow, IndexRow, Row } from "../core/wire/board.ts";
import { num } from "../core/wire/cells.ts";
import { rankContributions } from "../core/wire/contributions.ts";
import type { SnapshotFrame } from "../core/wire/frames.ts";
import type { BreadthIndex } from "../core/wire/index_breadth.ts";
import type { LimitField } from "../core/wire/limits.ts";

/** Ms between two looks at what moves all the time. */
const INDICES_MS = 500;
const BOARD_MS = 1_000;

export interface LiveMarketProps {
  readonly link: LiveLink;
  readonly words: MarketWords;
  readonly chartWords: ChartWords;
  readonly indices: SnapshotFrame;
  readonly board: SnapshotFrame;
  readonly limits: SnapshotFrame;
  readonly series: MarketSeries;
  /** The index whose breadth is drawn first. */
  readonly breadth: BreadthIndex;
}

/** The market as a whole: indices, breadth, sectors, contributions, price limits, auctions. */
function LiveMarket(props: LiveMarketProps) {
  const { link, words, chartWords } = props;
  const indices = useSlowly(useRows<IndexRow>(link, props.indices), INDICES_MS);
  const board = useSlowly(useRows<BoardRow>(link, props.board), BOARD_MS);
  const limits = useSlowly(useRows<Row<LimitField>>(link, props.limits), BOARD_MS);
  const { courses, movers, auctions, isOld } = useMarketSeries(link, props.series);
  const [breadth, setBreadth] = useState(props.breadth);
  const minute = newestMinute(board);
  const tiles = useMemo(() => heatTiles(board), [minute]);
  const vn30Movers = useMemo(() => rankContributions(board, "VN30", MOVERS), [board]);
  const row = (id: string) => indices.find(({ symbol }) => symbol === id);
  const shared = { words, style: link.style };
  const charted = { ...shared, chartWords };
  return (
    <>
      {isOld && <p class="notice passing" role="status">{words.notRenewed}</p>}
      <ul class="cards index-cards" aria-label={words.indices}>
        {Object.values(courses).map((course) => (
          <IndexCard
            key={course.id}
            row={row(course.id) ?? { symbol: course.id }}
            course={course}
            {...charted}
          />
        ))}
      </ul>
      <div class="panels">
        <BreadthPanel
          rows={indices}
          courses={Object.values(courses)}
          chosen={breadth}
          onChoose={(index) => {
            setBreadth(index);
            keepInAddress("breadth", index);
          }}
          {...charted}
        />
        <HeatMap
          rows={board}
          tiles={tiles}
          tableWord={chartWords.table}
          lang={link.lang}
          {...shared}
        />
        <ContributionPanel index="VN30" row={row("VN30")} movers={vn30Movers} {...shared} />
        <ContributionPanel index="VNINDEX" row={row("VNINDEX")} movers={movers} {...shared} />
        <LimitPanel rows={limits} scale={link.unit} {...shared} />
        <AuctionPanel
          auctions={auctions}
          rows={board}
          prior={num(row("VN30")?.prior)}
          scale={link.unit}
          {...charted}
        />
        <IndexTable rows={indices} {...shared} />
      </div>
    </>
  );
}

export default guarded(LiveMarket);

/** A choice stands in the address, so that it can be shared and outlives a reload. */
function keepInAddress(parameter: string, value: string): void {
  const url = new URL(location.href);
  url.searchParams.set(parameter, value);
  history.replaceState(history.state, "", url);
}
