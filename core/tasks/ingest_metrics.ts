import type { Ingest } from "../engine/ingest.ts";
import type { FeedStats } from "../feed/feed.ts";
import type { JournalStats } from "../port/journal.ts";

/** What the engine side counts, gathered from its parts. */
export interface MetricSources {
  readonly ingest: Ingest;
  readonly feed: FeedStats | null;
  readonly journal: JournalStats;
  readonly undatedDropped: number;
  /** Messages to the hub that were left out for a snapshot later. */
  readonly busDropped: number;
  readonly recovered: number;
  readonly indicesRefused: number;
  readonly rowsRefused: number;
  /** Figures of the way to the hub. */
  readonly publishing: Readonly<Record<string, number>>;
}

/** The engine side's figures as flat numbers; counters since start end in `_total`. */
export function ingestMetrics(sources: MetricSources): Readonly<Record<string, number>> {
  const { feed, journal } = sources;
  return {
    feed_frames_total: feed?.frames ?? 0,
    feed_attempts_total: feed?.attempts ?? 0,
    feed_resubscribes_total: feed?.resubscribes ?? 0,
    feed_token_requests_total: feed?.tokenRequests ?? 0,
    feed_rest_refused_total: feed?.restRefused ?? 0,
    journal_frames_total: journal.frames,
    journal_bytes_total: journal.bytes,
    journal_damaged_total: journal.damaged,
    journal_lost_total: journal.lost,
    journal_write_errors_total: journal.writeErrors,
    journal_writable: journal.writable ? 1 : 0,
    journal_undated_dropped_total: sources.undatedDropped,
    bus_dropped_total: sources.busDropped,
    recovered_frames_total: sources.recovered,
    board_indices_refused_total: sources.indicesRefused,
    board_rows_refused_total: sources.rowsRefused,
    ...sources.publishing,
    ...ingestCounters(sources.ingest),
  };
}

function ingestCounters({ engine, counters }: Ingest): Record<string, number> {
  const flat: Record<string, number> = {};
  const add = (prefix: string, counts: Readonly<Record<string, number>>) => {
    for (const [key, count] of Object.entries(counts)) {
      flat[`${prefix}_${key.replaceAll("-", "_")}_total`] = count;
    }
  };
  flat.decode_messages_total = counters.messages;
  flat.decode_decoded_total = counters.decoded;
  add("decode_refused", counters.refused);
  add("trade", engine.counters.trades);
  add("event_ignored", engine.counters.ignored);
  add("volume_by_method", engine.counters.methodVolume);
  return flat;
}
