import { segmentChunks } from "./journal_files.ts";
import { type SegmentDamage, SegmentParser } from "./journal_format.ts";

interface ReadRecord {
  readonly receivedMs: number;
  readonly frame: string;
}

const decoder = new TextDecoder();

/**
 * Gives the good records of a segment in batches and returns what is wrong with the rest. A segment
 * that was packed or removed meanwhile is read from its packed form or counts as empty.
 */
export async function* readSegment(
  path: string,
  compressed: boolean,
  limit: number,
): AsyncGenerator<ReadRecord[], SegmentDamage | null> {
  if (limit === 0) return null;
  const parser = new SegmentParser();
  let begun = false;
  try {
    for await (const chunk of segmentChunks(path, compressed, limit)) {
      begun = true;
      yield parser.push(chunk).map(({ receivedMs, payload }) => ({
        receivedMs,
        frame: decoder.decode(payload),
      }));
    }
  } catch (error) {
    const code = error instanceof Error && "code" in error ? error.code : undefined;
    if (code === "ENOENT" && !begun) {
      return compressed ? null : yield* readSegment(`${path}.gz`, true, limit);
    }
    // A packed file that cannot be unpacked is damaged like one with a wrong checksum.
    if (compressed && typeof code === "string" && code.startsWith("Z_")) return "corrupt";
    throw error;
  }
  return parser.damage();
}
