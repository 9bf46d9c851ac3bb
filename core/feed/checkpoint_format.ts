import { deserialize, serialize } from "node:v8";
import { crc32 } from "node:zlib";
import type { JournalPosition } from "../port/journal.ts";

/**
 * A checkpoint file is an eight-byte mark, the CRC-32 of all that follows it, the size of the head
 * (both u32, little-endian), the head as JSON, and the state in V8's own form, which keeps maps,
 * sets and shared objects as they are.
 */
const MARK = new TextEncoder().encode("VNCKPT1\n");
const HEAD_AT = MARK.length + 8;

/** What a checkpoint says of itself. */
export interface CheckpointHead {
  /** Names everything that must be the same for the state to mean the same: code, engine, settings. */
  readonly tag: string;
  readonly date: string;
  /** Where the journal goes on from the state. */
  readonly position: JournalPosition;
  /** Records of the day's journal that made the state. */
  readonly records: number;
}

/** Why a checkpoint is not used. */
export const REFUSALS = [
  "damaged", // torn, or a bit of it is not as it was written
  "foreign", // of other code, another version or other settings
  "unproved", // the journal does not hold the record that it was taken behind
] as const;
export type CheckpointRefusal = typeof REFUSALS[number];

/** A checkpoint as read, or why it is none. */
export type ReadCheckpoint =
  | { readonly ok: true; readonly head: CheckpointHead; readonly state: unknown }
  | { readonly ok: false; readonly reason: CheckpointRefusal };

/** The bytes of a checkpoint; the state is plain data, and is not kept. */
export function packCheckpoint(head: CheckpointHead, state: unknown): Uint8Array<ArrayBuffer> {
  const headBytes = new TextEncoder().encode(JSON.stringify(head));
  const body = serialize(state);
  const bytes = new Uint8Array(HEAD_AT + headBytes.length + body.length);
  const view = new DataView(bytes.buffer);
  bytes.set(MARK);
  view.setUint32(MARK.length + 4, headBytes.length, true);
  bytes.set(headBytes, HEAD_AT);
  bytes.set(body, HEAD_AT + headBytes.length);
  view.setUint32(MARK.length, crc32(bytes.subarray(MARK.length + 4)), true);
  return bytes;
}

/** Reads the bytes of a checkpoint of a date; a state of other code is not even looked at. */
export function unpackCheckpoint(
  bytes: Uint8Array,
  wanted: Pick<CheckpointHead, "tag" | "date">,
): ReadCheckpoint {
  const damaged = { ok: false, reason: "damaged" } as const;
  if (bytes.length < HEAD_AT || MARK.some((byte, i) => bytes[i] !== byte)) return damaged;
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.length);
  if (view.getUint32(MARK.length, true) !== crc32(bytes.subarray(MARK.length + 4))) return damaged;
  const bodyAt = HEAD_AT + view.getUint32(MARK.length + 4, true);
  const head: CheckpointHead = JSON.parse(
    new TextDecoder().decode(bytes.subarray(HEAD_AT, bodyAt)),
  );
  if (head.tag !== wanted.tag || head.date !== wanted.date) return { ok: false, reason: "foreign" };
  return { ok: true, head, state: deserialize(bytes.subarray(bodyAt)) };
}
