import type { JSX } from "preact";
import type { IndexRow } from "../../core/wire/board.ts";
import { num } from "../../core/wire/cells.ts";
import type { BreadthIndex } from "../../core/wire/index_breadth.ts";
import type { ChartWords } from "../charts/chart_words.ts";
import { LineChart } from "../charts/line_chart.tsx";
import { TRADING_TICKS } from "../charts/trading_ticks.ts";
import { formatCount, type NumberStyle } from "../number_format.ts";
import { chartPoints, type IndexCourse } from "./index_course.ts";
import { IndexTabs } from "./index_tabs.tsx";
import type { MarketWords } from "./market_words.ts";

interface BreadthPanelProps {
  readonly rows: readonly IndexRow[];
  readonly courses: readonly IndexCourse[];
  readonly chosen: BreadthIndex;
  readonly onChoose: (index: BreadthIndex) => void;
  readonly words: MarketWords;
  readonly chartWords: ChartWords;
  readonly style: NumberStyle;
}

const LINES = [
  { figure: "up", name: "advances", tone: "up" },
  { figure: "same", name: "noChanges", tone: "re" },
  { figure: "down", name: "declines", tone: "dn" },
] as const;

/** How many members of an index rose, stood and fell over the day. */
export function BreadthPanel(
  { rows, courses, chosen, onChoose, words, chartWords, style }: BreadthPanelProps,
): JSX.Element {
  const row = rows.find(({ symbol }) => symbol === chosen);
  const course = courses.find(({ id }) => id === chosen)!;
  return (
    <section class="panel half breadth-panel" aria-labelledby="breadth">
      <header class="panel-head">
        <h2 id="breadth">{words.breadth}</h2>
        <IndexTabs
          parameter="breadth"
          rows={rows}
          ids={courses.map(({ id }) => id)}
          chosen={chosen}
          onChoose={onChoose}
          label={words.chooseIndex}
        />
      </header>
      <LineChart
        title={words.breadth}
        lines={LINES.map(({ figure, name, tone }) => ({
          key: figure,
          name: words[name],
          points: chartPoints(course, row, figure),
          tone,
        }))}
        ticks={TRADING_TICKS}
        format={(count) => formatCount(count, style)}
        words={chartWords}
      />
      {row !== undefined && num(row.up) !== null && (
        <p class="note">
          {num(row.members) === null ? words.breadthOfFeed : words.breadthOfMembers}
        </p>
      )}
    </section>
  );
}
