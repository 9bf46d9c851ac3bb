import { fill } from "../fill.ts";
import { formatCount, formatScaled, type NumberStyle } from "../number_format.ts";
import type { StatusItem, Written } from "./status_item.ts";
import type { StatusWords } from "./status_words.ts";

/** A count that should be none. */
export function zeroItem(
  { name, count, help }: {
    readonly name: string;
    /** Null while nobody has told it. */
    readonly count: number | null | undefined;
    readonly help?: string;
  },
  { words, style }: Written,
): StatusItem {
  if (count === null || count === undefined) return { name, value: words.unknown, level: "note" };
  const value = formatCount(count, style);
  if (count === 0) return { name, value, level: "ok" };
  return { name, value, level: help === undefined ? "note" : "warn", ...(help && { help }) };
}

/** Bytes in MB with one decimal: `1.203,4 MB`. */
export function bytesText(bytes: number, style: NumberStyle): string {
  return `${formatScaled(Math.round(bytes / 1e5), 1, style)} MB`;
}

/** A time in its two largest units. */
export function durationText(seconds: number, words: StatusWords): string {
  const [s, m] = [Math.floor(seconds) % 60, Math.floor(seconds / 60) % 60];
  const [h, d] = [Math.floor(seconds / 3_600) % 24, Math.floor(seconds / 86_400)];
  if (d > 0) return fill(words.days, { d, h });
  if (h > 0) return fill(words.hours, { h, m });
  return m > 0 ? fill(words.minutes, { m, s }) : fill(words.seconds, { s });
}

/** The sum of counts by name. */
export function sumOf(counts: Readonly<Record<string, number>>): number {
  return Object.values(counts).reduce((sum, count) => sum + count, 0);
}
