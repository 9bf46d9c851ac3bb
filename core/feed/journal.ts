import type { Clock } from "../port/clock.ts";
import type { Journal, JournalRecord, JournalStats } from "../port/journal.ts";
import {
  isDayName,
  listDays,
  listSegments,
  type SegmentFile,
  segmentPath,
} from "./journal_files.ts";
import { RecordBuffer } from "./journal_format.ts";
import { JournalKeeper } from "./journal_keeper.ts";
import { openFolder } from "./journal_open.ts";
import { readSegment } from "./journal_read.ts";
import { OpenSegment } from "./journal_segment.ts";
import type { FeedLog } from "./log.ts";

export interface JournalOptions {
  /** Folder of this provider's journal; made when it is missing. */
  readonly dir: string;
  /** Total size on disk that removes the oldest days; the day being written is never removed. */
  readonly maxBytes: number;
  /** A segment of this size is closed and packed. */
  readonly segmentBytes: number;
  /** Days kept whatever their size; null keeps all that fit. */
  readonly keepDates: number | null;
  readonly clock: Clock;
  readonly log: FeedLog;
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
  const folder = openFolder(options.dir);
  const journal = new DayFiles(options, folder);
  await journal.tidy();
  return journal;
}

class DayFiles implements FileJournal {
  readonly #options: JournalOptions;
  readonly #lock: Deno.FsFile;
  readonly #keeper: JournalKeeper;
  readonly #pending = new Map<string, RecordBuffer>();
  readonly #open = new Map<string, OpenSegment>();
  /** Work on files under way; each ends by itself. */
  readonly #tasks = new Set<Promise<void>>();
  /** Segments with damage, by their plain path: each counts once however often it is read. */
  readonly #damaged: Set<string>;
  /** The day begun last in this run; older ones are closed, and it is never removed. */
  #activeDate: string | null = null;
  #timer: ReturnType<typeof setTimeout> | null = null;
  #retryAtMs = 0;
  #closed = false;
  #frames = 0;
  #bytes = 0;
  #lost = 0;
  #writeErrors = 0;
  #writeProblem: string | null = null;
  /** What went wrong last with syncing, packing or removing. */
  #careProblem: string | null = null;

  constructor(options: JournalOptions, folder: { lock: Deno.FsFile; damaged: string[] }) {
    this.#options = options;
    this.#lock = folder.lock;
    this.#damaged = new Set(folder.damaged);
    this.#keeper = new JournalKeeper({
      ...options,
      isOpen: (path) => [...this.#open.values()].some((segment) => segment.path === path),
      activeDate: () => this.#activeDate ?? listDays(options.dir).at(-1) ?? null,
    });
    for (const path of folder.damaged) options.log("journal_damage_found", { path });
  }

  append(tradingDate: string, receivedMs: number, frame: string): void {
    if (this.#closed) throw new Error("Cannot append to a closed journal");
    const buffer = this.#pending.get(tradingDate) ?? this.#newDay(tradingDate);
    if (buffer.length >= PENDING_BYTES_MAX) this.commit();
    if (buffer.length >= PENDING_BYTES_MAX || !buffer.add(receivedMs, frame)) this.#lost++;
  }

  commit(): void {
    if (this.#writeProblem !== null && this.#options.clock.nowMs() < this.#retryAtMs) return;
    for (const [date, buffer] of this.#pending) {
      if (buffer.records === 0) continue;
      try {
        this.#write(date, buffer);
      } catch (error) {
        return this.#failWrite(error);
      }
    }
    if (this.#writeProblem === null) return;
    this.#writeProblem = null;
    this.#options.log("journal_resumed", { lost: this.#lost });
  }

  async *read(tradingDate: string): AsyncIterable<JournalRecord> {
    let index = 0;
    for (const segment of listSegments(this.#options.dir, tradingDate)) {
      for await (const records of this.#readOne(segment)) {
        for (const { receivedMs, frame } of records) yield { receivedMs, index: index++, frame };
      }
    }
  }

  dates(): Promise<readonly string[]> {
    return Promise.resolve(listDays(this.#options.dir));
  }

  stats(): FileJournalStats {
    return {
      frames: this.#frames,
      bytes: this.#bytes,
      damaged: this.#damaged.size,
      writeErrors: this.#writeErrors,
      writable: this.#writeProblem === null,
      problem: this.#writeProblem ?? this.#careProblem,
      lost: this.#lost,
      pending: [...this.#pending.values()].reduce((sum, buffer) => sum + buffer.records, 0),
      diskBytes: this.#keeper.diskBytes,
    };
  }

  wipe(): void {
    for (const segment of this.#open.values()) this.#track(segment.discard());
    this.#open.clear();
    this.#pending.clear();
    this.#damaged.clear();
    this.#activeDate = null;
    this.#writeProblem = null;
    for (const date of listDays(this.#options.dir)) {
      Deno.removeSync(`${this.#options.dir}/${date}`, { recursive: true });
    }
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
    for (const date of [...this.#open.keys()]) this.#retire(date);
    await this.#keeper.stop();
    while (this.#tasks.size > 0) await Promise.all(this.#tasks);
    this.#lock.close();
  }

  async tidy(): Promise<void> {
    await this.#keeper.run();
  }

  #newDay(date: string): RecordBuffer {
    if (!isDayName(date)) throw new Error(`Cannot journal a frame of the date ${date}`);
    if (this.#pending.size >= OPEN_DAYS_MAX) {
      this.commit();
      for (const [day, buffer] of this.#pending) {
        if (this.#pending.size < OPEN_DAYS_MAX) break;
        this.#lost += buffer.records;
        this.#pending.delete(day);
        this.#retire(day);
      }
    }
    const buffer = new RecordBuffer();
    this.#pending.set(date, buffer);
    return buffer;
  }

  #write(date: string, buffer: RecordBuffer): void {
    const segment = this.#segmentOf(date);
    segment.write(buffer.bytes);
    this.#frames += buffer.records;
    this.#bytes += buffer.length;
    buffer.clear(PENDING_BYTES_MAX);
    this.#arm(SYNC_MS);
  }

  #segmentOf(date: string): OpenSegment {
    const open = this.#open.get(date);
    if (open !== undefined && open.size < this.#options.segmentBytes) return open;
    const { dir } = this.#options;
    Deno.mkdirSync(`${dir}/${date}`, { recursive: true });
    const last = listSegments(dir, date).at(-1);
    const goOn = last !== undefined && last.number !== open?.number && this.#continues(last);
    const number = (last?.number ?? 0) + (goOn ? 0 : 1);
    const path = segmentPath(dir, { date, number, compressed: false });
    const segment = new OpenSegment(path, number);
    this.#retire(date);
    this.#open.set(date, segment);
    if (this.#activeDate === null || date > this.#activeDate) this.#beginDay(date);
    this.#track(this.tidy());
    return segment;
  }

  /** Closes the days before a new one; a late frame opens its day again. */
  #beginDay(date: string): void {
    this.#activeDate = date;
    for (const [day, buffer] of this.#pending) {
      if (day === date || buffer.records > 0) continue;
      this.#pending.delete(day);
      this.#retire(day);
    }
  }

  /** Whether the last segment of an earlier run can be written on. */
  #continues(last: SegmentFile): boolean {
    const path = segmentPath(this.#options.dir, last);
    const usable = !last.compressed && last.bytes < this.#options.segmentBytes;
    return usable && !this.#damaged.has(path) && this.#keeper.packing !== path;
  }

  async *#readOne(segment: SegmentFile) {
    const { dir, log } = this.#options;
    const path = segmentPath(dir, segment);
    const plainPath = segmentPath(dir, { ...segment, compressed: false });
    const open = [...this.#open.values()].find((s) => s.path === path);
    const damage = yield* readSegment(path, segment.compressed, open?.size ?? segment.bytes);
    if (damage === null || this.#damaged.has(plainPath)) return;
    this.#damaged.add(plainPath);
    log("journal_damage_found", { path, damage });
  }

  #retire(date: string): void {
    const segment = this.#open.get(date);
    if (segment === undefined) return;
    this.#open.delete(date);
    this.#track(segment.close());
  }

  #track(work: Promise<void>): void {
    const task = work
      .then(() => {
        this.#careProblem = null;
      }, (error) => this.#failCare(error))
      .finally(() => this.#tasks.delete(task));
    this.#tasks.add(task);
  }

  #failWrite(error: unknown): void {
    const reason = messageOf(error);
    this.#writeErrors++;
    this.#retryAtMs = this.#options.clock.nowMs() + RETRY_MS;
    if (this.#writeProblem === null) this.#options.log("journal_failed", { reason });
    this.#writeProblem = `the journal cannot be written: ${reason}`;
    this.#arm(RETRY_MS);
  }

  #failCare(error: unknown): void {
    const reason = messageOf(error);
    this.#writeErrors++;
    this.#careProblem = `the journal cannot be kept: ${reason}`;
    this.#options.log("journal_care_failed", { reason });
  }

  #arm(ms: number): void {
    if (this.#timer !== null || this.#closed) return;
    this.#timer = setTimeout(() => {
      this.#timer = null;
      if (this.#writeProblem !== null) this.commit();
      if (this.#writeProblem !== null) this.#arm(RETRY_MS);
      for (const segment of this.#open.values()) {
        if (segment.dirty) this.#track(segment.sync());
      }
    }, ms);
  }
}

function messageOf(error: unknown): string {
  return error instanceof Error ? error.message : String(error);
}
