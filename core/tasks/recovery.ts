import type { Change } from "../engine/change.ts";
import { type Ingest, ingestFrame } from "../engine/ingest.ts";
import { restoreIngest } from "../engine/restore.ts";
import type { Checkpoints } from "../feed/checkpoint.ts";
import type { Clock } from "../port/clock.ts";
import type { Journal } from "../port/journal.ts";
import type { JournalPlace } from "../port/store.ts";

export interface RecoveryDeps {
  readonly journal: Journal;
  readonly checkpoints: Checkpoints;
  readonly clock: Clock;
  /** Told of everything that the state holds now. */
  readonly note: (changes: readonly Change[]) => void;
}

/** What a state was rebuilt from. */
export interface Recovery {
  readonly date: string;
  readonly isFromCheckpoint: boolean;
  /** Records of the day that made the state, and those of them that were replayed. */
  readonly records: number;
  readonly replayed: number;
  /** Length of the replayed texts: about their bytes in the journal. */
  readonly replayedChars: number;
  readonly tookMs: number;
  /** The place behind the last record; null when the day has none. */
  readonly position: JournalPlace | null;
}

/**
 * Rebuilds the newest trading day in an empty ingest: from its newest checkpoint and the journal
 * behind that, or from the whole journal of the day, by the same step as live frames. Null when
 * there is no day.
 */
export async function recoverDay(ingest: Ingest, deps: RecoveryDeps): Promise<Recovery | null> {
  const { journal, checkpoints, clock, note } = deps;
  const date = (await journal.dates()).at(-1);
  if (date === undefined) return null;
  const startMs = clock.nowMs();
  const checkpoint = await checkpoints.newest(date);
  // Its tag says that the state is one of ours, as this code makes it.
  if (checkpoint !== null) note(restoreIngest(ingest, checkpoint.state as Ingest));
  let replayed = 0;
  let replayedChars = 0;
  let place: JournalPlace | null = checkpoint?.position ?? null;
  for await (const { frame, position } of journal.read(date, checkpoint?.position)) {
    note(ingestFrame(ingest, frame));
    replayed++;
    replayedChars += frame.length;
    place = position;
  }
  return {
    date,
    isFromCheckpoint: checkpoint !== null,
    records: (checkpoint?.records ?? 0) + replayed,
    replayed,
    replayedChars,
    tookMs: clock.nowMs() - startMs,
    position: place,
  };
}
