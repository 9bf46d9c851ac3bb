import type { IndexState } from "./index_value.ts";
import * as records from "./records.ts";
import type { Security } from "./security.ts";
import type { SimChannel } from "./types.ts";

/** The record a channel last published of a security, or null. */
export function latestOf(
  s: Security,
  channel: SimChannel,
  date: string,
): records.WireRecord | null {
  switch (channel) {
    case "F":
      return s.statusSecond < 0 ? null : records.statusRecord(s, date);
    case "X":
      return s.combinedSecond < 0 ? null : records.combinedRecord(s, date);
    case "X-QUOTE":
      return s.quoteSecond < 0 ? null : records.quoteRecord(s, date);
    case "X-TRADE":
      return s.tradeSecond < 0 ? null : records.tradeRecord(s, date);
    case "R":
      return s.foreignSecond < 0 ? null : records.foreignRecord(s, date);
    case "B":
      return s.barSecond < 0 ? null : records.barRecord(s, date);
    case "MI":
      return null;
  }
}

/** The record a channel last published of an index, or null. */
export function latestOfIndex(
  index: IndexState,
  channel: SimChannel,
  date: string,
): records.WireRecord | null {
  if (channel === "MI" && index.statusSecond >= 0) return records.indexRecord(index, date);
  if (channel === "B" && index.barSecond >= 0) return records.indexBarRecord(index, date);
  return null;
}
