import type { JournalPosition } from "../port/journal.ts";
import { type CheckpointRefusal, unpackCheckpoint } from "./checkpoint_format.ts";
import { listCheckpoints } from "./checkpoint_files.ts";

/** A state to go on from. */
export interface Checkpoint {
  readonly position: JournalPosition;
  readonly records: number;
  readonly state: unknown;
}

/** Which checkpoint is looked for. */
export interface CheckpointSearch {
  /** The journal's folder. */
  readonly dir: string;
  readonly date: string;
  /** A checkpoint with another tag is refused. */
  readonly tag: string;
  /** Whether the journal has the record before a position as it was. */
  readonly holds: (position: JournalPosition) => Promise<boolean>;
  /** Whether a state that was taken there is of use; any is when left out. */
  readonly isWanted?: (position: JournalPosition) => boolean;
  readonly refuse: (path: string, reason: CheckpointRefusal) => void;
}

/** The newest wanted checkpoint of a date that this code can go on from; null when there is none. */
export async function newestCheckpoint(search: CheckpointSearch): Promise<Checkpoint | null> {
  const { dir, date, tag, holds, isWanted = () => true, refuse } = search;
  for (const { path } of listCheckpoints(dir, date)) {
    const read = unpackCheckpoint(await Deno.readFile(path), { tag, date });
    if (!read.ok) {
      refuse(path, read.reason);
    } else if (!await holds(read.head.position)) {
      refuse(path, "unproved");
    } else if (isWanted(read.head.position)) {
      const { position, records } = read.head;
      return { position, records, state: read.state };
    }
  }
  return null;
}
