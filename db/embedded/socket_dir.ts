import type { Account } from "./account.ts";
import { EmbeddedError } from "./embedded_error.ts";
import { removeTree, statIfThere } from "./files.ts";
import { PORT } from "./postmaster.ts";

/** The kernel's limit for the path of a socket: 107 bytes on Linux, 103 on macOS. */
const SOCKET_PATH_BYTES_MAX = 103;
/** Where PostgreSQL or its client would read a list or an escape. */
const SPECIAL = /[,:"'%\\\s]/;

/**
 * A directory for the socket that only the account can enter: in `stateDir`, or, where the path
 * would be too long for a socket, one of the same name at every start below `/tmp`.
 * @throws {EmbeddedError} `failed` when somebody else has that name.
 */
export async function makeSocketDir(stateDir: string, account: Account | null): Promise<string> {
  const own = `${stateDir}/socket`;
  const path = isUsable(own) ? own : `/tmp/${await shortName(stateDir)}`;
  const uid = account?.uid ?? Deno.uid();
  const there = await statIfThere(path);
  if (there === null) {
    await Deno.mkdir(path, { mode: 0o700 });
    if (account !== null) await Deno.chown(path, account.uid, account.gid);
  } else if (!there.isDirectory || there.uid !== uid || (there.mode! & 0o077) !== 0) {
    throw new EmbeddedError("failed", `${path} is not a private directory of user ${uid}`);
  }
  return path;
}

/** Removes the directory of a server that has ended, if it is not in `stateDir`. */
export async function removeSocketDir(path: string, stateDir: string): Promise<void> {
  if (!path.startsWith(`${stateDir}/`)) await removeTree(path);
}

function isUsable(path: string): boolean {
  const bytes = new TextEncoder().encode(`${path}/.s.PGSQL.${PORT}`).length;
  return bytes <= SOCKET_PATH_BYTES_MAX && !SPECIAL.test(path);
}

async function shortName(stateDir: string): Promise<string> {
  const digest = await crypto.subtle.digest("SHA-256", new TextEncoder().encode(stateDir));
  return `vn-stock-tracker-${new Uint8Array(digest).toHex().slice(0, 16)}`;
}
