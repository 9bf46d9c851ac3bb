import { dayEntries, isDayName, listDays } from "./journal_files.ts";
import { removeFile, writeWhole } from "./whole_file.ts";

/** One checkpoint on disk. It lies beside the segments of its day and goes when they go. */
export interface CheckpointFile {
  readonly date: string;
  /** Rises with each checkpoint of the date. */
  readonly number: number;
  readonly path: string;
}

/** Checkpoints kept of a provider: the newest, and one more should it turn out to be damaged. */
export const CHECKPOINTS_KEPT = 2;

const NAME = /^(\d{6})\.vnc$/;

/** Checkpoints of a date, newest first. */
export function listCheckpoints(dir: string, date: string): CheckpointFile[] {
  const files: CheckpointFile[] = [];
  for (const entry of dayEntries(dir, date)) {
    const match = NAME.exec(entry.name);
    if (match === null || !entry.isFile) continue;
    files.push({ date, number: Number(match[1]), path: `${dir}/${date}/${entry.name}` });
  }
  return files.sort((a, b) => b.number - a.number);
}

/** Writes a checkpoint so that it is there whole or not at all, and gives its path. */
export async function writeCheckpoint(
  dir: string,
  date: string,
  bytes: Uint8Array,
): Promise<string> {
  if (!isDayName(date)) throw new Error(`Cannot write a checkpoint of the date ${date}`);
  const number = (listCheckpoints(dir, date)[0]?.number ?? 0) + 1;
  const path = `${dir}/${date}/${String(number).padStart(6, "0")}.vnc`;
  await writeWhole(path, bytes);
  return path;
}

/** Removes all but the newest checkpoints of all dates. */
export async function pruneCheckpoints(dir: string): Promise<void> {
  const newestFirst = listDays(dir).reverse().flatMap((date) => listCheckpoints(dir, date));
  for (const { path } of newestFirst.slice(CHECKPOINTS_KEPT)) await removeFile(path);
}
