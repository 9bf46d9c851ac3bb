import { dayHolds } from "../../feed/journal_reader.ts";
import { type KeyframeFile, keyframePath, listKeyframes } from "../../feed/keyframe_files.ts";
import type { FeedLog } from "../../feed/log.ts";
import { packStateFile, unpackStateFile } from "../../feed/state_file.ts";
import { removeFile, writeWhole } from "../../feed/whole_file.ts";
import type { Keyframe } from "./keyframe.ts";

/** Changes with the form of a keyframe's state. */
const MARK = "VNKEYF1\n";

/** Disk of all keyframes of a day: twice the 40 or so, of 3 MB each, that a whole day has. */
export const DAY_BYTES_MAX = 256 * 1_024 * 1_024;

export interface StoredKeyframesOptions {
  /** Folder of the provider's journal. */
  readonly dir: string;
  /** A keyframe with another tag is refused. */
  readonly tag: string;
  /** Bytes of one day's keyframes at most. */
  readonly dayBytesMax: number;
  readonly log: FeedLog;
}

/** A keyframe on disk. */
export interface StoredKeyframe extends Keyframe {
  /** No other one is to follow on its day. */
  readonly isLast: boolean;
}

/** What a file says of itself. */
interface KeyframeHead extends Omit<StoredKeyframe, "bytes"> {
  /** Names everything that must be the same for the state to mean the same: code, engine, settings. */
  readonly tag: string;
  readonly date: string;
}

/** What was done since it was asked last. */
export interface KeyframeCounts {
  readonly written: number;
  readonly refused: number;
}

type ReadKeyframe = StoredKeyframe | "gone" | "damaged" | "foreign" | "unproved";

/**
 * The states of recorded days that lie beside their journals. One that cannot be proved to belong to
 * this code and this journal is refused, told, and removed together with those behind it, so that they
 * are made anew.
 */
export class StoredKeyframes {
  readonly #options: StoredKeyframesOptions;
  #written = 0;
  #refused = 0;

  constructor(options: StoredKeyframesOptions) {
    this.#options = options;
  }

  /** The newest keyframe of a date with `afterMs` < its exchange time <= `atMs`; null without one. */
  async newest(
    date: string,
    { atMs, afterMs }: { readonly atMs: number; readonly afterMs: number },
  ): Promise<StoredKeyframe | null> {
    const files = listKeyframes(this.#options.dir, date);
    for (const file of files.reverse()) {
      if (file.asOfMs > atMs) continue;
      if (file.asOfMs <= afterMs) return null;
      const read = await this.#read(date, file);
      if (typeof read !== "string") return read;
      if (read !== "gone") await this.#refuse(date, file, read);
    }
    return null;
  }

  /** Keeps a keyframe; throws what the system says. */
  async write(date: string, { bytes, ...frame }: StoredKeyframe): Promise<void> {
    const { dir, tag } = this.#options;
    const head: KeyframeHead = { ...frame, tag, date };
    await writeWhole(keyframePath(dir, date, frame.asOfMs), packStateFile(MARK, head, bytes));
    this.#written++;
    await this.#prune(date);
  }

  takeCounts(): KeyframeCounts {
    const counts = { written: this.#written, refused: this.#refused };
    this.#written = 0;
    this.#refused = 0;
    return counts;
  }

  async #read(date: string, { asOfMs, path }: KeyframeFile): Promise<ReadKeyframe> {
    const { dir, tag } = this.#options;
    const bytes = await readBytes(path);
    if (bytes === null) return "gone";
    const file = unpackStateFile(MARK, bytes);
    if (file === null) return "damaged";
    const { tag: itsTag, date: itsDate, ...frame } = file.head as KeyframeHead;
    if (itsTag !== tag || itsDate !== date || frame.asOfMs !== asOfMs) return "foreign";
    if (!await dayHolds(dir, date, frame.position)) return "unproved";
    return { ...frame, bytes: file.body };
  }

  async #refuse(date: string, file: KeyframeFile, reason: string): Promise<void> {
    const { dir, log } = this.#options;
    this.#refused++;
    log("keyframe_refused", { path: file.path, reason });
    try {
      for (const { asOfMs, path } of listKeyframes(dir, date)) {
        if (asOfMs >= file.asOfMs) await removeFile(path);
      }
    } catch (error) {
      // It is refused again, then.
      log("keyframe_not_removed", { path: file.path, reason: String(error) });
    }
  }

  /** Removes those whose neighbours are nearest to each other, until the rest is within the limit. */
  async #prune(date: string): Promise<void> {
    const { dir, dayBytesMax } = this.#options;
    const files = listKeyframes(dir, date);
    let total = files.reduce((sum, { bytes }) => sum + bytes, 0);
    while (total > dayBytesMax && files.length > 1) {
      const gaps = files.slice(0, -1).map(({ asOfMs }, i) =>
        files[i + 1]!.asOfMs - (files[i - 1]?.asOfMs ?? asOfMs)
      );
      const [removed] = files.splice(gaps.indexOf(Math.min(...gaps)), 1);
      await removeFile(removed!.path);
      total -= removed!.bytes;
    }
  }
}

async function readBytes(path: string): Promise<Uint8Array | null> {
  try {
    return await Deno.readFile(path);
  } catch (error) {
    // The limit may have taken it away since it was listed.
    if (error instanceof Deno.errors.NotFound) return null;
    throw error;
  }
}
