import type { Change } from "../../engine/change.ts";
import {
  createIngest,
  type Ingest,
  readFrame,
  type Reading,
  takeReading,
} from "../../engine/ingest.ts";
import { restoreIngest } from "../../engine/restore.ts";
import type { EngineOptions } from "../../engine/state.ts";
import { dayHolds, readDay } from "../../feed/journal_reader.ts";
import type { FeedLog } from "../../feed/log.ts";
import type { JournalRecord } from "../../port/journal.ts";
import { JOURNAL_UNREADABLE } from "../journal_rows.ts";
import { type DayPlace, type Keyframe, packState, stateOf } from "./keyframe.ts";
import { type MomentSettings, MomentTables } from "./moment_tables.ts";

export interface CursorOptions {
  /** Folder of the provider's journal. */
  readonly dir: string;
  readonly date: string;
  readonly engine: EngineOptions;
  readonly settings: MomentSettings;
  readonly log: FeedLog;
}

/** An engine and its tables somewhere on a recorded day. */
export class DayCursor {
  readonly tables: MomentTables;
  readonly #options: CursorOptions;
  readonly #ingest: Ingest;
  #place: DayPlace | null = null;
  /** The records behind the place; null when they have to be opened. */
  #records: AsyncGenerator<JournalRecord, void> | null = null;
  /** What the record changed that passed the instant asked for last; the tables are before it. */
  #passed: readonly Change[] | null = null;

  /** Begins at the start of the day, or where a keyframe was taken. */
  constructor(options: CursorOptions, keyframe: Keyframe | null = null) {
    this.#options = options;
    this.#ingest = createIngest(options.engine);
    this.tables = new MomentTables(this.#ingest.engine, options.settings);
    if (keyframe !== null) this.#restore(keyframe);
  }

  /** Length of the journal's texts up to here. */
  get chars(): number {
    return this.#place?.chars ?? 0;
  }

  /** Exchange time of the engine; null before the first message. */
  get asOfMs(): number | null {
    return this.#ingest.engine.market.asOfMs;
  }

  /** The session has been archived: little of the day can come any more. */
  get isArchived(): boolean {
    return this.#ingest.engine.market.archivedMs !== null;
  }

  /** What is needed to go on from here; null before the first message. */
  keyframe(): Keyframe | null {
    const { asOfMs } = this;
    if (this.#place === null || asOfMs === null) return null;
    const bytes = packState({ ingest: this.#ingest, trades: this.tables.trades() });
    return { ...this.#place, asOfMs, bytes };
  }

  /**
   * Replays until a record passes the instant, or to the end of what is recorded, where it gives
   * false. `onRecord` is called behind each record that did not pass, and what it returns awaited.
   */
  async advance(atMs: number, onRecord: () => Promise<void> | null): Promise<boolean> {
    if (this.#passed !== null) {
      if ((this.asOfMs ?? 0) > atMs) return true;
      this.tables.note(this.#passed);
      this.#passed = null;
    }
    this.#records ??= await this.#open();
    for (;;) {
      const { done, value: record } = await this.#records.next();
      if (done) break;
      this.#take(record, atMs);
      if (this.#passed !== null) return true;
      const work = onRecord();
      if (work !== null) await work;
    }
    this.#records = null;
    return false;
  }

  /** Closes what is open of the journal. */
  async close(): Promise<void> {
    await this.#records?.return();
    this.#records = null;
  }

  #restore(keyframe: Keyframe): void {
    const { ingest, trades } = stateOf(keyframe);
    const { position, chars, asOfMs } = keyframe;
    this.#place = { position, chars };
    this.tables.note(restoreIngest(this.#ingest, ingest));
    this.tables.restoreTrades(trades);
    this.tables.show(asOfMs);
  }

  /** Takes a record; one that passes the instant is noted only with the next question. */
  #take({ frame, position }: JournalRecord, atMs: number): void {
    const reading = readFrame(frame);
    // Only then can it pass, and the tables have to be brought up to the engine before it does.
    const mayPass = speaksOfLater(reading, atMs);
    if (mayPass) this.tables.show(atMs);
    const changes = takeReading(this.#ingest, reading);
    this.#place = { position, chars: this.chars + frame.length };
    if (mayPass && (this.asOfMs ?? 0) > atMs) this.#passed = changes;
    else this.tables.note(changes);
  }

  async #open(): Promise<AsyncGenerator<JournalRecord, void>> {
    const { dir, date, log } = this.#options;
    const after = this.#place?.position;
    // Else the state would stand still where the journal went away under it, and look right.
    if (after !== undefined && !await dayHolds(dir, date, after)) throw gone(date);
    return readDay(dir, date, {
      after,
      onDamage: ({ number }, damage) => {
        if (damage === "gone") throw gone(date);
        log(JOURNAL_UNREADABLE, { date, segment: number, damage });
      },
    });
  }
}

function gone(date: string): Error {
  return new Error(`Cannot go on replaying ${date}: the journal that it was begun from is gone`);
}

function speaksOfLater(reading: Reading, atMs: number): boolean {
  if (reading.own !== null) return reading.own.kind === "clock" && reading.own.exchangeMs > atMs;
  return reading.decoded.events.some((event) =>
    event.kind !== "connected" && event.exchangeMs > atMs
  );
}
