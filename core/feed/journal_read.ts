import { segmentChunks, type SegmentPart } from "./journal_files.ts";
import {
  HEAD_BYTES,
  type RecordProof,
  type SegmentDamage,
  SegmentParser,
} from "./journal_format.ts";

interface ReadRecord extends RecordProof {
  readonly receivedMs: number;
  readonly frame: string;
}

/** A text comes back as it was, also with a byte order mark in front. */
const decoder = new TextDecoder("utf-8", { ignoreBOM: true });

/**
 * Gives the good records of a part of a segment in batches and returns what is wrong with the rest.
 * What is skipped must end where a record ends. A segment that was packed or removed meanwhile is
 * read from its packed form or counts as empty.
 */
export async function* readSegment(
  part: SegmentPart,
): AsyncGenerator<ReadRecord[], SegmentDamage | null> {
  const { path, compressed, bytes, skip } = part;
  if (bytes === 0 || (!compressed && bytes <= skip)) return null;
  const parser = new SegmentParser(skip > 0);
  let begun = false;
  try {
    for await (const chunk of segmentChunks(part)) {
      begun = true;
      yield parser.push(chunk).map(({ receivedMs, checksum, payload }) => ({
        receivedMs,
        frame: decoder.decode(payload),
        recordBytes: HEAD_BYTES + payload.length,
        checksum,
      }));
    }
  } catch (error) {
    const code = error instanceof Error && "code" in error ? error.code : undefined;
    if (code === "ENOENT" && !begun) {
      if (compressed) return null;
      return yield* readSegment({ ...part, path: `${path}.gz`, compressed: true });
    }
    // A packed file that cannot be unpacked is damaged like one with a wrong checksum.
    if (compressed && typeof code === "string" && code.startsWith("Z_")) return "corrupt";
    throw error;
  }
  return parser.damage();
}

/** Whether the part of a segment begins with the record that a proof speaks of. */
export async function beginsWith(part: SegmentPart, proof: RecordProof): Promise<boolean> {
  for await (const [first] of readSegment(part)) {
    if (first === undefined) continue;
    return first.recordBytes === proof.recordBytes && first.checksum === proof.checksum;
  }
  return false;
}
