import { CHECKPOINT_BYTES, Checkpoints } from "../feed/checkpoint.ts";
import { type FileJournal, openJournal, SEGMENT_BYTES } from "../feed/journal.ts";
import type { Logger } from "../log.ts";
import type { BusMessage, BusPublisher } from "../port/bus.ts";
import { feedLog } from "./feed_log.ts";
import { engineOptions, IngestRun, type IngestSettings } from "./ingest.ts";
import { stateTag } from "./state_tag.ts";
import type { StoreSettled } from "./store_messages.ts";
import type { JournalSettings } from "./worker_messages.ts";

export interface IngestSideDeps {
  /** Makes the bus; `snapshot` gives everything once the run is there. */
  readonly bus: (snapshot: () => BusMessage) => BusPublisher;
  readonly log: Logger;
}

/** Leads rows of a run to the store at the other end of a port; `market` as in its StoreHello. */
export function attachStore({ store }: IngestRun, port: MessagePort, market: string | null): void {
  port.onmessage = ({ data }: MessageEvent<StoreSettled>) => store.settled(data);
  store.attach(port, market);
}

/** A run over its journal; it has neither recovered nor started yet. */
export interface IngestSide {
  readonly run: IngestRun;
  readonly journal: FileJournal;
  /** Ends the run and closes the journal. */
  stop(): Promise<void>;
}

/** Opens the journal and makes the run; rejects with one Error when the folder cannot be used. */
export async function openIngestSide(
  settings: IngestSettings,
  where: JournalSettings,
  { bus, log }: IngestSideDeps,
): Promise<IngestSide> {
  const clock = { nowMs: () => Date.now() };
  const { dir } = where;
  const journal = await openJournal({
    dir,
    maxBytes: where.bytesMax,
    segmentBytes: SEGMENT_BYTES,
    keepDates: where.datesMax,
    clock,
    log: feedLog(log),
  });
  if (where.isFresh) journal.wipe();
  const start = crypto.randomUUID().slice(0, 8);
  let epochs = 0;
  const run: IngestRun = new IngestRun(settings, {
    bus: bus(() => run.snapshot()),
    journal,
    checkpoints: new Checkpoints({
      dir,
      tag: stateTag(engineOptions(settings)),
      journal,
      everyBytes: CHECKPOINT_BYTES,
      nowMs: () => performance.now(),
      log: feedLog(log),
    }),
    clock,
    random: Math.random,
    newEpoch: () => `${start}-${epochs++}`,
    log,
  });
  return {
    run,
    journal,
    async stop() {
      await run.stop();
      await journal.close();
    },
  };
}
