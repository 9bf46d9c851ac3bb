import { createIngest, type Ingest, ingestFrame } from "../engine/ingest.ts";
import { restoreIngest } from "../engine/restore.ts";
import type { EngineOptions } from "../engine/state.ts";
import { newestCheckpoint } from "../feed/checkpoint_read.ts";
import { dayHolds, readDay } from "../feed/journal_reader.ts";
import type { FeedLog } from "../feed/log.ts";
import type { JournalPlace, StoreBatch } from "../port/store.ts";
import { isBefore } from "./journal_place.ts";
import { RowCollector } from "./row_collector.ts";
import { BATCH_ROWS } from "./store_rows.ts";
import { stateTag } from "./state_tag.ts";

/** What is logged of a segment of which the rest cannot be read. */
export const JOURNAL_UNREADABLE = "journal_unreadable";

/** A part of a day's journal. */
export interface JournalPart {
  /** Folder of one provider's journal. */
  readonly dir: string;
  readonly tradingDate: string;
  readonly from: JournalPlace;
  readonly to: JournalPlace;
}

/**
 * Makes the rows of a part of a day's journal again, by the same step as live. The state at its
 * beginning comes from a checkpoint before it, or from the whole day before it.
 */
export async function* journalRows(
  part: JournalPart,
  options: EngineOptions,
  log: FeedLog,
): AsyncGenerator<StoreBatch> {
  const { dir, tradingDate, to } = part;
  const ingest = createIngest(options);
  const after = await restoreBefore(ingest, part, log);
  const collector = new RowCollector(ingest.engine);
  let from = part.from;
  let place = part.from;
  const onDamage = (segment: { readonly number: number }, damage: string) =>
    log(JOURNAL_UNREADABLE, { date: tradingDate, segment: segment.number, damage });
  for await (const { frame, position } of readDay(dir, tradingDate, { after, onDamage })) {
    if (isBefore(to, position)) break;
    const changes = ingestFrame(ingest, frame);
    if (!isBefore(part.from, position)) {
      collector.rejoin(changes);
      continue;
    }
    collector.note(changes);
    place = position;
    // What comes behind it may be on its way to the disk: a torn end there is no damage.
    if (!isBefore(position, to)) break;
    if (collector.size < BATCH_ROWS) continue;
    for (const batch of batches(collector, tradingDate, from, place)) yield batch;
    from = place;
  }
  for (const batch of batches(collector, tradingDate, from, place)) yield batch;
}

/** Puts the newest state from before the part into the ingest; says where the journal goes on. */
async function restoreBefore(
  ingest: Ingest,
  { dir, tradingDate, from }: JournalPart,
  log: FeedLog,
) {
  const checkpoint = await newestCheckpoint({
    ...{ dir, date: tradingDate, tag: stateTag(ingest.engine.options) },
    holds: (position) => dayHolds(dir, tradingDate, position),
    isWanted: (position) => !isBefore(from, position),
    refuse: (path, reason) => log("checkpoint_refused", { path, reason }),
  });
  if (checkpoint === null) return undefined;
  restoreIngest(ingest, checkpoint.state as Ingest);
  return checkpoint.position;
}

/** What a journal of a date begins with may still be of the day before, which is not its rows. */
function batches(
  collector: RowCollector,
  tradingDate: string,
  from: JournalPlace,
  to: JournalPlace,
): StoreBatch[] {
  return collector.take()
    .filter((gathered) => gathered.tradingDate === tradingDate)
    .map(({ rows, voided }) => ({ tradingDate, rows, voided, from, to }));
}
