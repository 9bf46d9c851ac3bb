import { useMemo } from "preact/hooks";
import type { ChartWords } from "../components/charts/chart_words.ts";
import {
  detailUrl,
  type ForeignRefresh,
  type ForeignScope,
  refreshOf,
  shownCurve,
} from "../components/foreign/flow_curve.ts";
import { ForeignCards } from "../components/foreign/foreign_cards.tsx";
import { ForeignMap } from "../components/foreign/foreign_map.tsx";
import { ForeignTable } from "../components/foreign/foreign_table.tsx";
import type { ForeignWords } from "../components/foreign/foreign_words.ts";
import { NetCurve } from "../components/foreign/net_curve.tsx";
import { Participants } from "../components/foreign/participants.tsx";
import { SectorFlow } from "../components/foreign/sector_flow.tsx";
import { TopMovers } from "../components/foreign/top_movers.tsx";
import { guarded } from "../components/guarded.tsx";
import type { LiveLink } from "../components/live/link.ts";
import { useClient, useRows } from "../components/live/use_live.ts";
import { useRefreshed } from "../components/live/use_refreshed.ts";
import { remembered } from "../components/tables/remembered.ts";
import type { FlowField, ForeignField } from "../core/wire/analytics.ts";
import type { IndexRow, Row } from "../core/wire/board.ts";
import { foreignInvestorData } from "../core/wire/foreign_out.ts";
import type { ForeignDetail } from "../core/wire/foreign_summary.ts";
import type { SnapshotFrame } from "../core/wire/frames.ts";

export interface LiveForeignProps {
  readonly link: LiveLink;
  readonly words: ForeignWords;
  readonly chartWords: ChartWords;
  readonly scope: ForeignScope;
  readonly foreign: SnapshotFrame;
  readonly flow: SnapshotFrame;
  readonly index: SnapshotFrame;
  readonly refresh: ForeignRefresh;
}

/** The page of foreign flow: sums and VN30 by channels, curve and whole market by REST (F-222). */
function LiveForeign(props: LiveForeignProps) {
  const { link, words, chartWords, scope } = props;
  const { style, lang } = link;
  const client = useClient(link);
  const flow = useRows<Row<FlowField>>(link, props.flow).value;
  const rows = useRows<Row<ForeignField>>(link, props.foreign).value;
  const indices = useRows<IndexRow>(link, props.index).value;
  const refreshed = useRefreshed(
    { link, url: detailUrl(scope) },
    props.refresh,
    (body) => refreshOf(body as ForeignDetail, scope),
  ).value;
  const detailOf = useMemo(() => remembered(foreignInvestorData), []);
  const members = rows.map(detailOf);
  const stocks = scope === "vn30" ? members : refreshed.data.stocks;
  const { tradingDate } = client?.feed.value ?? link.feed;
  const at = client === null ? link.at : client.at.value;
  const written = { words, style };
  // The curve changes each ten seconds, the rest of the page with each frame.
  const curve = useMemo(
    () => (
      <NetCurve
        points={shownCurve(refreshed.data.curve, { tradingDate, at })}
        scope={scope}
        isOld={refreshed.isOld}
        chartWords={chartWords}
        {...written}
      />
    ),
    [refreshed, tradingDate, at],
  );
  return (
    <>
      <ForeignCards
        flow={flow}
        approximate={members.filter((stock) => stock.is_approximate === true).length}
        {...written}
      />
      <div class="panels">
        <SectorFlow
          flow={flow}
          symbols={members.map(({ symbol }) => symbol)}
          lang={lang}
          {...written}
        />
        {curve}
        <TopMovers stocks={stocks} {...written} />
        <ForeignTable stocks={stocks} scope={scope} lang={lang} {...written} />
        <ForeignMap stocks={members} lang={lang} {...written} />
        <Participants flow={flow} indices={indices} {...written} />
      </div>
    </>
  );
}

export default guarded(LiveForeign);
