import type { JSX } from "preact";
import { signTone } from "../cell_view.ts";

/** A part of a bar: its size in any unit, its colour class and its words. */
export interface BarPart {
  readonly key: string;
  readonly value: number;
  /** A tone, or `dim` for what has no side. */
  readonly tone: string;
  /** Words with the number, such as `mua chủ động 55,2 %`. */
  readonly text: string;
}

interface PartsBarProps {
  readonly label: string;
  readonly parts: readonly BarPart[];
}

/** One bar cut in parts of its whole; an empty one where there is nothing yet. */
export function PartsBar({ label, parts }: PartsBarProps): JSX.Element {
  const whole = parts.reduce((sum, { value }) => sum + value, 0);
  let x = 0;
  return (
    <svg
      class="parts-bar"
      role="img"
      aria-label={parts.length === 0
        ? label
        : `${label}: ${parts.map(({ text }) => text).join(", ")}`}
    >
      <rect class="bar-ground" width="100%" height="100%" />
      {whole > 0 && parts.map(({ key, value, tone, text }) => {
        const width = value / whole * 100;
        const rect = (
          <rect
            key={key}
            class={tone}
            x={`${x.toFixed(2)}%`}
            width={`${width.toFixed(2)}%`}
            height="100%"
          >
            <title>{text}</title>
          </rect>
        );
        x += width;
        return rect;
      })}
    </svg>
  );
}

/** A row of diverging bars. */
export interface SignedBar {
  readonly key: string;
  readonly name: string;
  readonly value: number;
  readonly text: string;
}

interface SignedBarsProps {
  readonly label: string;
  readonly rows: readonly SignedBar[];
  /** The value that reaches the edge; without it the largest of the rows does. */
  readonly edge?: number;
}

/** Horizontal bars around zero: to the right and up-coloured above it, to the left below. */
export function SignedBars({ label, rows, edge }: SignedBarsProps): JSX.Element {
  const whole = edge ??
    (rows.reduce((max, { value }) => Math.max(max, Math.abs(value)), 0) || 1);
  return (
    <ul class="signed-bars" aria-label={label}>
      {rows.map(({ key, name, value, text }) => {
        const half = Math.abs(value) / whole * 50;
        const tone = signTone(value);
        return (
          <li key={key}>
            <span class="bar-name">{name}</span>
            <svg aria-hidden="true">
              <rect
                class={tone}
                x={`${(value < 0 ? 50 - half : 50).toFixed(2)}%`}
                width={`${half.toFixed(2)}%`}
                height="100%"
              />
              <rect class="bar-zero" x="50%" width="1" height="100%" />
            </svg>
            <span class={`bar-text p ${tone}`}>{text}</span>
          </li>
        );
      })}
    </ul>
  );
}
