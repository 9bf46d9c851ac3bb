import type { Cell } from "../../core/wire/board.ts";
import {
  BLANK,
  type CellView,
  type Column,
  numberOf,
  PICTURE_HEIGHT,
  PICTURE_WIDTH,
  positiveOf,
  type Stroke,
  type Tone,
  toneOf,
} from "../cell_view.ts";
import type { BoardLine, BoardStyle } from "./board_line.ts";
import { drawPath, pathRange, type PricePath } from "./price_path.ts";
import { priceText } from "./price_text.ts";

/** Where the bar lies between the borders of its cell, units of the drawing. */
const BAR_TOP = 8;
const BAR_HEIGHT = PICTURE_HEIGHT - 2 * BAR_TOP;

/** Columns that draw; their texts are the names of the drawings. */
export const PICTURE_COLUMNS: readonly Column<BoardLine, BoardStyle>[] = [
  { key: "trend", className: "trend", view: trendView },
  { key: "pressure", className: "pressure", view: pressureView },
];

function trendView(line: BoardLine, style: BoardStyle): CellView {
  return pathView(line.path, line.ref, {
    text: (price) => priceText(line, price, style),
    tone: (price) => toneOf(price, line),
  });
}

interface PathWriting {
  readonly text: (price: number) => string;
  readonly tone: (price: number) => Tone;
}

/** A path of the day as a line, and from where to where it went in words. */
export function pathView(
  path: PricePath = [],
  ref: Cell | undefined,
  { text, tone }: PathWriting,
): CellView {
  const range = pathRange(path);
  if (range === null) return BLANK;
  return {
    text: `${text(range.first)} → ${text(range.last)} (${text(range.low)} – ${text(range.high)})`,
    tone: "",
    sortKey: range.last / range.first,
    strokes: drawPath(path, positiveOf(ref), tone(range.last)),
  };
}

/** Active buying, volume without a side, active selling, as shares of the whole. */
function pressureView(line: BoardLine): CellView {
  const [buy, neutral, sell] = [line.buyVol, line.neutVol, line.sellVol].map((cell) =>
    numberOf(cell) ?? 0
  ) as [number, number, number];
  const sided = buy + sell;
  const whole = sided + neutral;
  if (sided === 0) return BLANK;
  const widthOf = (volume: number) => Math.round(volume / whole * PICTURE_WIDTH);
  const [buyWidth, sellWidth] = [widthOf(buy), widthOf(sell)];
  const percent = Math.round(buy / sided * 100);
  return {
    text: `▲ ${percent}% ▼ ${100 - percent}%`,
    tone: "",
    sortKey: buy / sided,
    strokes: [
      bar("up", 0, buyWidth),
      bar("dim", buyWidth, PICTURE_WIDTH - sellWidth),
      bar("dn", PICTURE_WIDTH - sellWidth, PICTURE_WIDTH),
    ],
  };
}

function bar(tone: Stroke["tone"], from: number, to: number): Stroke {
  const width = Math.max(0, to - from);
  return { tone, d: `M${from} ${BAR_TOP}h${width}v${BAR_HEIGHT}h-${width}z` };
}
