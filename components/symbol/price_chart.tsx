import { effect, type ReadonlySignal, useSignal } from "@preact/signals";
import { useEffect, useRef, useState } from "preact/hooks";
import type { JSX } from "preact";
import type { BoardRow } from "../../core/wire/board.ts";
import { positiveOf, toneOf } from "../cell_view.ts";
import { fill } from "../fill.ts";
import type { LiveLink } from "../live/link.ts";
import { useSlowly } from "../live/use_slowly.ts";
import { formatCount } from "../number_format.ts";
import { CandlePlot, type Level } from "./candle_plot.ts";
import { type Bar, joinBars, minutesOfDay } from "./candles.ts";
import type { SymbolContext } from "./context.ts";
import { type Interval, INTERVALS, minutesOf } from "./intervals.ts";
import { PriceChartTable, sentenceOf } from "./price_chart_table.tsx";
import { type PriceChartWords, priceChartWordsOf } from "./price_chart_words.ts";
import { priceText } from "./price_text.ts";
import { isGapBehind, type StandingTrades, tradesOn } from "./trade.ts";
import { useFilling } from "./use_filling.ts";
import { type StoredBars, useHistory } from "./use_history.ts";

/** Ms between two changes of the sentence and the table that say what the chart shows. */
const WORDS_MS = 2_000;

interface PriceChartProps {
  readonly link: LiveLink;
  readonly context: SymbolContext;
  readonly row: ReadonlySignal<BoardRow>;
  readonly standing: ReadonlySignal<StandingTrades>;
  /** Trading date on which the chart ends, and the earlier minute that the page shows. */
  readonly date: string;
  readonly at: string | null;
  /** Whether the server keeps history at all, and still fills in what went by before its start. */
  readonly hasStore: boolean;
  readonly isFilling: boolean;
  readonly firstInterval: Interval;
}

/** Candles of a security from history on, whose last one moves with each trade (F-255, F-256). */
export function PriceChart(props: PriceChartProps): JSX.Element {
  const { link, context, row, standing, date, at, hasStore, firstInterval } = props;
  const { symbol, prices, style } = context;
  const words = priceChartWordsOf(link.lang);
  const [interval, setInterval] = useState(firstInterval);
  const [bars, onBars] = useBarsInWords();
  const { isFuture } = prices;
  const { stored, again } = useHistory(link, { symbol, isFuture, interval, date, at, hasStore });
  useFilling(link, props.isFilling, again);
  const { place, plot, hasFailed } = usePlot(link, context);
  useLiveBars({ plot, stored, interval, standing, date, onBars, onGap: again });
  useLevels(plot, row, words);
  const choose = (next: Interval) => {
    setInterval(next);
    const url = new URL(location.href);
    url.searchParams.set("interval", next);
    history.replaceState(history.state, "", url);
  };
  const sentence = sentenceOf(bars, { context, interval, words });
  return (
    <section class="panel price-chart" aria-labelledby="chart-title">
      <header>
        <h2 id="chart-title">{fill(words.title, { symbol })}</h2>
        <div class="chips live-only" role="group" aria-label={words.interval}>
          {INTERVALS.map((each) => (
            <button
              key={each}
              type="button"
              title={words.intervals[each]}
              aria-pressed={each === interval}
              onClick={() => choose(each)}
            >
              {each}
            </button>
          ))}
        </div>
      </header>
      <div class="chart-place">
        <div ref={place} role="img" aria-label={sentence}></div>
        {bars.length === 0 && (
          stored.state === "loading"
            ? <p class="empty live-only">{words.loading}</p>
            : <p class="empty">{words.empty}</p>
        )}
        {hasFailed && <p class="empty">{words.noLibrary}</p>}
        <noscript>
          <p class="empty">{words.noScript}</p>
        </noscript>
      </div>
      {(stored.state === "away" || stored.state === "failed") && (
        <p class="note warn" role="status">
          {fill(words[stored.state], { count: formatCount(standing.value.trades.length, style) })}
          {" "}
          {hasStore && <button type="button" class="button" onClick={again}>{words.retry}</button>}
        </p>
      )}
      {bars.length > 0 && <p class="note">{sentence}</p>}
      <PriceChartTable bars={bars} {...{ context, interval, words }} />
      <p class="note">{words.legend}</p>
      <p class="note">
        <span class="key accent">{words.vwap}</span> · {words.credit}
      </p>
    </section>
  );
}

/** Bars for sentence and table: a new bar at once, changes of the last one now and then. */
function useBarsInWords(): [readonly Bar[], (bars: readonly Bar[]) => void] {
  const newest = useSignal<readonly Bar[]>([]);
  const slow = useSlowly(newest, WORDS_MS);
  const [told, tell] = useState<readonly Bar[]>([]);
  const onBars = (bars: readonly Bar[]) => {
    newest.value = bars;
    // The state stays as it is where the number of bars does.
    tell((before) => before.length === bars.length ? before : bars);
  };
  return [slow.length === told.length ? slow : told, onBars];
}

/** The canvas, once the library has come. */
function usePlot(link: LiveLink, { prices }: SymbolContext) {
  const place = useRef<HTMLDivElement>(null);
  const [plot, setPlot] = useState<CandlePlot | null>(null);
  const [hasFailed, setFailed] = useState(false);
  useEffect(() => {
    let made: CandlePlot | null = null;
    let isGone = false;
    import("lightweight-charts").then((library) => {
      if (isGone || place.current === null) return;
      made = new CandlePlot(library, place.current, {
        price: (value) => priceText(value, prices),
        volume: (value) => formatCount(value, prices.style),
        priceStep: prices.isFuture ? 0.1 : 10,
        locale: link.lang === "vi" ? "vi-VN" : "en-GB",
      });
      setPlot(made);
    }, () => setFailed(true));
    return () => {
      isGone = true;
      made?.remove();
    };
  }, []);
  return { place, plot, hasFailed };
}

interface LiveBarsOptions {
  readonly plot: CandlePlot | null;
  readonly stored: StoredBars;
  readonly interval: Interval;
  readonly standing: ReadonlySignal<StandingTrades>;
  readonly date: string;
  readonly onBars: (bars: readonly Bar[]) => void;
  /** Hears that trades went by unseen, as while nobody looked at the page. */
  readonly onGap: () => void;
}

/** Draws stored bars and goes on from them with each trade. */
function useLiveBars(options: LiveBarsOptions): void {
  const { plot, stored, interval, standing, date, onBars, onGap } = options;
  useEffect(() => {
    // What was drawn stays until the next is here.
    if (stored.state === "loading") return;
    plot?.showTimes(interval !== "1d");
    let minutes = stored.minutes;
    let seenTotal = Infinity;
    return effect(() => {
      // The library takes no bar twice, and those of the day before are among the stored ones.
      const newest = tradesOn(date, standing.value);
      const { trades, areAll } = newest;
      if (stored.state === "ready" && isGapBehind(seenTotal, newest)) onGap();
      seenTotal = trades.at(-1)?.total ?? seenTotal;
      minutes = minutesOfDay(minutes, trades, areAll);
      const bars = [...stored.past, ...joinBars(minutes, minutesOf(interval))];
      plot?.show(bars);
      onBars(bars);
    });
  }, [plot, stored, interval, date]);
}

/** Keeps reference, limits and the last price across the chart. */
function useLevels(
  plot: CandlePlot | null,
  row: ReadonlySignal<BoardRow>,
  words: PriceChartWords,
): void {
  useEffect(() => {
    if (plot === null) return;
    let shown = "";
    return effect(() => {
      const levels = (["ref", "ceil", "floor", "last"] as const).flatMap((key): Level[] => {
        const price = positiveOf(row.value[key]);
        if (price === null) return [];
        const tone = toneOf(price, row.value);
        const title = key === "last" ? "" : words[key];
        return [{ key, title, price, colour: tone === "" ? "--fg" : `--${tone}` }];
      });
      const text = JSON.stringify(levels);
      if (text !== shown) plot.setLevels(levels);
      shown = text;
    });
  }, [plot]);
}
