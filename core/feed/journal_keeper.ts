import { listDays, listSegments, packSegment, segmentPath } from "./journal_files.ts";
import { listKeyframes } from "./keyframe_files.ts";
import type { FeedLog } from "./log.ts";

export interface JournalKeeperOptions {
  readonly dir: string;
  readonly maxBytes: number;
  readonly keepDates: number | null;
  readonly log: FeedLog;
  /** The day that is never removed, asked for each time anew. */
  readonly activeDate: () => string | null;
  /** Whether a segment is being written. */
  readonly isOpen: (path: string) => boolean;
}

/** Keeps the folder small: packs closed segments, removes the oldest days. One run at a time. */
export class JournalKeeper {
  readonly #options: JournalKeeperOptions;
  readonly #stop = new AbortController();
  #run: Promise<void> | null = null;
  /** A run was asked for while another was under way. */
  #again = false;
  #packing: string | null = null;
  #diskBytes = 0;

  constructor(options: JournalKeeperOptions) {
    this.#options = options;
  }

  /** The plain segment being packed, which nobody may write on. */
  get packing(): string | null {
    return this.#packing;
  }

  get diskBytes(): number {
    return this.#diskBytes;
  }

  /** Packs and prunes; resolves when this wish is fulfilled. */
  run(): Promise<void> {
    if (this.#stop.signal.aborted) return Promise.resolve();
    this.#again = true;
    this.#run ??= this.#rounds().finally(() => this.#run = null);
    return this.#run;
  }

  async stop(): Promise<void> {
    this.#stop.abort();
    // Whoever asked for the run has been told of its error.
    await this.#run?.catch(() => {});
  }

  async #rounds(): Promise<void> {
    while (this.#again && !this.#stop.signal.aborted) {
      this.#again = false;
      // Before packing as well: days that go anyway need no work, and a full disk needs room.
      this.#prune();
      await this.#pack();
      this.#prune();
    }
  }

  /** Packs each plain segment that has a newer one or belongs to an older day. */
  async #pack(): Promise<void> {
    const { dir, log, isOpen } = this.#options;
    const segments = listDays(dir).flatMap((date) => listSegments(dir, date));
    for (const segment of segments.slice(0, -1)) {
      const path = segmentPath(dir, segment);
      if (segment.compressed || isOpen(path)) continue;
      this.#packing = path;
      try {
        await packSegment(path, this.#stop.signal);
        log("journal_packed", { path, bytes: segment.bytes });
      } catch (error) {
        // Stopping leaves a half file that the next start removes; a day may go while it is packed.
        if (this.#stop.signal.aborted) return;
        if (!isGone(error)) throw error;
      } finally {
        this.#packing = null;
      }
    }
  }

  #prune(): void {
    const { dir, maxBytes, keepDates, log } = this.#options;
    const activeDate = this.#options.activeDate();
    const days = listDays(dir).map((date) => ({
      date,
      bytes: bytesOf([...listSegments(dir, date), ...listKeyframes(dir, date)]),
    }));
    let total = days.reduce((sum, day) => sum + day.bytes, 0);
    let kept = days.length;
    for (const { date, bytes } of days) {
      const tooMany = keepDates !== null && kept > keepDates;
      if (date === activeDate || (!tooMany && total <= maxBytes)) continue;
      Deno.removeSync(`${dir}/${date}`, { recursive: true });
      log("journal_day_removed", { date, bytes, because: tooMany ? "days" : "size" });
      total -= bytes;
      kept--;
    }
    this.#diskBytes = total;
  }
}

function bytesOf(files: readonly { readonly bytes: number }[]): number {
  return files.reduce((sum, { bytes }) => sum + bytes, 0);
}

function isGone(error: unknown): boolean {
  if (error instanceof Deno.errors.NotFound) return true;
  return error instanceof Error && "code" in error && error.code === "ENOENT";
}
