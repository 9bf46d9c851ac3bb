import { crc32 } from "node:zlib";

/**
 * A segment file is an eight-byte mark and then records, all numbers little-endian:
 * payload bytes (u32), CRC-32 of the three other parts (u32), receive time in Unix ms (f64), the
 * frame as UTF-8. The checksum covers the length, so no flipped bit passes unseen.
 */
export const SEGMENT_MARK: Uint8Array<ArrayBuffer> = new TextEncoder().encode("VNJRNL1\n");

/** Bytes of a record before its payload. */
export const HEAD_BYTES = 16;
/** Largest payload; a text of 8 Mi UTF-16 units is at most three times that in UTF-8. */
export const PAYLOAD_BYTES_MAX = 24 * 1024 * 1024;

const encoder = new TextEncoder();

/** Why the reading of a segment ended before its end. */
export type SegmentDamage = "torn" | "corrupt";

/** What tells a record from every other one that may stand in its place. */
export interface RecordProof {
  /** Size in the file, head and payload. */
  readonly recordBytes: number;
  readonly checksum: number;
}

/** Records on their way to the file, in the form of the file. */
export class RecordBuffer {
  #bytes = new Uint8Array(64 * 1024);
  #view = new DataView(this.#bytes.buffer);
  #length = 0;
  #records = 0;
  #last: RecordProof | null = null;

  /** Bytes held. */
  get length(): number {
    return this.#length;
  }

  get records(): number {
    return this.#records;
  }

  /** The record added last; null when none is held. */
  get last(): RecordProof | null {
    return this.#last;
  }

  /** The bytes held; they stay valid until the next change. */
  get bytes(): Uint8Array<ArrayBuffer> {
    return this.#bytes.subarray(0, this.#length);
  }

  /** Adds a record; false when the frame is longer than a record may be. */
  add(receivedMs: number, frame: string): boolean {
    const start = this.#length;
    this.#reserve(start + HEAD_BYTES + frame.length * 3);
    const payload = start + HEAD_BYTES;
    const { written } = encoder.encodeInto(frame, this.#bytes.subarray(payload));
    if (written > PAYLOAD_BYTES_MAX) return false;
    this.#view.setUint32(start, written, true);
    this.#view.setFloat64(start + 8, receivedMs, true);
    const end = payload + written;
    const sum = checksum(this.#bytes, start, end);
    this.#view.setUint32(start + 4, sum, true);
    this.#last = { recordBytes: end - start, checksum: sum };
    this.#length = end;
    this.#records++;
    return true;
  }

  /** Forgets all records, and the memory as well when a burst made it large. */
  clear(keepBytesMax: number): void {
    this.#length = 0;
    this.#records = 0;
    this.#last = null;
    if (this.#bytes.length > keepBytesMax) this.#use(new Uint8Array(64 * 1024));
  }

  #reserve(bytes: number): void {
    if (bytes <= this.#bytes.length) return;
    const grown = new Uint8Array(Math.max(bytes, this.#bytes.length * 2));
    grown.set(this.bytes);
    this.#use(grown);
  }

  #use(bytes: Uint8Array<ArrayBuffer>): void {
    this.#bytes = bytes;
    this.#view = new DataView(bytes.buffer);
  }
}

/** One record as found in a file; the payload is a view that the next `push` may overwrite. */
export interface RawRecord {
  readonly receivedMs: number;
  readonly checksum: number;
  /** Bytes of the unpacked segment up to the record's end. */
  readonly offset: number;
  readonly payload: Uint8Array;
}

/** Reads a segment chunk by chunk up to its last good record. */
export class SegmentParser {
  #held = new Uint8Array(256 * 1024);
  #start = 0;
  #end = 0;
  #goodBytes: number;
  #corrupt = false;
  #needsMark: boolean;

  /** `skipped` bytes of the segment are left out, up to the end of a record; 0 reads all of it. */
  constructor(skipped: number) {
    this.#goodBytes = skipped;
    this.#needsMark = skipped === 0;
  }

  /** Bytes from the start of the file that are whole and right, those left out included. */
  get goodBytes(): number {
    return this.#goodBytes;
  }

  /** Takes the next bytes of the file and gives the records that became whole. */
  push(chunk: Uint8Array): RawRecord[] {
    if (this.#corrupt) return [];
    this.#hold(chunk);
    const records: RawRecord[] = [];
    if (this.#needsMark && !this.#takeMark()) return records;
    for (let record = this.#take(); record !== null; record = this.#take()) records.push(record);
    return records;
  }

  /** What is wrong with the file when no more bytes come; null when it ended after a record. */
  damage(): SegmentDamage | null {
    if (this.#corrupt) return "corrupt";
    return this.#end > this.#start ? "torn" : null;
  }

  #takeMark(): boolean {
    if (this.#end - this.#start < SEGMENT_MARK.length) return false;
    this.#corrupt = SEGMENT_MARK.some((byte, i) => this.#held[this.#start + i] !== byte);
    if (this.#corrupt) return false;
    this.#needsMark = false;
    this.#advance(SEGMENT_MARK.length);
    return true;
  }

  #take(): RawRecord | null {
    const available = this.#end - this.#start;
    if (available < HEAD_BYTES) return null;
    const view = new DataView(this.#held.buffer, this.#start, HEAD_BYTES);
    const payloadBytes = view.getUint32(0, true);
    if (payloadBytes > PAYLOAD_BYTES_MAX) {
      this.#corrupt = true;
      return null;
    }
    const bytes = HEAD_BYTES + payloadBytes;
    if (available < bytes) return null;
    const sum = view.getUint32(4, true);
    if (sum !== checksum(this.#held, this.#start, this.#start + bytes)) {
      this.#corrupt = true;
      return null;
    }
    const payload = this.#held.subarray(this.#start + HEAD_BYTES, this.#start + bytes);
    this.#advance(bytes);
    const receivedMs = view.getFloat64(8, true);
    return { receivedMs, checksum: sum, offset: this.#goodBytes, payload };
  }

  #advance(bytes: number): void {
    this.#start += bytes;
    this.#goodBytes += bytes;
  }

  #hold(chunk: Uint8Array): void {
    const kept = this.#end - this.#start;
    if (this.#end + chunk.length > this.#held.length) {
      const room = Math.max(this.#held.length, 2 * (kept + chunk.length));
      const moved = new Uint8Array(room);
      moved.set(this.#held.subarray(this.#start, this.#end));
      this.#held = moved;
      this.#start = 0;
      this.#end = kept;
    }
    this.#held.set(chunk, this.#end);
    this.#end += chunk.length;
  }
}

function checksum(bytes: Uint8Array, start: number, end: number): number {
  const length = crc32(bytes.subarray(start, start + 4));
  return crc32(bytes.subarray(start + 8, end), length);
}
