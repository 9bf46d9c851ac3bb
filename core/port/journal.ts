/** One raw frame as it came from the wire. */
export interface JournalRecord {
  /** Receive clock, Unix ms. */
  readonly receivedMs: number;
  /** Arrival number inside the day's journal, from 0. */
  readonly index: number;
  readonly frame: string;
}

/** Counters of a journal; all since start. */
export interface JournalStats {
  readonly frames: number;
  readonly bytes: number;
  /** Records that could not be read back: torn tails and checksum failures. */
  readonly damaged: number;
  /** Frames that were not recorded because the disk took none and the memory for them was full. */
  readonly lost: number;
  /** Write failures; while the last write failed, `writable` is false and says why. */
  readonly writeErrors: number;
  readonly writable: boolean;
  readonly problem: string | null;
}

/** Append-only record of every frame received; written before anything visible changes. */
export interface Journal {
  /** Takes one frame of a trading date; it is on its way to the kernel after `commit`. */
  append(tradingDate: string, receivedMs: number, frame: string): void;
  /** Writes everything appended so far with one write per file; never throws. */
  commit(): void;
  /** Frames of a trading date, in arrival order, up to the last good record. */
  read(tradingDate: string): AsyncIterable<JournalRecord>;
  /** Trading dates held, oldest first. */
  dates(): Promise<readonly string[]>;
  stats(): JournalStats;
  close(): Promise<void>;
}
