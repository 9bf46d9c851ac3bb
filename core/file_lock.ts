/**
 * Gives the lock on a file back and closes it. To close it is not enough: a process that is being
 * started has every descriptor of this one for a moment, and with it the lock.
 */
export function releaseLock(file: Deno.FsFile): void {
  file.unlockSync();
  file.close();
}
