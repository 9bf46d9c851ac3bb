import { releaseLock } from "../../core/file_lock.ts";
import { serverAccount } from "./account.ts";
import { EmbeddedError } from "./embedded_error.ts";
import { tellProcess } from "./orphan.ts";
import { readPidFile } from "./pid_file.ts";
import type { Place } from "./prepare.ts";

const OWNER_POLL_MS = 50;

/** The directory is ours until `release`, or its server runs for another process. */
export type Claim =
  | { readonly owned: true; release(): void }
  | { readonly owned: false; readonly socketDir: string };

/**
 * Takes the directory by a lock that the kernel frees when its holder dies: it tells a server that
 * somebody owns from one that was left behind.
 * @throws {EmbeddedError} `busy` when another process has it and its server takes no connections
 * within `waitMs`.
 */
export async function claim(
  { stateDir, dataDir }: Place,
  { waitMs }: { readonly waitMs: number },
): Promise<Claim> {
  const lock = await Deno.open(`${stateDir}/owner.lock`, { create: true, write: true });
  const endMs = performance.now() + waitMs;
  try {
    while (!(await lock.tryLock(true))) {
      const socketDir = await findServer(dataDir);
      if (socketDir !== null) {
        lock.close();
        return { owned: false, socketDir };
      }
      if (performance.now() > endMs) {
        throw new EmbeddedError("busy", `Another process has ${stateDir} and runs no server there`);
      }
      await new Promise((resolve) => setTimeout(resolve, OWNER_POLL_MS));
    }
  } catch (error) {
    lock.close();
    throw error;
  }
  return { owned: true, release: () => releaseLock(lock) };
}

/** Socket of the server that takes connections on these data, or null. */
async function findServer(dataDir: string): Promise<string | null> {
  const file = await readPidFile(dataDir);
  if (file === null || !file.ready) return null;
  // The file may be what a crash left, while the owner is about to start the next server.
  const account = await serverAccount(dataDir);
  const kind = await tellProcess(file.pid, { dataDir, account });
  return kind === "server" ? file.socketDir : null;
}
