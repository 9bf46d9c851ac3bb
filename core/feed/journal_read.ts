import type { JournalPosition, JournalRecord } from "../port/journal.ts";
import { segmentChunks, type SegmentFile, segmentPath } from "./journal_files.ts";
import { HEAD_BYTES, type RawRecord, type SegmentDamage, SegmentParser } from "./journal_format.ts";

/** Why the reading of a segment ended early; `gone` is one whose day was removed meanwhile. */
export type ReadDamage = SegmentDamage | "gone";

/** A text comes back as it was, also with a byte order mark in front. */
const decoder = new TextDecoder("utf-8", { ignoreBOM: true });

/**
 * Gives the good records of a segment behind the first `skip` bytes in batches and returns what is
 * wrong with the rest. What is skipped must end where a record ends. A segment that was packed
 * meanwhile is read from its packed form.
 */
export async function* readSegment(
  dir: string,
  segment: SegmentFile,
  skip: number,
): AsyncGenerator<JournalRecord[], ReadDamage | null> {
  const { compressed, bytes } = segment;
  if (bytes === 0 || (!compressed && bytes <= skip)) return null;
  const parser = new SegmentParser(skip);
  let begun = false;
  try {
    const path = segmentPath(dir, segment);
    for await (const chunk of segmentChunks({ path, compressed, bytes, skip })) {
      begun = true;
      yield parser.push(chunk).map((record) => toRecord(segment.number, record));
    }
  } catch (error) {
    const code = error instanceof Error && "code" in error ? error.code : undefined;
    if (code === "ENOENT" && !begun) {
      if (compressed) return "gone";
      return yield* readSegment(dir, { ...segment, compressed: true }, skip);
    }
    // A packed file that cannot be unpacked is damaged like one with a wrong checksum.
    if (compressed && typeof code === "string" && code.startsWith("Z_")) return "corrupt";
    throw error;
  }
  return parser.damage();
}

/** Whether a segment holds the record before a position as it was. */
export async function holdsRecord(
  dir: string,
  segment: SegmentFile,
  { offset, recordBytes, checksum }: JournalPosition,
): Promise<boolean> {
  for await (const [first] of readSegment(dir, segment, offset - recordBytes)) {
    if (first === undefined) continue;
    return first.position.recordBytes === recordBytes && first.position.checksum === checksum;
  }
  return false;
}

function toRecord(segment: number, raw: RawRecord): JournalRecord {
  const { receivedMs, checksum, offset, payload } = raw;
  const recordBytes = HEAD_BYTES + payload.length;
  const position = { segment, offset, recordBytes, checksum };
  return { receivedMs, frame: decoder.decode(payload), position };
}
