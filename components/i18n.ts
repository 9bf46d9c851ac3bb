import type { NumberStyle } from "./number_format.ts";

/** Languages of the pages; Vietnamese is the default. */
export type Lang = "vi" | "en";
export const LANGS: readonly Lang[] = ["vi", "en"];

const STYLES: Readonly<Record<Lang, NumberStyle>> = {
  vi: { group: ".", decimal: ",", million: "tr", billion: "tỷ" },
  en: { group: ",", decimal: ".", million: "M", billion: "B" },
};

/** The number marks of a language. */
export function numberStyleOf(lang: Lang): NumberStyle {
  return STYLES[lang];
}
