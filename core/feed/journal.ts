import { releaseLock } from "../file_lock.ts";
import type { Clock } from "../port/clock.ts";
import type { Journal, JournalPosition, JournalRecord, JournalStats } from "../port/journal.ts";
import { JournalDays, type JournalDaysOptions } from "./journal_days.ts";
import { isDayName, listDays, type SegmentFile } from "./journal_files.ts";
import { RecordBuffer } from "./journal_format.ts";
import { openFolder } from "./journal_open.ts";
import type { ReadDamage } from "./journal_read.ts";
import { dayHolds, readDay } from "./journal_reader.ts";
import { risingClock } from "./steady_clock.ts";

/**
 * `dir` is the folder of this provider and is made when it is missing; `maxBytes` on disk removes
 * the oldest days, never the one being written; `segmentBytes` closes and packs a segment;
 * `keepDates` bounds the days whatever their size, null keeps all that fit.
 */
export interface JournalOptions extends JournalDaysOptions {
  readonly clock: Clock;
}

/** Size of a segment before it is closed and packed. */
export const SEGMENT_BYTES = 64 * 1024 * 1024;

export interface FileJournalStats extends JournalStats {
  /** Frames that were not recorded because the disk took none and the memory for them was full. */
  readonly lost: number;
  /** Frames taken and not yet written. */
  readonly pending: number;
  /** Size of all days on disk when it was last measured. */
  readonly diskBytes: number;
}

/** A journal in files; `wipe` removes every day, for a simulated run that starts over. */
export interface FileJournal extends Journal {
  stats(): FileJournalStats;
  /** Forgets and removes all days at once; what is appended afterwards starts a new journal. */
  wipe(): void;
  /** Packs closed segments and removes what is over the limits; it runs by itself as well. */
  tidy(): Promise<void>;
}

/** Frames of one day held before they are written of themselves. */
const PENDING_BYTES_MAX = 8 * 1024 * 1024;
/** Days written at the same time: the day itself and late frames of the one before. */
const OPEN_DAYS_MAX = 2;
/** What was written is on the disk itself after this time at the latest. */
const SYNC_MS = 200;
/** Pause before a write that failed is tried again. */
const RETRY_MS = 1_000;

/**
 * Opens the journal of a folder and takes it for this process alone. Torn ends of the last run are
 * cut off here. Throws one Error that names DATA_DIR when the folder cannot be used.
 */
export async function openJournal(options: JournalOptions): Promise<FileJournal> {
  const { lock, damaged } = openFolder(options.dir);
  const journal = new DayFiles(options, lock, new JournalDays(options, damaged));
  await journal.tidy();
  return journal;
}

class DayFiles implements FileJournal {
  readonly #options: JournalOptions;
  readonly #clock: Clock;
  readonly #lock: Deno.FsFile;
  readonly #days: JournalDays;
  readonly #pending = new Map<string, RecordBuffer>();
  #timer: ReturnType<typeof setTimeout> | null = null;
  #retryAtMs = 0;
  #closed = false;
  /** The place behind the newest write. */
  #written: { readonly date: string; readonly position: JournalPosition } | null = null;
  #frames = 0;
  #bytes = 0;
  #lost = 0;
  #writeErrors = 0;
  #writeProblem: string | null = null;

  constructor(options: JournalOptions, lock: Deno.FsFile, days: JournalDays) {
    this.#options = options;
    this.#clock = risingClock(options.clock);
    this.#lock = lock;
    this.#days = days;
  }

  append(tradingDate: string, receivedMs: number, frame: string): void {
    if (this.#closed) throw new Error("Cannot append to a closed journal");
    const buffer = this.#pending.get(tradingDate) ?? this.#newBuffer(tradingDate);
    if (buffer.length >= PENDING_BYTES_MAX) this.commit();
    if (buffer.length >= PENDING_BYTES_MAX || !buffer.add(receivedMs, frame)) this.#lost++;
  }

  commit(): void {
    if (this.#writeProblem !== null && this.#clock.nowMs() < this.#retryAtMs) return;
    for (const [date, buffer] of this.#pending) {
      if (buffer.records === 0) continue;
      try {
        const place = this.#days.write(date, buffer.bytes);
        this.#written = { date, position: { ...place, ...buffer.last! } };
      } catch (error) {
        return this.#fail(error);
      }
      this.#frames += buffer.records;
      this.#bytes += buffer.length;
      buffer.clear(PENDING_BYTES_MAX);
      this.#arm(SYNC_MS);
    }
    if (this.#writeProblem === null) return;
    this.#writeProblem = null;
    this.#options.log("journal_resumed", { lost: this.#lost });
  }

  read(tradingDate: string, after?: JournalPosition): AsyncIterable<JournalRecord> {
    const onDamage = (segment: SegmentFile, damage: ReadDamage) => {
      // A day may be removed while it is read.
      if (damage !== "gone") this.#days.reportDamage(segment, damage);
    };
    return readDay(this.#options.dir, tradingDate, { after, onDamage });
  }

  holds(tradingDate: string, position: JournalPosition): Promise<boolean> {
    return dayHolds(this.#options.dir, tradingDate, position);
  }

  position(tradingDate: string): JournalPosition | null {
    if ((this.#pending.get(tradingDate)?.records ?? 0) > 0) return null;
    return this.#written?.date === tradingDate ? this.#written.position : null;
  }

  async synced(): Promise<void> {
    await this.#days.synced();
  }

  dates(): Promise<readonly string[]> {
    return Promise.resolve(listDays(this.#options.dir));
  }

  stats(): FileJournalStats {
    return {
      frames: this.#frames,
      bytes: this.#bytes,
      damaged: this.#days.damagedCount,
      writeErrors: this.#writeErrors + this.#days.failures,
      writable: this.#writeProblem === null,
      problem: this.#writeProblem ?? this.#days.problem,
      lost: this.#lost,
      pending: [...this.#pending.values()].reduce((sum, buffer) => sum + buffer.records, 0),
      diskBytes: this.#days.diskBytes,
    };
  }

  async tidy(): Promise<void> {
    await this.#days.tidy();
  }

  wipe(): void {
    this.#pending.clear();
    this.#writeProblem = null;
    this.#written = null;
    this.#days.wipe();
  }

  async close(): Promise<void> {
    if (this.#closed) return;
    this.#retryAtMs = 0;
    this.commit();
    this.#closed = true;
    if (this.#timer !== null) clearTimeout(this.#timer);
    const { pending } = this.stats();
    this.#lost += pending;
    if (pending > 0) this.#options.log("journal_closed_short", { lost: this.#lost });
    await this.#days.close();
    releaseLock(this.#lock);
  }

  #newBuffer(date: string): RecordBuffer {
    if (!isDayName(date)) throw new Error(`Cannot journal a frame of the date ${date}`);
    if (this.#pending.size >= OPEN_DAYS_MAX) this.#makeRoom();
    const buffer = new RecordBuffer();
    this.#pending.set(date, buffer);
    return buffer;
  }

  /** Ends the day that was begun first; what the disk does not take of it is lost and counted. */
  #makeRoom(): void {
    this.commit();
    const first = this.#pending.entries().next().value;
    if (first === undefined) return;
    const [date, buffer] = first;
    this.#lost += buffer.records;
    this.#pending.delete(date);
    this.#days.retire(date);
  }

  #fail(error: unknown): void {
    const reason = error instanceof Error ? error.message : String(error);
    this.#writeErrors++;
    this.#retryAtMs = this.#clock.nowMs() + RETRY_MS;
    if (this.#writeProblem === null) this.#options.log("journal_failed", { reason });
    this.#writeProblem = `the journal cannot be written: ${reason}`;
    this.#arm(RETRY_MS);
  }

  #arm(ms: number): void {
    if (this.#timer !== null || this.#closed) return;
    this.#timer = setTimeout(() => {
      this.#timer = null;
      if (this.#writeProblem !== null) this.commit();
      if (this.#writeProblem !== null) this.#arm(RETRY_MS);
      this.#days.sync();
    }, ms);
  }
}
