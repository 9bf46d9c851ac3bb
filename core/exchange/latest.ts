import type { IndexState } from "./index_value.ts";
import { oddLotRecord } from "./odd_lot_record.ts";
import * as records from "./records.ts";
import type { Security } from "./security.ts";
import type { SimChannel } from "./types.ts";

/** The record a channel last published of a security, or null. */
export function latestOf(
  s: Security,
  channel: SimChannel,
  terms: records.DayTerms,
): records.WireRecord | null {
  switch (channel) {
    case "F":
      return s.statusSecond < 0 ? null : records.statusRecord(s, terms);
    case "X":
      return s.combinedSecond < 0 ? null : records.combinedRecord(s, terms);
    case "X-QUOTE":
      return s.quoteSecond < 0 ? null : records.quoteRecord(s, terms);
    case "X-TRADE":
      return s.tradeSecond < 0 ? null : records.tradeRecord(s, terms);
    case "R":
      return s.foreignSecond < 0 ? null : records.foreignRecord(s, terms);
    case "B":
      return s.barSecond < 0 ? null : records.barRecord(s, terms);
    case "OL":
      return s.oddLots === null || s.oddLots.second < 0 ? null : oddLotRecord(s, s.oddLots, terms);
    case "MI":
      return null;
  }
}

/** The record a channel last published of an index, or null. */
export function latestOfIndex(
  index: IndexState,
  channel: SimChannel,
  terms: records.DayTerms,
): records.WireRecord | null {
  if (channel === "MI" && index.statusSecond >= 0) return records.indexRecord(index, terms);
  if (channel === "B" && index.barSecond >= 0) return records.indexBarRecord(index, terms);
  return null;
}
