import type { JSX } from "preact";
import { fill } from "../fill.ts";
import type { ChartWords } from "./chart_words.ts";
import { placeOn, type Scale, scaleOf } from "./scale.ts";
import type { AxisTick } from "./trading_ticks.ts";

/** Rows of the table beside a chart at most; a longer line is thinned. */
const TABLE_ROWS_MAX = 40;
const UNIT = 1_000;

export interface ChartPoint {
  /** Place on the axis, 0 to 1. */
  readonly at: number;
  readonly value: number;
  /** The moment in words, such as `10:42`. */
  readonly label: string;
}

export interface ChartLine {
  readonly key: string;
  readonly name: string;
  readonly points: readonly ChartPoint[];
  /** Class of its colour: a tone, or `accent`, `dim`. */
  readonly tone: string;
  /** Whether the room down to zero, or to the low end, is tinted. */
  readonly isArea?: boolean;
}

/** A level that lies across the chart, such as a reference. */
export interface ChartGuide {
  readonly key: string;
  readonly name: string;
  readonly value: number;
  readonly tone: string;
}

interface LineChartProps {
  readonly title: string;
  readonly lines: readonly ChartLine[];
  readonly guides?: readonly ChartGuide[];
  readonly ticks: readonly AxisTick[];
  /** Writes a value of the vertical axis. */
  readonly format: (value: number) => string;
  readonly words: ChartWords;
}

/** Lines over time as SVG that stretches with its panel; the same picture on server and in browser. */
export function LineChart(
  { title, lines, guides = [], ticks, format, words }: LineChartProps,
): JSX.Element {
  const drawn = lines.filter(({ points }) => points.length > 0);
  if (drawn.length === 0) return <p class="empty">{words.noPoints}</p>;
  const scale = scaleOf([
    ...drawn.flatMap(({ points }) => points.map(({ value }) => value)),
    ...guides.map(({ value }) => value),
  ]);
  const sentences = drawn.map((line) => sentenceOf(line, format, words));
  const height = (value: number) => UNIT - placeOn(scale, value) * UNIT;
  return (
    <figure class="chart">
      <div class="plot">
        <svg
          class="plot-area"
          viewBox={`0 0 ${UNIT} ${UNIT}`}
          preserveAspectRatio="none"
          role="img"
          aria-label={`${title}. ${sentences.join(" ")}`}
        >
          {scale.ticks.map((tick) => (
            <path key={tick} class="grid" d={`M0 ${height(tick)}H${UNIT}`} />
          ))}
          {guides.map(({ key, value, tone }) => (
            <path key={key} class={`guide ${tone}`} d={`M0 ${height(value)}H${UNIT}`} />
          ))}
          {drawn.map(({ key, points, tone, isArea }) => [
            isArea && <path key={`${key} area`} class={`area ${tone}`} d={areaOf(points, scale)} />,
            <path key={key} class={`line ${tone}`} d={pathOf(points, scale)} />,
          ])}
        </svg>
        <svg class="plot-y" aria-hidden="true">
          {scale.ticks.map((tick) => (
            <text key={tick} x="4" y={`${(height(tick) / UNIT * 100).toFixed(1)}%`}>
              {format(tick)}
            </text>
          ))}
        </svg>
        <svg class="plot-x" aria-hidden="true">
          {ticks.map(({ at, label, isMinor }) => (
            <text
              key={label}
              class={isMinor ? "minor" : undefined}
              x={`${(at * 100).toFixed(1)}%`}
              y="12"
              text-anchor={at < 0.03 ? "start" : at > 0.97 ? "end" : "middle"}
            >
              {label}
            </text>
          ))}
        </svg>
      </div>
      <figcaption>
        {[...drawn, ...guides].map(({ key, name, tone }) => (
          <span key={key} class={`key ${tone}`}>{name}</span>
        ))}
      </figcaption>
      <ChartTable title={title} lines={drawn} format={format} words={words} />
    </figure>
  );
}

function pathOf(points: readonly ChartPoint[], scale: Scale): string {
  // A lone point is a dot, which a line of no length with round ends is.
  const dot = points.length === 1 ? "h0" : "";
  return points.map(({ at, value }, i) =>
    `${i === 0 ? "M" : "L"}${Math.round(at * UNIT)} ${
      Math.round(UNIT - placeOn(scale, value) * UNIT)
    }`
  ).join("") + dot;
}

function areaOf(points: readonly ChartPoint[], scale: Scale): string {
  const zero = scale.min < 0 && scale.max > 0 ? 0 : scale.min <= 0 ? scale.max : scale.min;
  const base = Math.round(UNIT - placeOn(scale, zero) * UNIT);
  const [first, last] = [points[0]!, points.at(-1)!];
  return `${pathOf(points, scale)}L${Math.round(last.at * UNIT)} ${base}L${
    Math.round(first.at * UNIT)
  } ${base}Z`;
}

/** Lowest, highest and newest value of a line and where it went, in words. */
function sentenceOf(
  { name, points }: ChartLine,
  format: (value: number) => string,
  words: ChartWords,
): string {
  const values = points.map(({ value }) => value);
  const [first, last] = [values[0]!, values.at(-1)!];
  const trend = last > first ? words.rising : last < first ? words.falling : words.flat;
  return fill(words.sentence, {
    name,
    trend,
    min: format(values.reduce((a, b) => Math.min(a, b))),
    max: format(values.reduce((a, b) => Math.max(a, b))),
    last: format(last),
  });
}

interface ChartTableProps {
  readonly title: string;
  readonly lines: readonly ChartLine[];
  readonly format: (value: number) => string;
  readonly words: ChartWords;
}

/** The numbers of a chart for who cannot see it; lines share the moments of the longest. */
function ChartTable({ title, lines, format, words }: ChartTableProps): JSX.Element {
  const longest = lines.reduce((a, b) => b.points.length > a.points.length ? b : a).points;
  const step = Math.ceil(longest.length / TABLE_ROWS_MAX);
  const shown = longest.filter((_, i) => (longest.length - 1 - i) % step === 0);
  const valueAt = ({ points }: ChartLine, at: number) =>
    points.findLast((point) => point.at <= at)?.value;
  return (
    <details class="chart-table">
      <summary>{words.table}</summary>
      <div class="table-scroll" tabIndex={0}>
        <table class="data">
          <caption>{title}</caption>
          <thead>
            <tr>
              <th scope="col">{words.time}</th>
              {lines.map(({ key, name }) => <th key={key} scope="col">{name}</th>)}
            </tr>
          </thead>
          <tbody>
            {shown.map(({ at, label }) => (
              <tr key={label}>
                <th scope="row">{label}</th>
                {lines.map((line) => {
                  const value = valueAt(line, at);
                  return <td key={line.key}>{value === undefined ? "–" : format(value)}</td>;
                })}
              </tr>
            ))}
          </tbody>
        </table>
      </div>
    </details>
  );
}
