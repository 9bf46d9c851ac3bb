import type { Logger } from "../../core/log.ts";
import { type Account, serverAccount } from "./account.ts";
import { MAJOR, unpackBinaries } from "./binaries.ts";
import { makeCluster } from "./cluster.ts";
import { EmbeddedError } from "./embedded_error.ts";
import { readIfThere, statIfThere } from "./files.ts";
import { endOrphan } from "./orphan.ts";
import { type Postmaster, type PostmasterPlan, startPostmaster } from "./postmaster.ts";
import { runShell } from "./shell.ts";
import { makeSocketDir } from "./socket_dir.ts";

/** Directories, absolute and free of links. */
export interface Place {
  readonly packageDir: string;
  readonly stateDir: string;
  readonly dataDir: string;
}

const SETTINGS = {
  // Compiling costs more than our short queries take.
  jit: "off",
  shared_buffers: "128MB",
  max_wal_size: "1GB",
  wal_compression: "on",
  log_line_prefix: "",
};

/** Processes of a killed server may finish their query before the next server can start. */
const MEMORY_WAIT_MS = 10_000;
const MEMORY_POLL_MS = 200;
const MEMORY_IN_USE = "pre-existing shared memory block";

/** Levels of PostgreSQL that an operator should see. */
const TROUBLE = /^(WARNING|ERROR|FATAL|PANIC): /;

/**
 * Makes what is missing for a server of this place, which the caller has claimed.
 * @throws {EmbeddedError} `no-user`, `version` or `failed`.
 */
export async function prepare(
  place: Place,
  log: Logger,
): Promise<{ readonly socketDir: string; readonly start: () => Promise<Postmaster> }> {
  const { stateDir, dataDir } = place;
  const account = await serverAccount(dataDir);
  await letIn(stateDir, account);
  await checkVersion(dataDir);
  const binDir = await unpackBinaries(place.packageDir, stateDir);
  if ((await statIfThere(dataDir)) === null) await makeCluster({ binDir, dataDir, account });
  const socketDir = await makeSocketDir(stateDir, account);
  const onLine = (line: string) =>
    TROUBLE.test(line) ? log.warn("database_said", { line }) : log.debug("database_said", { line });
  const plan = { binDir, dataDir, socketDir, account, settings: SETTINGS, onLine };
  const start = async () => {
    if (await endOrphan(dataDir, account)) log.warn("database_orphan_ended");
    return await startWhenFree(plan);
  };
  return { socketDir, start };
}

/** Lets the account write here, when it can come here. */
async function letIn(stateDir: string, account: Account | null): Promise<void> {
  if (account === null) return;
  await Deno.chown(stateDir, account.uid, account.gid);
  const tried = await runShell('cd "$1"', { args: [stateDir], account });
  if (tried.code === 0) return;
  throw new EmbeddedError(
    "no-user",
    `User ${account.uid}, who runs PostgreSQL for root, may not enter ${stateDir}`,
  );
}

async function checkVersion(dataDir: string): Promise<void> {
  const version = (await readIfThere(`${dataDir}/PG_VERSION`))?.trim() ?? null;
  if (version === String(MAJOR)) return;
  if (version === null && (await statIfThere(dataDir)) === null) return;
  throw new EmbeddedError(
    "version",
    `${dataDir} holds data of PostgreSQL ${
      version ?? "(unknown)"
    } and this release has ${MAJOR}: ` +
      "export them with the release that wrote them",
  );
}

async function startWhenFree(plan: PostmasterPlan): Promise<Postmaster> {
  const endMs = performance.now() + MEMORY_WAIT_MS;
  while (true) {
    try {
      return await startPostmaster(plan);
    } catch (error) {
      const isHeld = error instanceof EmbeddedError && error.message.includes(MEMORY_IN_USE);
      if (!isHeld || performance.now() > endMs) throw error;
    }
    await new Promise((resolve) => setTimeout(resolve, MEMORY_POLL_MS));
  }
}
