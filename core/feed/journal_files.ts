import { createReadStream, createWriteStream } from "node:fs";
import { pipeline } from "node:stream/promises";
import { createGunzip, createGzip } from "node:zlib";
import { type SegmentDamage, SegmentParser } from "./journal_format.ts";

/** One segment of a day on disk. */
export interface SegmentFile {
  readonly date: string;
  readonly number: number;
  readonly compressed: boolean;
  readonly bytes: number;
}

/** Bytes read or packed at a time. */
const CHUNK_BYTES = 256 * 1024;
/** Frames are repetitive: level 3 packs 64 MiB to a tenth in a quarter of a second. */
const GZIP_LEVEL = 3;
const DATE = /^\d{4}-\d{2}-\d{2}$/;
const NAME = /^(\d{6})\.vnj(\.gz)?$/;

/** Whether a text is the name of a day folder. */
export function isDayName(text: string): boolean {
  return DATE.test(text);
}

/** Path of a segment below the journal's folder. */
export function segmentPath(
  dir: string,
  segment: Pick<SegmentFile, "date" | "number" | "compressed">,
): string {
  const name = `${String(segment.number).padStart(6, "0")}.vnj${segment.compressed ? ".gz" : ""}`;
  return `${dir}/${segment.date}/${name}`;
}

/** Days held, oldest first. */
export function listDays(dir: string): string[] {
  const days = [...Deno.readDirSync(dir)].filter((entry) =>
    entry.isDirectory && isDayName(entry.name)
  );
  return days.map((entry) => entry.name).sort();
}

/** Segments of a day in order; a packed one hides the plain one it was made from. */
export function listSegments(dir: string, date: string): SegmentFile[] {
  const byNumber = new Map<number, SegmentFile>();
  for (const entry of dayEntries(dir, date)) {
    const match = NAME.exec(entry.name);
    if (match === null || !entry.isFile) continue;
    const number = Number(match[1]);
    if (byNumber.get(number)?.compressed) continue;
    const segment = { date, number, compressed: match[2] !== undefined };
    const found = sized(dir, segment) ?? sized(dir, { ...segment, compressed: true });
    if (found !== null) byNumber.set(number, found);
  }
  return [...byNumber.values()].sort((a, b) => a.number - b.number);
}

/** Whether the journal holds anything of a day. */
export function isRecorded(dir: string, date: string): boolean {
  return listSegments(dir, date).length > 0;
}

/** Removes what an interrupted packing left behind: half-written files and plain twins. */
export function removeLeftovers(dir: string, date: string): void {
  const packed = new Set(listSegments(dir, date).filter((s) => s.compressed).map((s) => s.number));
  for (const entry of dayEntries(dir, date)) {
    const match = NAME.exec(entry.name);
    const twin = match !== null && match[2] === undefined && packed.has(Number(match[1]));
    if (twin || entry.name.endsWith(".tmp")) Deno.removeSync(`${dir}/${date}/${entry.name}`);
  }
}

/** What is good of a plain segment, and what is wrong with the rest. */
export function scanSegment(path: string): { goodBytes: number; damage: SegmentDamage | null } {
  const parser = new SegmentParser(0);
  const chunk = new Uint8Array(CHUNK_BYTES);
  using file = Deno.openSync(path);
  for (let n = file.readSync(chunk); n !== null; n = file.readSync(chunk)) {
    parser.push(chunk.subarray(0, n));
  }
  return { goodBytes: parser.goodBytes, damage: parser.damage() };
}

/** What is read of a segment file. */
export interface SegmentPart {
  readonly path: string;
  readonly compressed: boolean;
  /** Size of the file: a plain one is read so far, which is where its last whole write ended. */
  readonly bytes: number;
  /** Bytes of the unpacked form that are left out at the start. */
  readonly skip: number;
}

/** Bytes of a part of a segment, unpacked. */
export async function* segmentChunks(
  { path, compressed, bytes, skip }: SegmentPart,
): AsyncGenerator<Uint8Array> {
  const plain = createReadStream(path, {
    highWaterMark: CHUNK_BYTES,
    ...compressed ? {} : { start: skip, end: bytes - 1 },
  });
  const unpacked = createGunzip({ chunkSize: CHUNK_BYTES });
  const done = compressed ? pipeline(plain, unpacked) : null;
  // The reader below gets the same error; without this it would be unhandled as well.
  done?.catch(() => {});
  try {
    if (compressed) yield* withoutFirst(unpacked, skip);
    else yield* plain;
  } finally {
    plain.destroy();
    unpacked.destroy();
  }
}

/** A packed file has no way to its middle but through its beginning. */
async function* withoutFirst(
  chunks: AsyncIterable<Uint8Array>,
  bytes: number,
): AsyncGenerator<Uint8Array> {
  let left = bytes;
  for await (const chunk of chunks) {
    if (chunk.length > left) yield left === 0 ? chunk : chunk.subarray(left);
    left = Math.max(0, left - chunk.length);
  }
}

/** Packs a closed segment in place. The plain file goes only when the packed one is safe on disk. */
export async function packSegment(path: string, signal: AbortSignal): Promise<void> {
  const half = `${path}.gz.tmp`;
  const packer = createGzip({ level: GZIP_LEVEL, chunkSize: CHUNK_BYTES });
  const source = createReadStream(path, { highWaterMark: CHUNK_BYTES });
  try {
    await pipeline(source, packer, createWriteStream(half), { signal });
    using file = await Deno.open(half, { write: true });
    await file.sync();
  } catch (error) {
    // A full disk is the likely reason, so the half file must not stay.
    if (sizeOf(half) !== null) Deno.removeSync(half);
    throw error;
  }
  // At one go: in a pause between the two a wiped journal could begin a new file of this name.
  Deno.renameSync(half, `${path}.gz`);
  Deno.removeSync(path);
}

/** Entries of the folder of a day; none when there is no such folder. */
export function dayEntries(dir: string, date: string): Deno.DirEntry[] {
  try {
    return [...Deno.readDirSync(`${dir}/${date}`)];
  } catch (error) {
    if (error instanceof Deno.errors.NotFound) return [];
    throw error;
  }
}

/** A segment as it is on disk; null when it is gone: its server may have just packed it. */
function sized(dir: string, segment: Omit<SegmentFile, "bytes">): SegmentFile | null {
  const bytes = sizeOf(segmentPath(dir, segment));
  return bytes === null ? null : { ...segment, bytes };
}

/** Size of a file; null when it is gone: packing or a limit may take it away at any time. */
export function sizeOf(path: string): number | null {
  try {
    return Deno.statSync(path).size;
  } catch (error) {
    if (error instanceof Deno.errors.NotFound) return null;
    throw error;
  }
}
