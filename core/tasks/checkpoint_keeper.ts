import type { Ingest } from "../engine/ingest.ts";
import type { Checkpoints } from "../feed/checkpoint.ts";
import { REFUSALS } from "../feed/checkpoint_format.ts";
import type { Journal } from "../port/journal.ts";
import type { FrameRecorder } from "./recorder.ts";

/** A new day gets its first checkpoint early: its frames alone do not hold what is left of the last. */
const FIRST_CHECKPOINT_BYTES = 1024 * 1024;

export interface CheckpointKeeperDeps {
  readonly ingest: Ingest;
  readonly journal: Journal;
  readonly recorder: FrameRecorder;
  readonly checkpoints: Checkpoints;
}

/** Decides when a checkpoint is taken. */
export class CheckpointKeeper {
  readonly #deps: CheckpointKeeperDeps;
  #date: string | null = null;
  #archivedMs: number | null = null;
  /** Bytes that the journal had written at the last checkpoint, and may have at the next one. */
  #takenBytes = 0;
  #dueBytes = FIRST_CHECKPOINT_BYTES;
  /** Frames that the journal had not kept when the date began. */
  #lost = 0;

  constructor(deps: CheckpointKeeperDeps) {
    this.#deps = deps;
  }

  /** Goes on with a recovered state, of which the journal's last `tailBytes` were replayed. */
  resume(tailBytes: number): void {
    const { ingest, checkpoints } = this.#deps;
    const { tradingDate, archivedMs } = ingest.engine.market;
    this.#date = tradingDate;
    this.#archivedMs = archivedMs;
    this.#dueBytes = Math.max(FIRST_CHECKPOINT_BYTES, checkpoints.everyBytes - tailBytes);
  }

  /** Takes a checkpoint when one is due. */
  tick(): void {
    const { market } = this.#deps.ingest.engine;
    if (market.tradingDate !== this.#date) this.#begin(market.tradingDate);
    const { bytes } = this.#deps.journal.stats();
    const isArchive = market.archivedMs !== this.#archivedMs;
    if (isArchive || bytes >= this.#dueBytes) this.#take(bytes);
  }

  /** Takes the last checkpoint of a run and waits until it is on the disk. */
  async end(): Promise<void> {
    const { checkpoints, journal } = this.#deps;
    await checkpoints.settled();
    const { bytes } = journal.stats();
    if (bytes > this.#takenBytes) this.#take(bytes);
    await checkpoints.settled();
  }

  /** The figures of this part; names of counters end in `_total`. */
  metrics(): Readonly<Record<string, number>> {
    const { taken, failed, bytes, serializeMs, refused } = this.#deps.checkpoints.stats;
    return {
      checkpoints_total: taken,
      checkpoint_failed_total: failed,
      checkpoint_bytes: bytes,
      checkpoint_seconds: serializeMs / 1_000,
      ...Object.fromEntries(
        REFUSALS.map((reason) => [`checkpoint_refused_${reason}_total`, refused[reason]]),
      ),
    };
  }

  #begin(date: string | null): void {
    this.#date = date;
    this.#archivedMs = null;
    this.#lost = this.#lostNow();
    this.#dueBytes = this.#deps.journal.stats().bytes + FIRST_CHECKPOINT_BYTES;
  }

  #take(bytes: number): void {
    const { ingest, recorder, checkpoints } = this.#deps;
    // A state that holds more than its journal is no state that the journal gives.
    if (this.#date === null || this.#lostNow() > this.#lost) return;
    if (!checkpoints.take(this.#date, recorder.records, ingest)) return;
    this.#archivedMs = ingest.engine.market.archivedMs;
    this.#takenBytes = bytes;
    this.#dueBytes = bytes + checkpoints.everyBytes;
  }

  #lostNow(): number {
    return this.#deps.journal.stats().lost + this.#deps.recorder.dropped;
  }
}
