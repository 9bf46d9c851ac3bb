import type { FeedLog } from "../feed/log.ts";
import type { Logger } from "../log.ts";

/** Events of feed and journal that an operator should look at; the rest is news. */
const TROUBLES: ReadonlySet<string> = new Set([
  "checkpoint_failed",
  "checkpoint_refused",
  "feed_error_told",
  "feed_lost",
  "feed_refused",
  "feed_stale",
  "futures_differed",
  "futures_not_checked",
  "futures_not_listed",
  "journal_care_failed",
  "journal_closed_short",
  "journal_damage_found",
  "journal_failed",
  "journal_unreadable",
  "keyframe_not_removed",
  "keyframe_refused",
  "members_not_loaded",
  "reference_not_loaded",
  "ssi_key_failed",
  "store_failed",
]);

/** Writes the events of feed and journal to the program's log, troubles as warnings. */
export function feedLog(log: Logger): FeedLog {
  return (event, fields) => TROUBLES.has(event) ? log.warn(event, fields) : log.info(event, fields);
}
