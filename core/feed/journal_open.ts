import { releaseLock } from "../file_lock.ts";
import {
  listDays,
  listSegments,
  removeLeftovers,
  scanSegment,
  segmentPath,
} from "./journal_files.ts";

/** Makes and locks the folder and cuts torn ends; throws one Error that names DATA_DIR. */
export function openFolder(dir: string): { lock: Deno.FsFile; damaged: string[] } {
  const lock = lockFolder(dir);
  try {
    const damaged = listDays(dir).flatMap((date) => repairDay(dir, date));
    return { lock, damaged };
  } catch (error) {
    releaseLock(lock);
    throw unusable(dir, error);
  }
}

function lockFolder(dir: string): Deno.FsFile {
  let lock: Deno.FsFile;
  try {
    Deno.mkdirSync(dir, { recursive: true });
    lock = Deno.openSync(`${dir}/lock`, { create: true, write: true });
  } catch (error) {
    throw unusable(dir, error);
  }
  if (lock.tryLockSync(true)) return lock;
  lock.close();
  throw new Error(`Cannot use DATA_DIR: another process has the journal ${dir} open`);
}

function unusable(dir: string, error: unknown): Error {
  const reason = error instanceof Error ? error.message : String(error);
  return new Error(`Cannot use DATA_DIR: the journal ${dir} cannot be written (${reason})`);
}

/** Repairs the plain segments of a day and gives the paths of those that lost something. */
function repairDay(dir: string, date: string): string[] {
  removeLeftovers(dir, date);
  const damaged: string[] = [];
  for (const segment of listSegments(dir, date)) {
    if (segment.compressed) continue;
    const path = segmentPath(dir, segment);
    const { goodBytes, damage } = scanSegment(path);
    if (damage !== null) damaged.push(path);
    // Only an end that a stopped write left behind is cut: behind a wrong checksum there may be
    // records that somebody will want to look at, so that file stays as it is.
    if (damage === "torn") Deno.truncateSync(path, goodBytes);
  }
  return damaged;
}
