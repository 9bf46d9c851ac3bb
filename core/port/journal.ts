/** One raw frame as it came from the wire. */
export interface JournalRecord {
  /** Receive clock, Unix ms. */
  readonly receivedMs: number;
  readonly frame: string;
  /** The place right behind it. */
  readonly position: JournalPosition;
}

/** A place in the journal of a day: right behind one of its records. */
export interface JournalPosition {
  /** Number of the segment file that holds the record. */
  readonly segment: number;
  /** Bytes of the segment up to the record's end, unpacked. */
  readonly offset: number;
  /** Size and checksum of the record: what proves that a journal is the one this was taken from. */
  readonly recordBytes: number;
  readonly checksum: number;
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
  /**
   * Frames of a trading date, in arrival order, up to the last good record; only those behind
   * `after` when it is given. Segments before that place are not opened.
   */
  read(tradingDate: string, after?: JournalPosition): AsyncIterable<JournalRecord>;
  /** Whether the record before a position is in the journal as it was. */
  holds(tradingDate: string, position: JournalPosition): Promise<boolean>;
  /**
   * The place behind everything taken of a date; null when nothing of it was written in this run,
   * or when something still waits to be written.
   */
  position(tradingDate: string): JournalPosition | null;
  /** Resolves when everything written is on the disk itself; rejects when that fails. */
  synced(): Promise<void>;
  /** Trading dates held, oldest first. */
  dates(): Promise<readonly string[]>;
  stats(): JournalStats;
  close(): Promise<void>;
}
