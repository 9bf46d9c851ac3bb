import type {
  CandlestickData,
  HistogramData,
  IChartApi,
  IPriceLine,
  ISeriesApi,
  UTCTimestamp,
} from "lightweight-charts";
import { vnInstantMs } from "../../core/market/time.ts";
import { type Bar, sessionBreaks, vwapOf } from "./candles.ts";
import { SessionLines } from "./session_lines.ts";

type Library = typeof import("lightweight-charts");

/** Bars in sight at first; the reader scrolls back to the others. Few bars do not get broader. */
const BARS_SHOWN_MAX = 160;
const BARS_SHOWN_MIN = 60;
const BARS_RIGHT = 4;
/** The library knows no time zone: it gets times of Viet Nam as if they were UTC. */
const VN_OFFSET_MS = -vnInstantMs("1970-01-01", 0);

/** A level across the chart. */
export interface Level {
  readonly key: string;
  readonly title: string;
  readonly price: number;
  /** Name of its colour in the style sheet, such as `--re`. */
  readonly colour: string;
}

interface PlotOptions {
  readonly price: (value: number) => string;
  readonly volume: (value: number) => string;
  /** Least step of a price. */
  readonly priceStep: number;
  readonly locale: string;
}

/** Candles, volume by side and levels on one canvas; new bars and changes of the last go in place. */
export class CandlePlot {
  readonly #chart: IChartApi;
  readonly #candles: ISeriesApi<"Candlestick">;
  readonly #vwap: ISeriesApi<"Line">;
  /** Volume in sum, then without what has no side, then of buyers alone: together they look stacked. */
  readonly #volumes: readonly ISeriesApi<"Histogram">[];
  readonly #breaks: SessionLines;
  readonly #colour: (name: string) => string;
  readonly #library: Library;
  readonly #levels = new Map<string, IPriceLine>();
  #hasTimes = true;
  #shown: readonly Bar[] = [];

  constructor(
    library: Library,
    place: HTMLElement,
    { price, volume, priceStep, locale }: PlotOptions,
  ) {
    this.#library = library;
    const tokens = getComputedStyle(document.documentElement);
    const colour = this.#colour = (name) => tokens.getPropertyValue(name).trim();
    this.#chart = library.createChart(place, {
      autoSize: true,
      layout: {
        background: { type: library.ColorType.Solid, color: colour("--row") },
        textColor: colour("--dim"),
        fontFamily: getComputedStyle(place).fontFamily,
        attributionLogo: false,
        panes: { separatorColor: colour("--line") },
      },
      // A finger that goes up or down scrolls the page.
      handleScroll: { vertTouchDrag: false },
      grid: { vertLines: { visible: false }, horzLines: { color: colour("--line") } },
      crosshair: { mode: library.CrosshairMode.Normal },
      rightPriceScale: { borderColor: colour("--line") },
      timeScale: {
        borderColor: colour("--line"),
        secondsVisible: false,
        rightOffset: BARS_RIGHT,
      },
      localization: { locale },
    });
    const quiet = { priceLineVisible: false, lastValueVisible: false };
    this.#volumes = [colour("--dim"), colour("--dn"), colour("--up")].map((color) =>
      this.#chart.addSeries(library.HistogramSeries, {
        ...quiet,
        color,
        priceFormat: { type: "custom", formatter: volume, minMove: 1 },
      }, 1)
    );
    const priceFormat = { type: "custom", formatter: price, minMove: priceStep } as const;
    this.#vwap = this.#chart.addSeries(library.LineSeries, {
      ...quiet,
      priceFormat,
      color: colour("--accent"),
      lineWidth: 1,
      crosshairMarkerVisible: false,
    });
    this.#candles = this.#chart.addSeries(library.CandlestickSeries, {
      // The last price is a level of ours, in the colour that it has against the reference.
      ...quiet,
      priceFormat,
      // Hollow and filled say up and down to who cannot tell the colours.
      upColor: colour("--row"),
      downColor: colour("--dn"),
      borderUpColor: colour("--up"),
      borderDownColor: colour("--dn"),
      wickUpColor: colour("--up"),
      wickDownColor: colour("--dn"),
    });
    this.#breaks = new SessionLines(this.#chart, colour("--dim"));
    this.#candles.attachPrimitive(this.#breaks);
    this.#chart.panes()[1]?.setStretchFactor(0.28);
    this.#chart.panes()[0]?.setStretchFactor(0.72);
  }

  /** Whether the axis has times of day: bars of whole days have none. */
  showTimes(timeVisible: boolean): void {
    this.#hasTimes = timeVisible;
    this.#chart.timeScale().applyOptions({ timeVisible });
  }

  /** Shows these bars; where only the last ones are new or other, nothing else is touched. */
  show(bars: readonly Bar[]): void {
    const same = bars.findIndex((bar, at) => !isSame(bar, this.#shown[at]));
    const from = same < 0 ? bars.length : same;
    const last = this.#shown.length - 1;
    // The chart takes no bar that is older than its last, as when a past comes before a single bar.
    const isInPlace = last >= 0 && from >= last && bars[last]?.atMs === this.#shown[last]!.atMs;
    if (isInPlace) this.#update(bars.slice(from));
    else this.#set(bars);
    if (!isInPlace || bars.length !== this.#shown.length) {
      const breaks = this.#hasTimes ? sessionBreaks(bars) : [];
      this.#breaks.show(breaks.map(({ atMs, isDay }) => ({ time: timeOf(atMs), isDay })));
    }
    if (!isInPlace || from < bars.length) {
      this.#vwap.setData(vwapOf(bars).map(({ atMs, value }) => ({ time: timeOf(atMs), value })));
    }
    this.#shown = bars;
  }

  /** Puts these levels across the chart; one that is there moves. */
  setLevels(levels: readonly Level[]): void {
    for (const { key, title, price, colour } of levels) {
      const look = { price, title, color: this.#colour(colour) };
      const held = this.#levels.get(key);
      if (held !== undefined) {
        held.applyOptions(look);
        continue;
      }
      const lineStyle = this.#library.LineStyle.Dashed;
      const line = { ...look, lineStyle, lineWidth: 1, axisLabelVisible: true } as const;
      this.#levels.set(key, this.#candles.createPriceLine(line));
    }
  }

  remove(): void {
    this.#chart.remove();
  }

  #update(bars: readonly Bar[]): void {
    for (const bar of bars) {
      this.#candles.update(this.#candleOf(bar));
      this.#volumes.forEach((series, layer) => series.update(volumeOf(bar, layer)));
    }
  }

  #set(bars: readonly Bar[]): void {
    this.#candles.setData(bars.map((bar) => this.#candleOf(bar)));
    this.#volumes.forEach((series, layer) =>
      series.setData(bars.map((bar) => volumeOf(bar, layer)))
    );
    const shown = Math.min(BARS_SHOWN_MAX, Math.max(BARS_SHOWN_MIN, bars.length));
    this.#chart.timeScale().setVisibleLogicalRange({
      from: bars.length - shown,
      to: bars.length + BARS_RIGHT,
    });
  }

  #candleOf({ atMs, open, high, low, close }: Bar): CandlestickData {
    const flat = this.#colour("--re");
    const candle = { time: timeOf(atMs), open, high, low, close };
    return open === close ? { ...candle, borderColor: flat, wickColor: flat } : candle;
  }
}

function timeOf(instantMs: number): UTCTimestamp {
  return (instantMs + VN_OFFSET_MS) / 1_000 as UTCTimestamp;
}

/** Where the sides are not told, only the sum is drawn. */
function volumeOf({ atMs, volume, buy, sell }: Bar, layer: number): HistogramData {
  const values = [volume, buy === null || sell === null ? 0 : buy + sell, buy ?? 0];
  return { time: timeOf(atMs), value: values[layer]! };
}

function isSame(a: Bar, b: Bar | undefined): boolean {
  return b !== undefined && a.atMs === b.atMs && a.open === b.open && a.high === b.high &&
    a.low === b.low && a.close === b.close && a.volume === b.volume && a.buy === b.buy &&
    a.sell === b.sell;
}
