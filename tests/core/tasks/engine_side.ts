import { createIngest, type Ingest, ingestTransport } from "../../../core/engine/ingest.ts";
import { step } from "../../../core/engine/step.ts";
import { CHECKPOINT_BYTES, Checkpoints } from "../../../core/feed/checkpoint.ts";
import type { FileJournal, JournalOptions } from "../../../core/feed/journal.ts";
import type { OwnEvent } from "../../../core/market/event.ts";
import { parseFrame } from "../../../core/ssi/frame.ts";
import { CheckpointKeeper } from "../../../core/tasks/checkpoint_keeper.ts";
import { FrameRecorder } from "../../../core/tasks/recorder.ts";
import { recoverDay, type Recovery } from "../../../core/tasks/recovery.ts";
import { clock, openTestJournal } from "../feed/support/journals.ts";

export const ENGINE = { classifier: "feed", symbolsMax: 100 } as const;

/** The parts of the engine side on a folder, without a feed: frames are handed in. */
export interface Side {
  readonly ingest: Ingest;
  readonly journal: FileJournal;
  readonly checkpoints: Checkpoints;
  readonly recorder: FrameRecorder;
  readonly keeper: CheckpointKeeper;
  readonly recovery: Recovery | null;
  /** Events of the journal and the checkpoints. */
  readonly logs: string[];
  /** Takes a frame as it comes from the feed, and writes it. */
  frame(text: string): void;
  /** Takes an event of ours. */
  event(event: OwnEvent): void;
  /** Takes a checkpoint and waits for it; false when nothing was written since the start. */
  checkpoint(): Promise<boolean>;
  /** Lets go of the folder without another checkpoint, as a killed process does. */
  kill(): Promise<void>;
}

/** Opens a folder and rebuilds what it holds. */
export async function openSide(
  dir: string,
  options: Partial<JournalOptions> = {},
): Promise<Side> {
  const logs: string[] = [];
  const log = (event: string) => void logs.push(event);
  const journal = await openTestJournal(dir, { log, ...options });
  const ingest = createIngest(ENGINE);
  const checkpoints = new Checkpoints({
    ...{ dir, tag: "test", journal, log },
    everyBytes: CHECKPOINT_BYTES,
    nowMs: () => 0,
  });
  const recorder = new FrameRecorder(journal, () => ingest.engine.reference);
  const keeper = new CheckpointKeeper({ ingest, journal, recorder, checkpoints });
  const recovery = await recoverDay(ingest, { journal, checkpoints, clock, note: () => {} });
  if (recovery !== null) {
    recorder.resume(ingest.engine.market.tradingDate, recovery.records);
    keeper.resume(recovery.replayedChars);
  }
  const date = () => ingest.engine.market.tradingDate;
  return {
    ...{ ingest, journal, checkpoints, recorder, keeper, recovery, logs },
    frame(text) {
      ingestTransport(ingest, parseFrame(text));
      recorder.record(1, text, date());
      journal.commit();
    },
    event(event) {
      step(ingest.engine, event);
      recorder.recordOwn(1, event, date());
      journal.commit();
    },
    async checkpoint() {
      const isTaken = checkpoints.take(date()!, recorder.records, ingest);
      await checkpoints.settled();
      return isTaken;
    },
    async kill() {
      await checkpoints.settled();
      await journal.close();
    },
  };
}
