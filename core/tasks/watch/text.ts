import type { Tone } from "../../../components/cell_view.ts";

/** A part of a line with one look. */
export interface Span {
  readonly text: string;
  /** A price against its limits; `label` stands out, `dim` does not. */
  readonly look?: Tone | "label" | "dim" | "bold";
}
export type Line = readonly Span[];

/** Colours of the market (VN convention) as the terminal's own palette has them. */
const CODES: Readonly<Record<NonNullable<Span["look"]>, string>> = {
  ce: "95",
  up: "92",
  re: "93",
  dn: "91",
  fl: "96",
  label: "7",
  dim: "2",
  bold: "1",
  "": "",
};

/** What says the same without a colour. */
const MARKS: Readonly<Record<Tone, string>> = {
  ce: "CE",
  up: "▲",
  re: "■",
  dn: "▼",
  fl: "FL",
  "": "",
};

export function markOf(tone: Tone): string {
  return MARKS[tone];
}

/** Columns that a line takes; every letter of ours takes one. */
export function widthOf(line: Line): number {
  return line.reduce((sum, { text }) => sum + lengthOf(text), 0);
}

/** Letters of a text, as a person counts them. */
export function lengthOf(text: string): number {
  return [...text.normalize("NFC")].length;
}

/** A line as bytes for a terminal, cut at its width; without colours for anything else. */
export function painted(line: Line, isColored: boolean, width = Infinity): string {
  let left = width;
  return line.map(({ text, look = "" }) => {
    const letters = [...text.normalize("NFC")].slice(0, Math.max(0, left));
    left -= letters.length;
    const shown = letters.join("");
    const code = CODES[look];
    return isColored && code !== "" && shown !== "" ? `\x1b[${code}m${shown}\x1b[0m` : shown;
  }).join("").trimEnd();
}
