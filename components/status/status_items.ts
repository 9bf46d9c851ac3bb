import type { SystemFacts } from "../../core/wire/system_facts.ts";
import { certificateItems, qualityItems } from "./quality_items.ts";
import { databaseItems, feedItems, journalItems } from "./source_items.ts";
import { processItems, socketItems, wayItems } from "./serving_items.ts";
import type { StatusItem, Written } from "./status_item.ts";
import type { StatusWords } from "./status_words.ts";

export type GroupName = keyof StatusWords["groups"];

export interface StatusGroup {
  readonly name: GroupName;
  readonly items: readonly StatusItem[];
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
