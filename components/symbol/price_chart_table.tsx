import type { JSX } from "preact";
import { formatVnDate, formatVnTime, vnDate, vnSecondOfDay } from "../../core/market/time.ts";
import { fill } from "../fill.ts";
import { formatCount } from "../number_format.ts";
import type { Bar } from "./candles.ts";
import type { SymbolContext } from "./context.ts";
import type { Interval } from "./intervals.ts";
import type { PriceChartWords } from "./price_chart_words.ts";
import { priceText } from "./price_text.ts";

const ROWS_MAX = 40;

interface TwinOptions {
  readonly context: SymbolContext;
  readonly interval: Interval;
  readonly words: PriceChartWords;
}

/** What the chart shows, in a sentence. */
export function sentenceOf(
  bars: readonly Bar[],
  { context, interval, words }: TwinOptions,
): string {
  const [first, last] = [bars[0], bars.at(-1)];
  if (first === undefined || last === undefined) return words.empty;
  const trend = last.close > first.open ? "rising" : last.close < first.open ? "falling" : "flat";
  const price = (value: number) => priceText(value, context.prices);
  return fill(words.sentence, {
    symbol: context.symbol,
    interval: words.intervals[interval],
    count: formatCount(bars.length, context.style),
    from: timeText(first, interval),
    to: timeText(last, interval),
    min: price(bars.reduce((min, { low }) => Math.min(min, low), Infinity)),
    max: price(bars.reduce((max, { high }) => Math.max(max, high), -Infinity)),
    last: price(last.close),
    trend: words[trend],
  });
}

interface PriceChartTableProps extends TwinOptions {
  readonly bars: readonly Bar[];
}

/** The newest candles as a table, for who cannot see the chart. */
export function PriceChartTable(
  { bars, context, interval, words }: PriceChartTableProps,
): JSX.Element {
  const { style, prices } = context;
  const shown = bars.slice(-ROWS_MAX).reverse();
  const count = (value: number | null) => value === null ? "–" : formatCount(value, style);
  return (
    <details class="chart-table">
      <summary>{fill(words.table, { count: shown.length })}</summary>
      <div class="table-scroll" tabIndex={0}>
        <table class="data">
          <caption>{fill(words.title, { symbol: context.symbol })}</caption>
          <thead>
            <tr>
              <th scope="col">{words.time}</th>
              {(["open", "high", "low", "close", "volume", "buy", "sell"] as const).map((key) => (
                <th key={key} scope="col">{words[key]}</th>
              ))}
            </tr>
          </thead>
          <tbody>
            {shown.map((bar) => (
              <tr key={bar.atMs}>
                <th scope="row">{timeText(bar, interval)}</th>
                {[bar.open, bar.high, bar.low, bar.close].map((price, at) => (
                  <td key={at}>{priceText(price, prices)}</td>
                ))}
                <td>{count(bar.volume)}</td>
                <td>{count(bar.buy)}</td>
                <td>{count(bar.sell)}</td>
              </tr>
            ))}
          </tbody>
        </table>
      </div>
    </details>
  );
}

function timeText({ atMs }: Bar, interval: Interval): string {
  const date = formatVnDate(vnDate(atMs)).slice(0, interval === "1d" ? 10 : 5);
  return interval === "1d" ? date : `${date} ${formatVnTime(vnSecondOfDay(atMs)).slice(0, 5)}`;
}
