import type { NumberStyle } from "../number_format.ts";
import type { StatusWords } from "./status_words.ts";

/** How an item is: `note` is neither good nor bad. */
export type Level = "ok" | "note" | "warn" | "bad";

/** One line of the page. */
export interface StatusItem {
  readonly name: string;
  readonly value: string;
  readonly level: Level;
  /** What to do where it is not good. */
  readonly help?: string;
  /** Why, in the server's own English words. */
  readonly reason?: string | null;
}

/** What writes the items. */
export interface Written {
  readonly words: StatusWords;
  readonly style: NumberStyle;
}
