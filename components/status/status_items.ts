import type { SystemFacts } from "../../core/wire/system_facts.ts";
import type { NumberStyle } from "../number_format.ts";
import { certificateItems, qualityItems } from "./quality_items.ts";
import { databaseItems, feedItems, journalItems } from "./source_items.ts";
import { processItems, socketItems, wayItems } from "./serving_items.ts";
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

export type GroupName = keyof StatusWords["groups"];

export interface StatusGroup {
  readonly name: GroupName;
  readonly items: readonly StatusItem[];
}

/** What writes the items. */
export interface Written {
  readonly words: StatusWords;
  readonly style: NumberStyle;
}

/** The whole page: every part of the server in words. */
export function statusGroups(facts: SystemFacts, written: Written): readonly StatusGroup[] {
  return [
    { name: "feed", items: feedItems(facts, written) },
    { name: "journal", items: journalItems(facts, written) },
    { name: "database", items: databaseItems(facts, written) },
    { name: "way", items: wayItems(facts, written) },
    { name: "quality", items: qualityItems(facts, written) },
    { name: "certificate", items: certificateItems(facts, written) },
    { name: "sockets", items: socketItems(facts, written) },
    { name: "process", items: processItems(facts, written) },
  ];
}
