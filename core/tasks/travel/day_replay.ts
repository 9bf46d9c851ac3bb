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
import type { BusMessage } from "../../port/bus.ts";
import type { JournalRecord } from "../../port/journal.ts";
import { JOURNAL_UNREADABLE } from "../journal_rows.ts";
import { firstMsOf } from "./day_span.ts";
import { type DayPlace, Keyframes, stateOf } from "./keyframes.ts";
import { type MomentSettings, MomentTables } from "./moment_tables.ts";

/** Length of the journal's texts between two keyframes: half a second of replay. */
export const KEYFRAME_CHARS = 48 * 1_024 * 1_024;

export interface DayReplayOptions {
  /** Folder of the provider's journal. */
  readonly dir: string;
  readonly date: string;
  readonly engine: EngineOptions;
  readonly settings: MomentSettings;
  /** Length of the journal's texts between two states that are kept to go back to. */
  readonly keyframeChars: number;
  readonly log: FeedLog;
}

/** An engine and its tables somewhere on a recorded day. */
interface Cursor {
  readonly ingest: Ingest;
  readonly tables: MomentTables;
  place: DayPlace | null;
  /** The records behind the place; null when they have to be opened. */
  records: AsyncGenerator<JournalRecord, void> | null;
  /** What the record changed that passed the instant asked for last; the tables are before it. */
  passed: readonly Change[] | null;
}

/**
 * A recorded day that can be looked at as it was at any instant: the state right before the record
 * with which the exchange's clock passed the instant. It only reads the journal, also beside the
 * server that writes it. One question at a time.
 */
export class DayReplay {
  readonly #options: DayReplayOptions;
  readonly #keyframes: Keyframes;
  #cursor: Cursor;
  #firstMs: number | null = null;

  constructor(options: DayReplayOptions) {
    this.#options = options;
    this.#keyframes = new Keyframes(options.keyframeChars);
    this.#cursor = this.#start();
  }

  get date(): string {
    return this.#options.date;
  }

  /** Everything as it was at an instant of exchange time; nothing at all before the first whole market. */
  async at(atMs: number, epoch: string): Promise<BusMessage> {
    const { dir, date } = this.#options;
    this.#firstMs ??= await firstMsOf(dir, date);
    if (this.#firstMs === null || atMs < this.#firstMs) return this.#nothing(atMs, epoch);
    await this.#seek(atMs);
    await this.#advance(atMs);
    return this.#cursor.tables.snapshot(epoch);
  }

  /** Closes what is open of the journal. */
  async close(): Promise<void> {
    await this.#cursor.records?.return();
    this.#cursor.records = null;
  }

  #nothing(atMs: number, epoch: string): BusMessage {
    const { tables } = this.#start();
    tables.show(atMs);
    return tables.snapshot(epoch);
  }

  #start(): Cursor {
    const ingest = createIngest(this.#options.engine);
    const tables = new MomentTables(ingest.engine, this.#options.settings);
    return { ingest, tables, place: null, records: null, passed: null };
  }

  /** Puts the cursor before the instant, as near as it can be had without replay. */
  async #seek(atMs: number): Promise<void> {
    const { place, tables } = this.#cursor;
    const isBehind = (tables.shownMs ?? 0) > atMs;
    const keyframe = this.#keyframes.newest(atMs);
    const isJump = keyframe !== null && keyframe.chars > (place?.chars ?? 0);
    if (!isBehind && !isJump) return;
    await this.close();
    this.#cursor = this.#start();
    if (keyframe === null) return;
    const { ingest, trades } = stateOf(keyframe);
    const { position, chars } = keyframe;
    const cursor = this.#cursor;
    cursor.place = { position, chars };
    cursor.tables.note(restoreIngest(cursor.ingest, ingest));
    cursor.tables.restoreTrades(trades);
    cursor.tables.show(keyframe.asOfMs);
  }

  /** Replays up to the instant. */
  async #advance(atMs: number): Promise<void> {
    const cursor = this.#cursor;
    const { tables } = cursor;
    const { market } = cursor.ingest.engine;
    if (cursor.passed !== null) {
      if ((market.asOfMs ?? 0) > atMs) return;
      tables.note(cursor.passed);
      cursor.passed = null;
    }
    cursor.records ??= await this.#open(cursor.place);
    for (;;) {
      const { done, value: record } = await cursor.records.next();
      if (done) break;
      this.#take(record, atMs);
      if (cursor.passed !== null) return;
    }
    cursor.records = null;
    tables.show(atMs);
  }

  /** Takes a record; one that passes the instant is noted only with the next question. */
  #take({ frame, position }: JournalRecord, atMs: number): void {
    const cursor = this.#cursor;
    const { ingest, tables } = cursor;
    const reading = readFrame(frame);
    // Only then can it pass, and the tables have to be brought up to the engine before it does.
    const mayPass = speaksOfLater(reading, atMs);
    if (mayPass) tables.show(atMs);
    const changes = takeReading(ingest, reading);
    const chars = (cursor.place?.chars ?? 0) + frame.length;
    cursor.place = { position, chars };
    if (mayPass && (ingest.engine.market.asOfMs ?? 0) > atMs) {
      cursor.passed = changes;
      return;
    }
    tables.note(changes);
    const { asOfMs } = ingest.engine.market;
    if (asOfMs !== null && this.#keyframes.isDue(chars)) {
      this.#keyframes.add(cursor.place, asOfMs, { ingest, trades: tables.trades() });
    }
  }

  async #open(place: DayPlace | null): Promise<AsyncGenerator<JournalRecord, void>> {
    const { dir, date, log } = this.#options;
    // Else the state would stand still where the journal went away under it, and look right.
    if (place !== null && !await dayHolds(dir, date, place.position)) throw gone(date);
    return readDay(dir, date, {
      after: place?.position,
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
