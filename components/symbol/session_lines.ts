import type {
  IChartApi,
  IPrimitivePaneRenderer,
  IPrimitivePaneView,
  ISeriesPrimitive,
  Time,
} from "lightweight-charts";

/** A bar that begins a day, or an afternoon. */
export interface SessionLine {
  readonly time: Time;
  readonly isDay: boolean;
}

/** Upright lines where a chart of candles leaps over a night or a lunch break. */
export class SessionLines implements ISeriesPrimitive<Time> {
  readonly #chart: IChartApi;
  readonly #colour: string;
  #lines: readonly SessionLine[] = [];

  constructor(chart: IChartApi, colour: string) {
    this.#chart = chart;
    this.#colour = colour;
  }

  show(lines: readonly SessionLine[]): void {
    this.#lines = lines;
  }

  paneViews(): readonly IPrimitivePaneView[] {
    return [{ zOrder: () => "bottom", renderer: () => this.#renderer() }];
  }

  #renderer(): IPrimitivePaneRenderer {
    const scale = this.#chart.timeScale();
    const half = scale.options().barSpacing / 2;
    const places = this.#lines.flatMap(({ time, isDay }) => {
      const x = scale.timeToCoordinate(time);
      return x === null ? [] : [{ x: x - half, isDay }];
    });
    return {
      draw: (target) =>
        target.useBitmapCoordinateSpace(({ context, bitmapSize, horizontalPixelRatio }) => {
          context.strokeStyle = this.#colour;
          context.globalAlpha = 0.6;
          for (const { x, isDay } of places) {
            const at = Math.round(x * horizontalPixelRatio) + 0.5;
            context.setLineDash(isDay ? [6, 4] : [2, 4]);
            context.beginPath();
            context.moveTo(at, 0);
            context.lineTo(at, bitmapSize.height);
            context.stroke();
          }
        }),
    };
  }
}
