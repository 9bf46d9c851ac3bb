import type { Journal } from "../port/journal.ts";
import { type CheckpointRefusal, packCheckpoint, REFUSALS } from "./checkpoint_format.ts";
import { pruneCheckpoints, writeCheckpoint } from "./checkpoint_files.ts";
import { type Checkpoint, newestCheckpoint } from "./checkpoint_read.ts";
import type { FeedLog } from "./log.ts";

/**
 * Journal bytes between two checkpoints. One core replays about 100 MB/s of frames, so this is a
 * good second, and 10 s leave room for a slower machine, for one segment of 64 MiB that has to be
 * unpacked from its beginning, and for a newest checkpoint that is damaged or could not be written.
 */
export const CHECKPOINT_BYTES = 128 * 1024 * 1024;

export interface CheckpointsOptions {
  /** The journal's folder. */
  readonly dir: string;
  /** A checkpoint with another tag is refused. */
  readonly tag: string;
  readonly journal: Journal;
  /** Growth of the journal after which the next one is due. */
  readonly everyBytes: number;
  /** Milliseconds for measuring, from any start. */
  readonly nowMs: () => number;
  readonly log: FeedLog;
}

/** Figures of the checkpoints; all since start. */
export interface CheckpointStats {
  readonly taken: number;
  readonly failed: number;
  /** Size of the newest one taken, and how long the engine stood still for it. */
  readonly bytes: number;
  readonly serializeMs: number;
  readonly refused: Readonly<Record<CheckpointRefusal, number>>;
}

/**
 * Keeps states of the engine beside the journal, so that a restart replays only what came after
 * the newest one. A checkpoint that cannot be proved to belong to this code and this journal is
 * refused, told and passed over: the older one or the journal alone takes its place.
 */
export class Checkpoints {
  readonly #options: CheckpointsOptions;
  #writing: Promise<void> | null = null;
  #taken = 0;
  #failed = 0;
  #bytes = 0;
  #serializeMs = 0;
  readonly #refused = Object.fromEntries(REFUSALS.map((reason) => [reason, 0])) as Record<
    CheckpointRefusal,
    number
  >;

  constructor(options: CheckpointsOptions) {
    this.#options = options;
  }

  get everyBytes(): number {
    return this.#options.everyBytes;
  }

  /** A checkpoint is on its way to the disk. */
  get busy(): boolean {
    return this.#writing !== null;
  }

  get stats(): CheckpointStats {
    return {
      taken: this.#taken,
      failed: this.#failed,
      bytes: this.#bytes,
      serializeMs: this.#serializeMs,
      refused: { ...this.#refused },
    };
  }

  /**
   * Takes the state as it is now; the records that made it must have been appended to the journal.
   * False when the journal does not hold all of them, or when the last one is still being written.
   */
  take(date: string, records: number, state: unknown): boolean {
    const { journal, tag, nowMs } = this.#options;
    journal.commit();
    const position = journal.position(date);
    if (this.busy || position === null) return false;
    const startMs = nowMs();
    const bytes = packCheckpoint({ tag, date, position, records }, state);
    this.#serializeMs = nowMs() - startMs;
    this.#writing = this.#write(date, bytes).finally(() => this.#writing = null);
    return true;
  }

  /** The newest checkpoint of a date that this code can go on from; null when there is none. */
  newest(date: string): Promise<Checkpoint | null> {
    const { dir, tag, journal } = this.#options;
    return newestCheckpoint({
      ...{ dir, tag, date },
      holds: (position) => journal.holds(date, position),
      refuse: (path, reason) => this.#refuse(path, reason),
    });
  }

  /** Resolves when nothing is being written any more. */
  async settled(): Promise<void> {
    await this.#writing;
  }

  async #write(date: string, bytes: Uint8Array): Promise<void> {
    const { dir, journal, log } = this.#options;
    try {
      // A state must not outlive the records that it is made of, whatever fails.
      await journal.synced();
      const path = await writeCheckpoint(dir, date, bytes);
      await pruneCheckpoints(dir);
      this.#taken++;
      this.#bytes = bytes.length;
      log("checkpoint_written", { path, bytes: bytes.length, serializeMs: this.#serializeMs });
    } catch (error) {
      // The day may go, or the disk be full: then the one before stands, or the journal alone.
      this.#failed++;
      const reason = error instanceof Error ? error.message : String(error);
      log("checkpoint_failed", { date, reason });
    }
  }

  #refuse(path: string, reason: CheckpointRefusal): void {
    this.#refused[reason]++;
    this.#options.log("checkpoint_refused", { path, reason });
  }
}
