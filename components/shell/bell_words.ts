import type { Lang } from "../i18n.ts";

/** Words of the bell. */
export interface BellWords {
  readonly alerts: string;
}

export function bellWordsOf(lang: Lang): BellWords {
  return { alerts: lang === "vi" ? "Tín hiệu mới" : "New alerts" };
}
