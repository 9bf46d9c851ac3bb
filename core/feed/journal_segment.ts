import { SEGMENT_MARK } from "./journal_format.ts";

/** The segment that a day's frames are being written to. */
export class OpenSegment {
  readonly number: number;
  readonly path: string;
  readonly #file: Deno.FsFile;
  #size: number;
  #dirty = false;
  /** A failed write left bytes behind that could not be cut off yet. */
  #torn = false;
  #syncing: Promise<void> | null = null;

  /** Opens a segment at its end; a new one gets its mark. Throws what the system says. */
  constructor(path: string, number: number) {
    this.number = number;
    this.path = path;
    this.#file = Deno.openSync(path, { create: true, append: true });
    this.#size = this.#file.statSync().size;
    try {
      if (this.#size === 0) this.write(SEGMENT_MARK);
    } catch (error) {
      this.#file.close();
      throw error;
    }
  }

  /** Bytes written whole. */
  get size(): number {
    return this.#size;
  }

  get dirty(): boolean {
    return this.#dirty;
  }

  /** Writes all bytes or none: what a failed write left behind is cut off again. */
  write(bytes: Uint8Array): void {
    if (this.#torn) this.#cut();
    this.#torn = true;
    try {
      for (let done = 0; done < bytes.length;) {
        done += this.#file.writeSync(bytes.subarray(done));
      }
    } catch (error) {
      this.#cut();
      throw error;
    }
    this.#torn = false;
    this.#size += bytes.length;
    this.#dirty = true;
  }

  #cut(): void {
    this.#file.truncateSync(this.#size);
    this.#torn = false;
  }

  /** Brings what was written to the disk itself. */
  sync(): Promise<void> {
    if (this.#syncing !== null) return this.#syncing;
    this.#dirty = false;
    this.#syncing = this.#file.syncData().finally(() => this.#syncing = null);
    return this.#syncing;
  }

  /** As `sync`, but for all that is written now: a sync under way may have begun before it. */
  async settle(): Promise<void> {
    await this.#syncing;
    if (this.#dirty) await this.sync();
  }

  /** Syncs and closes; the file is closed even when the sync fails. */
  async close(): Promise<void> {
    try {
      await this.#syncing;
      if (this.#dirty) await this.#file.syncData();
    } finally {
      this.#file.close();
    }
  }

  /** Closes at once, for a file that is about to be removed. */
  async discard(): Promise<void> {
    try {
      await this.#syncing;
    } finally {
      this.#file.close();
    }
  }
}
