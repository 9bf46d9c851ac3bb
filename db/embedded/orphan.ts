import type { Account } from "./account.ts";
import { EmbeddedError } from "./embedded_error.ts";
import { readPidFile } from "./pid_file.ts";
import { runShell } from "./shell.ts";

/** A fast shutdown writes what is in memory; after this an immediate one is asked for. */
const FAST_STOP_WAIT_MS = 30_000;
const IMMEDIATE_STOP_WAIT_MS = 10_000;
const POLL_MS = 50;

/**
 * Tells what a pid is to a data directory: `server`, `other` process, or `none`. A postmaster sits
 * in its data directory. A zombie sits nowhere, so it is `other`.
 */
const TELL = `
if [ -d /proc/self ]; then
  [ -d "/proc/$1" ] || { echo none; exit; }
  read -r name 2>/dev/null <"/proc/$1/comm"
  sits=$(cd -P "/proc/$1/cwd" 2>/dev/null && pwd -P)
  [ "$name" = postgres ] && [ "$sits" = "$2" ] && echo server || echo other
else
  kill -0 "$1" 2>/dev/null || { echo none; exit; }
  case "$(ps -p "$1" -o args=) " in *"/postgres -D $2 "*) echo server ;; *) echo other ;; esac
fi`;

/** What a pid of a pid file is: the server of that very directory, another process, or nothing. */
export async function tellProcess(
  pid: number,
  { dataDir, account }: { readonly dataDir: string; readonly account: Account | null },
): Promise<"server" | "other" | "none"> {
  const { stdout, stderr } = await runShell(TELL, { args: [String(pid), dataDir], account });
  const said = stdout.trim();
  if (said === "server" || said === "other" || said === "none") return said;
  throw new EmbeddedError("failed", `Cannot tell what process ${pid} is: ${stderr.trim()}`);
}

/**
 * Ends a server that its owner has left behind on this directory, and removes a pid file that by
 * now names somebody else, which would forbid the start. The caller holds the owner's lock.
 * @throws {EmbeddedError} `failed` when the server does not end.
 */
export async function endOrphan(dataDir: string, account: Account | null): Promise<boolean> {
  const file = await readPidFile(dataDir);
  if (file === null) return false;
  const { pid } = file;
  const kind = await tellProcess(pid, { dataDir, account });
  if (kind === "other") await Deno.remove(`${dataDir}/postmaster.pid`);
  if (kind !== "server") return false;
  for (const [signal, waitMs] of [["INT", FAST_STOP_WAIT_MS], ["QUIT", IMMEDIATE_STOP_WAIT_MS]]) {
    await runShell('kill "-$1" "$2"', { args: [String(signal), String(pid)], account });
    const endMs = performance.now() + Number(waitMs);
    while (performance.now() < endMs) {
      if ((await tellProcess(pid, { dataDir, account })) !== "server") return true;
      await new Promise((resolve) => setTimeout(resolve, POLL_MS));
    }
  }
  throw new EmbeddedError("failed", `Process ${pid} of PostgreSQL does not end`);
}
