import type { Ingest } from "../engine/ingest.ts";
import type { FeedStats } from "../feed/feed.ts";
import type { JournalStats } from "../port/journal.ts";
import type { Recovery } from "./recovery.ts";

/** What the engine side counts, gathered from its parts. */
export interface MetricSources {
  readonly ingest: Ingest;
  readonly feed: FeedStats | null;
  readonly journal: JournalStats;
  readonly undatedDropped: number;
  /** Messages to the hub that were left out for a snapshot later. */
  readonly busDropped: number;
  /** Records that are events of ours and no frames of the feed. */
  readonly ownEvents: number;
  readonly recovery: Recovery | null;
  /** Figures of the checkpoints under their own names. */
  readonly checkpoints: Readonly<Record<string, number>>;
  readonly indicesRefused: number;
  readonly rowsRefused: number;
  /** Figures of the way to the hub. */
  readonly publishing: Readonly<Record<string, number>>;
  /** Figures of the way to the store. */
  readonly store: Readonly<Record<string, number>>;
}

/** The engine side's figures as flat numbers; counters since start end in `_total`. */
export function ingestMetrics(sources: MetricSources): Readonly<Record<string, number>> {
  const { feed, journal, recovery } = sources;
  const { members, shares } = sources.ingest.engine.reference;
  return {
    feed_frames_total: feed?.frames ?? 0,
    feed_attempts_total: feed?.attempts ?? 0,
    ...feedLosses(feed),
    feed_resubscribes_total: feed?.resubscribes ?? 0,
    feed_token_requests_total: feed?.tokenRequests ?? 0,
    feed_rest_refused_total: feed?.restRefused ?? 0,
    journal_frames_total: journal.frames - sources.ownEvents,
    journal_own_events_total: sources.ownEvents,
    journal_bytes_total: journal.bytes,
    journal_damaged_total: journal.damaged,
    journal_lost_total: journal.lost,
    journal_write_errors_total: journal.writeErrors,
    journal_writable: journal.writable ? 1 : 0,
    journal_undated_dropped_total: sources.undatedDropped,
    bus_dropped_total: sources.busDropped,
    recovered_frames_total: recovery?.records ?? 0,
    recovery_replayed_total: recovery?.replayed ?? 0,
    recovered_from_checkpoint: recovery?.isFromCheckpoint ? 1 : 0,
    recovery_seconds: (recovery?.tookMs ?? 0) / 1_000,
    ...sources.checkpoints,
    reference_indices: members.size,
    reference_shares: shares.size,
    board_indices_refused_total: sources.indicesRefused,
    board_rows_refused_total: sources.rowsRefused,
    ...sources.publishing,
    ...sources.store,
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
  add("volume_by_reason", engine.counters.reasonVolume);
  const { agree, disagree, agreeVolume, disagreeVolume } = engine.counters.agreement;
  add("classifier", { agree, disagree });
  add("classifier_volume", { agree: agreeVolume, disagree: disagreeVolume });
  // Without a trade on which both spoke there is no rate, and 0 would be a wrong one.
  if (agree + disagree > 0) flat.classifier_agreement_rate = agree / (agree + disagree);
  add("alerts", engine.counters.alerts);
  return flat;
}

function feedLosses(feed: FeedStats | null): Record<string, number> {
  const flat: Record<string, number> = {};
  if (feed === null) return flat;
  for (const [kind, count] of Object.entries(feed.losses)) {
    flat[`feed_losses_${kind.replaceAll("-", "_")}_total`] = count;
  }
  if (feed.lastFrameMs !== null) flat.feed_last_frame_timestamp_seconds = feed.lastFrameMs / 1000;
  return flat;
}
