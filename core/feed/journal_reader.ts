import type { JournalPosition, JournalRecord } from "../port/journal.ts";
import { listSegments, type SegmentFile } from "./journal_files.ts";
import { holdsRecord, type ReadDamage, readSegment } from "./journal_read.ts";

export interface DayReading {
  /** Only the records behind this place; segments before it are not opened. */
  readonly after?: JournalPosition | undefined;
  /**
   * Told of each segment whose rest cannot be read. A torn newest segment of a journal that another
   * process keeps may just be a write under way.
   */
  readonly onDamage: (segment: SegmentFile, damage: ReadDamage) => void;
}

/**
 * Gives the records of a trading date in arrival order, up to the end that the journal has now; a
 * day that is not there has none. It takes no lock and changes nothing, so it reads beside a server
 * that is writing. `dir` is the folder of one provider. Throws what the system says.
 */
export async function* readDay(
  dir: string,
  tradingDate: string,
  { after, onDamage }: DayReading,
): AsyncGenerator<JournalRecord, void> {
  for (const segment of listSegments(dir, tradingDate)) {
    if (after !== undefined && segment.number < after.segment) continue;
    const skip = segment.number === after?.segment ? after.offset : 0;
    // A segment that is being written ends where its last whole write ended, also when it grows.
    const batches = readSegment(dir, segment, skip);
    let batch = await batches.next();
    for (; !batch.done; batch = await batches.next()) {
      // Not `yield*`: in an async generator that costs a third of the whole reading.
      for (const record of batch.value) yield record;
    }
    if (batch.value !== null) onDamage(segment, batch.value);
  }
}

/** Whether the record before a position of a day is in the journal as it was. */
export async function dayHolds(
  dir: string,
  tradingDate: string,
  position: JournalPosition,
): Promise<boolean> {
  const segment = listSegments(dir, tradingDate).find(({ number }) => number === position.segment);
  return segment !== undefined && await holdsRecord(dir, segment, position);
}
