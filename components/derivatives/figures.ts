import type { Num } from "../../core/wire/cells.ts";
import { signedCell, type Tone, toneOf } from "../cell_view.ts";
import { formatCount, formatPrice, type NumberStyle, signed } from "../number_format.ts";
import type { ContractView } from "./contracts.ts";

const ABSENT = "–";

/** A figure as the page shows it; the dash is for what is not there. */
export interface Figure {
  readonly text: string;
  readonly tone: Tone;
}

/** A difference in points, signed, with two decimals. */
export function points(value: Num, style: NumberStyle): Figure {
  if (value === null) return { text: ABSENT, tone: "" };
  const { text, tone } = signedCell(value, style);
  return { text, tone };
}

/** A difference of two prices of futures, signed, as precise as they are. */
export function futuresPoints(value: Num, style: NumberStyle): Figure {
  if (value === null) return { text: ABSENT, tone: "" };
  const { tone } = points(value, style);
  return { text: signed(formatPrice(value, "futuresPoint", style), value), tone };
}

/** Per cent, signed, with two decimals. */
export function percent(value: Num, style: NumberStyle): Figure {
  const { text, tone } = points(value, style);
  return { text: value === null ? text : `${text}%`, tone };
}

/** A price of a future, in the tone of its limits and its reference. */
export function price(value: Num, contract: ContractView, style: NumberStyle): Figure {
  if (value === null) return { text: ABSENT, tone: "" };
  const limits = { ref: contract.ref, ceil: contract.ceiling, floor: contract.floor };
  return { text: formatPrice(value, "futuresPoint", style), tone: toneOf(value, limits) };
}

/** A value of an index or one computed from it, two decimals. */
export function level(value: Num, style: NumberStyle): string {
  return value === null ? ABSENT : formatPrice(value, "indexPoint", style);
}

export function count(value: Num, style: NumberStyle): string {
  return value === null ? ABSENT : formatCount(value, style);
}

/** Units of time left: 4,352 s are `1:12:32`. */
export function clockText(seconds: number): string {
  const two = (n: number) => String(n).padStart(2, "0");
  const [h, m, s] = [Math.floor(seconds / 3600), Math.floor(seconds / 60) % 60, seconds % 60];
  return `${h}:${two(m)}:${two(Math.floor(s))}`;
}
