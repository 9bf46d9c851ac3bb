import type { ReadonlySignal } from "@preact/signals";
import type { JSX } from "preact";
import type { ChartWords } from "../components/charts/chart_words.ts";
import { BasisPanel } from "../components/derivatives/basis_panel.tsx";
import type { BasisPlace } from "../components/derivatives/basis_series.ts";
import { ContractTabs } from "../components/derivatives/contract_tabs.tsx";
import {
  type ContractView,
  contractViews,
  type DerivativeRow,
} from "../components/derivatives/contracts.ts";
import type { DerivativeWords } from "../components/derivatives/derivative_words.ts";
import { FairPanel } from "../components/derivatives/fair_panel.tsx";
import { RollPanel } from "../components/derivatives/roll_panel.tsx";
import { isSettling, SettlementPanel } from "../components/derivatives/settlement_panel.tsx";
import { SummaryCards } from "../components/derivatives/summary_cards.tsx";
import { ContractTable, TermChart } from "../components/derivatives/term_structure.tsx";
import {
  useBasisPlot,
  useBasisSeries,
  useIndexMarks,
} from "../components/derivatives/use_series.ts";
import type { LiveLink } from "../components/live/link.ts";
import { useClient, useRows } from "../components/live/use_live.ts";
import { vnDate } from "../core/market/time.ts";
import type { BoardRow, IndexRow } from "../core/wire/board.ts";
import { num } from "../core/wire/cells.ts";
import type { SnapshotFrame } from "../core/wire/frames.ts";
import type { IndexMark } from "../core/wire/settlement.ts";

export interface LiveDerivativesProps {
  readonly link: LiveLink;
  readonly words: DerivativeWords;
  readonly chartWords: ChartWords;
  readonly seeds: Readonly<Record<"derivatives" | "board" | "index", SnapshotFrame>>;
  /** The contract that the page is about; "" while none is listed. */
  readonly code: string;
  readonly places: readonly BasisPlace[];
  /** Values of VN30 of the settlement window; none on other days. */
  readonly marks: readonly IndexMark[];
}

/** The derivatives page: every figure of the futures, moving; it fills once a future is listed. */
export default function LiveDerivatives(props: LiveDerivativesProps): JSX.Element {
  const { link, words, seeds, code } = props;
  const derivatives = useRows<DerivativeRow>(link, seeds.derivatives);
  const board = useRows<BoardRow>(link, seeds.board);
  const indices = useRows<IndexRow>(link, seeds.index);
  const vn30 = num(indices.value.find(({ symbol }) => symbol === "VN30")?.value);
  const contracts = contractViews({ board: board.value, derivatives: derivatives.value, vn30 });
  const chosen = contracts.find((contract) => contract.code === code) ?? contracts[0];
  if (chosen === undefined) return <p class="empty">{words.noContracts}</p>;
  return (
    <Futures
      {...props}
      key={chosen.code}
      code={chosen.code}
      places={chosen.code === code ? props.places : []}
      chosen={chosen}
      contracts={contracts}
      derivatives={derivatives}
      indices={indices}
    />
  );
}

interface FuturesProps extends Omit<LiveDerivativesProps, "seeds"> {
  readonly chosen: ContractView;
  readonly contracts: readonly ContractView[];
  readonly derivatives: ReadonlySignal<readonly DerivativeRow[]>;
  readonly indices: ReadonlySignal<readonly IndexRow[]>;
}

function Futures(props: FuturesProps): JSX.Element {
  const { link, words, chartWords, chosen, contracts } = props;
  const { style } = link;
  const client = useClient(link);
  const { places, renewed } = useBasisSeries(link, props.code, props.places, props.derivatives);
  const plot = useBasisPlot(places, { link, words });
  const nowMs = client === null ? link.asOfMs : client.asOfMs.value;
  return (
    <>
      <ContractTabs contracts={contracts} chosen={chosen} words={words} />
      <SummaryCards contract={chosen} nowMs={nowMs} words={words} style={style} />
      <div class="panels">
        <BasisPanel
          contract={chosen}
          places={places.value}
          isOld={renewed.value.isOld}
          words={words}
          chartWords={chartWords}
          style={style}
          plot={plot.root}
          readout={plot.readout}
        />
        <FairPanel contract={chosen} words={words} style={style} />
        <ContractTable contracts={contracts} chosen={chosen} words={words} style={style} />
        <TermChart
          contracts={contracts}
          chosen={chosen}
          words={words}
          chartWords={chartWords}
          style={style}
        />
        <Settlement {...props} nowMs={nowMs} />
        <RollPanel contracts={contracts} words={words} style={style} />
      </div>
    </>
  );
}

interface SettlementProps extends FuturesProps {
  readonly nowMs: number | null;
}

function Settlement(props: SettlementProps): JSX.Element {
  const { link, chosen, marks, nowMs, words } = props;
  if (isSettling(chosen, nowMs)) return <LiveSettlement {...props} />;
  const { style } = link;
  return (
    <SettlementPanel contract={chosen} marks={marks} nowMs={nowMs} words={words} style={style} />
  );
}

/** Apart, because only the last half hour of an expiry day needs the values of each second. */
function LiveSettlement({ link, chosen, marks, indices, nowMs, words }: SettlementProps) {
  // Marks have no date: those of a page that stayed open over the night are of another day.
  const isOfToday = nowMs !== null && link.asOfMs !== null && vnDate(nowMs) === vnDate(link.asOfMs);
  const live = useIndexMarks(link, isOfToday ? marks : [], indices);
  return (
    <SettlementPanel
      contract={chosen}
      marks={live.value}
      nowMs={nowMs}
      words={words}
      style={link.style}
    />
  );
}
