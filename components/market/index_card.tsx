import type { JSX } from "preact";
import type { IndexRow } from "../../core/wire/board.ts";
import { num } from "../../core/wire/cells.ts";
import { INDEX_COLUMNS } from "../board/index_columns.ts";
import { classOf, signTone } from "../cell_view.ts";
import { type BarPart, PartsBar } from "../charts/bars.tsx";
import type { ChartWords } from "../charts/chart_words.ts";
import { LineChart } from "../charts/line_chart.tsx";
import { TRADING_TICKS } from "../charts/trading_ticks.ts";
import { fill } from "../fill.ts";
import { formatPrice, formatScaled, type NumberStyle } from "../number_format.ts";
import { chartPoints, type IndexCourse } from "./index_course.ts";
import type { MarketWords } from "./market_words.ts";

/** A card is too narrow for every label. */
const CARD_TICKS = TRADING_TICKS.filter((_, i) => i % 2 === 0 || i === TRADING_TICKS.length - 1);

interface IndexCardProps {
  readonly row: IndexRow;
  readonly course: IndexCourse;
  readonly words: MarketWords;
  readonly chartWords: ChartWords;
  readonly style: NumberStyle;
}

/** An index: its value, what traded, its breadth and its course over the day. */
export function IndexCard(
  { row, course, words, chartWords, style }: IndexCardProps,
): JSX.Element {
  const name = indexName(row);
  const prior = course.prior ?? num(row.prior);
  const points = chartPoints(course, row, "value");
  const format = (value: number) => formatPrice(value, "indexPoint", style);
  const tone = prior === null || points.length === 0
    ? "accent"
    : signTone(points.at(-1)!.value - prior);
  const parts = breadthParts(row, words);
  return (
    <li class="card index-card" id={row.symbol} data-symbol={row.symbol}>
      <h2>{name}</h2>
      <p class="figure">
        <Cell column="value" row={row} style={style} />
        <span class="moves">
          <Cell column="change" row={row} style={style} />
          <Cell column="percent" row={row} style={style} />
        </span>
      </p>
      <p class="totals">
        {words.matched} <Cell column="val" row={row} style={style} />
        {" · "}
        {words.putThrough} {putThroughText(row, style)}
      </p>
      <LineChart
        title={`${name}, ${words.intraday}`}
        lines={[{ key: "value", name, points, tone, isArea: true }]}
        guides={prior === null
          ? []
          : [{ key: "prior", name: `${words.prior} ${format(prior)}`, value: prior, tone: "re" }]}
        ticks={CARD_TICKS}
        format={format}
        words={chartWords}
      />
      <PartsBar label={words.breadthNow} parts={parts} />
      <p class="breadth">
        {(["up", "same", "down"] as const).map((key) => (
          <Cell key={key} column={key} row={row} style={style} />
        ))}
      </p>
    </li>
  );
}

/** A cell of the index strip, as the board shows it too. */
export function Cell(
  { column: key, row, style }: {
    readonly column: string;
    readonly row: IndexRow;
    readonly style: NumberStyle;
  },
): JSX.Element {
  const column = INDEX_COLUMNS.find((one) => one.key === key)!;
  const view = column.view(row, style);
  return <span class={classOf(view, column)}>{view.text === "" ? "–" : view.text}</span>;
}

/** The index as the feed names it. */
export function indexName({ symbol, name }: IndexRow): string {
  return typeof name === "string" && name !== "" ? name : symbol;
}

/** What was put through, in per cent of everything that traded; absent before the first trade. */
export function putThroughShare(row: IndexRow): number | null {
  const [matched, putThrough] = [num(row.val), num(row.ptVal)];
  if (matched === null || putThrough === null || matched + putThrough === 0) return null;
  return putThrough / (matched + putThrough) * 100;
}

/** The same in words. */
export function putThroughText(row: IndexRow, style: NumberStyle): string {
  const share = putThroughShare(row);
  return share === null ? "–" : `${formatScaled(Math.round(share * 10), 1, style)}%`;
}

/** Members at the ceiling, up, unchanged, down and at the floor, each in one part only. */
function breadthParts(row: IndexRow, words: MarketWords): BarPart[] {
  const count = (key: "ceil" | "up" | "same" | "down" | "floor") => num(row[key]) ?? 0;
  const counts = [
    ["ce", count("ceil")],
    ["up", count("up") - count("ceil")],
    ["re", count("same")],
    ["dn", count("down") - count("floor")],
    ["fl", count("floor")],
  ] as const;
  return counts.map(([tone, value]) => ({
    key: tone,
    tone,
    value,
    text: fill(words.breadthParts[tone], { n: value }),
  }));
}
