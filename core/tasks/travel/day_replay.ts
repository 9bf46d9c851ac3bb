import { isRecorded } from "../../feed/journal_files.ts";
import type { BusMessage } from "../../port/bus.ts";
import { type CursorOptions, DayCursor } from "./day_cursor.ts";
import { firstMsOf } from "./day_span.ts";
import { Keyframes } from "./keyframes.ts";
import type { StoredKeyframes } from "./stored_keyframes.ts";

/** Length of the journal's texts between two keyframes in memory: half a second of replay. */
export const KEYFRAME_CHARS = 48 * 1_024 * 1_024;

export interface DayReplayOptions extends CursorOptions {
  /** Length of the journal's texts between two states that are kept to go back to. */
  readonly keyframeChars: number;
  /** States that the background kept of the day. */
  readonly stored: StoredKeyframes;
}

/**
 * A recorded day that can be looked at as it was at any instant: the state right before the record
 * with which the exchange's clock passed the instant. It only reads the journal, also beside the
 * server that writes it. One question at a time.
 */
export class DayReplay {
  readonly #options: DayReplayOptions;
  readonly #keyframes: Keyframes;
  #cursor: DayCursor;
  /** Place at which the cursor leaves the next keyframe. */
  #dueChars: number;
  #firstMs: number | null = null;

  constructor(options: DayReplayOptions) {
    this.#options = options;
    this.#keyframes = new Keyframes(options.keyframeChars);
    this.#cursor = new DayCursor(options);
    this.#dueChars = this.#keyframes.dueFrom(0);
  }

  get date(): string {
    return this.#options.date;
  }

  /**
   * Everything as it was at an instant of exchange time, nothing at all before the first whole market;
   * null when the day is not recorded any more: its server may remove it while it is read.
   */
  async at(atMs: number, epoch: string): Promise<BusMessage | null> {
    const { dir, date } = this.#options;
    try {
      const shown = await this.#at(atMs, epoch);
      return isRecorded(dir, date) ? shown : null;
    } catch (error) {
      if (isRecorded(dir, date)) throw error;
      return null;
    }
  }

  /** Closes what is open of the journal. */
  async close(): Promise<void> {
    await this.#cursor.close();
  }

  async #at(atMs: number, epoch: string): Promise<BusMessage> {
    const { dir, date } = this.#options;
    this.#firstMs ??= await firstMsOf(dir, date);
    if (this.#firstMs === null || atMs < this.#firstMs) return this.#nothing(atMs, epoch);
    await this.#seek(atMs);
    const cursor = this.#cursor;
    const isPassed = await cursor.advance(atMs, () => {
      if (cursor.chars >= this.#dueChars) this.#keep();
      return null;
    });
    if (!isPassed) cursor.tables.show(atMs);
    return cursor.tables.snapshot(epoch);
  }

  #nothing(atMs: number, epoch: string): BusMessage {
    const { tables } = new DayCursor(this.#options);
    tables.show(atMs);
    return tables.snapshot(epoch);
  }

  /** Puts the cursor before the instant, as near as it can be had without replay. */
  async #seek(atMs: number): Promise<void> {
    const { date, stored } = this.#options;
    const isBehind = (this.#cursor.tables.shownMs ?? 0) > atMs;
    const hereMs = isBehind ? 0 : this.#cursor.asOfMs ?? 0;
    const held = this.#keyframes.newest(atMs);
    const nearestMs = Math.max(hereMs, held?.asOfMs ?? 0);
    const found = await stored.newest(date, { atMs, afterMs: nearestMs });
    if (found !== null) this.#keyframes.add(found);
    const keyframe = found ?? held;
    if (!isBehind && (keyframe?.asOfMs ?? 0) <= hereMs) return;
    await this.close();
    this.#cursor = new DayCursor(this.#options, keyframe);
    this.#dueChars = this.#keyframes.dueFrom(this.#cursor.chars);
  }

  #keep(): void {
    const keyframe = this.#cursor.keyframe();
    if (keyframe === null) return;
    this.#keyframes.add(keyframe);
    this.#dueChars = this.#keyframes.dueFrom(keyframe.chars);
  }
}
