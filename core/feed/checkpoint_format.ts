import { deserialize, serialize } from "node:v8";
import type { JournalPosition } from "../port/journal.ts";
import { packStateFile, unpackStateFile } from "./state_file.ts";

/** The body is the state in V8's own form, which keeps maps, sets and shared objects as they are. */
const MARK = "VNCKPT1\n";

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
  return packStateFile(MARK, head, serialize(state));
}

/** Reads the bytes of a checkpoint of a date; a state of other code is not even looked at. */
export function unpackCheckpoint(
  bytes: Uint8Array,
  wanted: Pick<CheckpointHead, "tag" | "date">,
): ReadCheckpoint {
  const file = unpackStateFile(MARK, bytes);
  if (file === null) return { ok: false, reason: "damaged" };
  const head = file.head as CheckpointHead;
  if (head.tag !== wanted.tag || head.date !== wanted.date) return { ok: false, reason: "foreign" };
  return { ok: true, head, state: deserialize(file.body) };
}
