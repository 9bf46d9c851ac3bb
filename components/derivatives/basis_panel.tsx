import type { ReadonlySignal } from "@preact/signals";
import type { JSX, RefObject } from "preact";
import type { ChartWords } from "../charts/chart_words.ts";
import { LineChart } from "../charts/line_chart.tsx";
import type { NumberStyle } from "../number_format.ts";
import { basisOf, type BasisPlace, chartPoints, chartTicks } from "./basis_series.ts";
import type { ContractView } from "./contracts.ts";
import type { DerivativeWords } from "./derivative_words.ts";
import { points } from "./figures.ts";

interface BasisPanelProps {
  readonly contract: ContractView;
  readonly places: readonly BasisPlace[];
  /** Whether the series could not be renewed. */
  readonly isOld: boolean;
  readonly words: DerivativeWords;
  readonly chartWords: ChartWords;
  readonly style: NumberStyle;
  /** Where the browser puts the chart that one can point at, and what is pointed at. */
  readonly plot: RefObject<HTMLDivElement>;
  readonly readout: ReadonlySignal<string | null>;
}

/** The basis of the last 30 minutes; the drawn chart is the first picture and the text of it. */
export function BasisPanel(props: BasisPanelProps): JSX.Element {
  const { contract, places, isOld, words, chartWords, style, plot, readout } = props;
  const last = places.at(-1);
  const { tone } = points(last === undefined ? null : basisOf(last), style);
  const line = chartPoints(places);
  return (
    <section class="panel two-thirds">
      <h2>{words.chart} · {contract.alias}</h2>
      <div class="basis-chart">
        <LineChart
          title={`${words.chart}, ${contract.alias}`}
          lines={[{ key: "basis", name: words.basis, points: line, tone, isArea: true }]}
          guides={line.length === 0 ? [] : [{ key: "zero", name: "0", value: 0, tone: "dim" }]}
          ticks={chartTicks(places)}
          format={(value) => points(value, style).text}
          words={chartWords}
        />
        <div class="basis-plot" ref={plot} aria-hidden="true" />
      </div>
      {line.length > 0 && <Readout text={readout} hint={words.chartHint} />}
      {isOld && <p class="note" role="status">{words.notRenewed}</p>}
    </section>
  );
}

interface ReadoutProps {
  readonly text: ReadonlySignal<string | null>;
  readonly hint: string;
}

/** Apart from the rest, as it changes with each move of the pointer. */
function Readout({ text, hint }: ReadoutProps): JSX.Element {
  return <p class="note readout">{text.value ?? hint}</p>;
}
