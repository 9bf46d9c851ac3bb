import type UPlot from "uplot";
import { basisOf, type BasisPlace, timeLabel, TREND_MINUTES } from "./basis_series.ts";

/** Room of the axes, px: that of the drawn chart below it. */
const X_AXIS_PX = 18;
/** Steps of the time axis; its labels are full minutes. */
const TICK_STEPS_S = [60, 120, 300, 600, 1_800];

interface PlotOptions {
  readonly format: (value: number) => string;
  /** Told of the place under the pointer; null when it leaves. */
  readonly onPoint: (place: BasisPlace | null) => void;
}

/** Loads the chart library and puts its chart into an element of the page. */
export async function openBasisPlot(
  root: HTMLElement,
  places: readonly BasisPlace[],
  options: PlotOptions,
): Promise<BasisPlot> {
  const { default: Plot } = await import("uplot");
  return new BasisPlot(Plot, root, places, options);
}

/** A chart of the basis to point at and zoom into, over the drawn one; it takes the panel's size. */
export class BasisPlot {
  readonly #plot: UPlot;
  readonly #watch: ResizeObserver;
  #places: readonly BasisPlace[];
  #shown: number | null = null;

  constructor(
    Plot: typeof UPlot,
    root: HTMLElement,
    places: readonly BasisPlace[],
    options: PlotOptions,
  ) {
    this.#places = places;
    this.#plot = new Plot(
      this.#options(Plot, root, options),
      dataOf(places),
      root,
    );
    this.#watch = new ResizeObserver(() => this.#plot.setSize(sizeOf(root)));
    this.#watch.observe(root);
  }

  /** Shows a series; a zoom of the reader stays. */
  show(places: readonly BasisPlace[]): void {
    this.#places = places;
    const { min, max } = this.#plot.scales.x!;
    const [first, last] = [this.#plot.data[0][0], this.#plot.data[0].at(-1)];
    const isZoomed = min !== undefined && max !== undefined && first !== undefined &&
      (min > Math.max(first, last! - TREND_MINUTES * 60) || max < last!);
    this.#plot.setData(dataOf(places), !isZoomed);
    if (isZoomed) this.#plot.redraw();
  }

  end(): void {
    this.#watch.disconnect();
    this.#plot.destroy();
  }

  #options(Plot: typeof UPlot, root: HTMLElement, options: PlotOptions): UPlot.Options {
    const token = (name: string) => getComputedStyle(root).getPropertyValue(name).trim();
    const axis = {
      stroke: token("--dim"),
      grid: { stroke: token("--line"), width: 1 },
      ticks: { show: false },
      font: `11px ${getComputedStyle(root).fontFamily}`,
    };
    return {
      ...sizeOf(root),
      padding: [4, 0, 0, 16],
      legend: { show: false },
      cursor: { y: false, drag: { x: true, y: false } },
      scales: { x: { time: true }, y: { range: withZero } },
      axes: [
        {
          ...axis,
          size: X_AXIS_PX,
          incrs: TICK_STEPS_S,
          values: (_, splits) => splits.map((s) => timeLabel(s * 1000).slice(0, 5)),
        },
        { ...axis, side: 1, size: 56, values: (_, splits) => splits.map(options.format) },
      ],
      series: [{}, {
        width: 1.6,
        points: { show: ({ data }) => data[0].length === 1 },
        paths: Plot.paths.spline!(),
        stroke: (plot) => bySign(plot, [token("--up"), token("--dn")]),
        fill: (plot) => bySign(plot, [`${token("--up")}33`, `${token("--dn")}33`]),
        fillTo: 0,
      }],
      hooks: {
        setCursor: [({ cursor }) => this.#point(cursor.idx ?? null, options.onPoint)],
      },
    };
  }

  #point(at: number | null, onPoint: PlotOptions["onPoint"]): void {
    if (at === this.#shown) return;
    this.#shown = at;
    onPoint(at === null ? null : this.#places[at] ?? null);
  }
}

function dataOf(places: readonly BasisPlace[]): UPlot.AlignedData {
  return [places.map(({ atMs }) => atMs / 1000), places.map(basisOf)];
}

function sizeOf(root: HTMLElement): { width: number; height: number } {
  return { width: root.clientWidth, height: root.clientHeight };
}

/** Zero is always in sight: a basis is read against it. */
function withZero(_: UPlot, min: number | null, max: number | null): UPlot.Range.MinMax {
  const [low, high] = [Math.min(0, min ?? 0), Math.max(0, max ?? 0)];
  const room = (high - low || 1) * 0.08;
  return [low - (low < 0 ? room : room / 2), high + (high > 0 ? room : room / 2)];
}

/** One colour above zero and one below. */
function bySign(plot: UPlot, [above, below]: readonly [string, string]): CanvasGradient | string {
  const { top, height } = plot.bbox;
  const zero = (plot.valToPos(0, "y", true) - top) / height;
  if (!Number.isFinite(zero)) return above;
  const gradient = plot.ctx.createLinearGradient(0, top, 0, top + height);
  const at = Math.min(1, Math.max(0, zero));
  for (const [place, colour] of [[0, above], [at, above], [at, below], [1, below]] as const) {
    gradient.addColorStop(place, colour);
  }
  return gradient;
}
