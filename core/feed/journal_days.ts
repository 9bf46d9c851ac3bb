import { listDays, listSegments, type SegmentFile, segmentPath } from "./journal_files.ts";
import { JournalKeeper } from "./journal_keeper.ts";
import { OpenSegment } from "./journal_segment.ts";
import type { FeedLog } from "./log.ts";

export interface JournalDaysOptions {
  readonly dir: string;
  readonly maxBytes: number;
  readonly segmentBytes: number;
  readonly keepDates: number | null;
  readonly log: FeedLog;
}

/** The files that are being written, one segment per day, and the care for all the others. */
export class JournalDays {
  readonly #options: JournalDaysOptions;
  readonly #keeper: JournalKeeper;
  readonly #open = new Map<string, OpenSegment>();
  /** Segments with damage, by their plain path: each counts once however often it is read. */
  readonly #damaged: Set<string>;
  /** Work on files under way; each ends by itself. */
  readonly #tasks = new Set<Promise<void>>();
  /** The day begun last in this run; older ones are closed, and it is never removed. */
  #activeDate: string | null = null;
  #problem: string | null = null;
  #failures = 0;

  constructor(options: JournalDaysOptions, damaged: readonly string[]) {
    this.#options = options;
    this.#damaged = new Set(damaged);
    this.#keeper = new JournalKeeper({
      ...options,
      isOpen: (path) => [...this.#open.values()].some((segment) => segment.path === path),
      activeDate: () => this.#activeDate ?? listDays(options.dir).at(-1) ?? null,
    });
    for (const path of damaged) options.log("journal_damage_found", { path });
  }

  /** What went wrong last with syncing, packing or removing; null when it went well since. */
  get problem(): string | null {
    return this.#problem;
  }

  get failures(): number {
    return this.#failures;
  }

  get damagedCount(): number {
    return this.#damaged.size;
  }

  get diskBytes(): number {
    return this.#keeper.diskBytes;
  }

  /** Writes to the day's segment, opening one when needed; throws what the system says. */
  write(date: string, bytes: Uint8Array): { segment: number; offset: number } {
    const segment = this.#segmentOf(date);
    segment.write(bytes);
    return { segment: segment.number, offset: segment.size };
  }

  /** Notes damage found while reading. */
  reportDamage(segment: SegmentFile, damage: string): void {
    const path = segmentPath(this.#options.dir, { ...segment, compressed: false });
    if (this.#damaged.has(path)) return;
    this.#damaged.add(path);
    this.#options.log("journal_damage_found", { path, damage });
  }

  /** Brings what was written to the disk itself. */
  sync(): void {
    for (const segment of this.#open.values()) {
      if (segment.dirty) this.#track(segment.sync());
    }
  }

  /** Resolves when all that was written to the open segments is on the disk itself. */
  async synced(): Promise<void> {
    await Promise.all([...this.#open.values()].map((segment) => segment.settle()));
  }

  /** Closes a day's segment; the next write opens one again. */
  retire(date: string): void {
    const segment = this.#open.get(date);
    if (segment === undefined) return;
    this.#open.delete(date);
    this.#track(segment.close());
  }

  /** Packs and removes what is due. */
  async tidy(): Promise<void> {
    await this.#keeper.run();
  }

  /** Removes every day at once. */
  wipe(): void {
    for (const segment of this.#open.values()) this.#track(segment.discard());
    this.#open.clear();
    this.#damaged.clear();
    this.#activeDate = null;
    for (const date of listDays(this.#options.dir)) {
      Deno.removeSync(`${this.#options.dir}/${date}`, { recursive: true });
    }
  }

  async close(): Promise<void> {
    for (const date of [...this.#open.keys()]) this.retire(date);
    await this.#keeper.stop();
    while (this.#tasks.size > 0) await Promise.all(this.#tasks);
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
    this.retire(date);
    this.#open.set(date, segment);
    if (this.#activeDate === null || date > this.#activeDate) this.#beginDay(date);
    this.#track(this.tidy());
    return segment;
  }

  /** Closes the days before a new one; a late frame opens its day again. */
  #beginDay(date: string): void {
    this.#activeDate = date;
    for (const day of [...this.#open.keys()]) if (day !== date) this.retire(day);
  }

  /** Whether the last segment of an earlier run can be written on. */
  #continues(last: SegmentFile): boolean {
    const path = segmentPath(this.#options.dir, last);
    const usable = !last.compressed && last.bytes < this.#options.segmentBytes;
    return usable && !this.#damaged.has(path) && this.#keeper.packing !== path;
  }

  #track(work: Promise<void>): void {
    const task = work
      .then(() => {
        this.#problem = null;
      }, (error) => this.#fail(error))
      .finally(() => this.#tasks.delete(task));
    this.#tasks.add(task);
  }

  #fail(error: unknown): void {
    const reason = error instanceof Error ? error.message : String(error);
    this.#failures++;
    this.#problem = `the journal cannot be kept: ${reason}`;
    this.#options.log("journal_care_failed", { reason });
  }
}
