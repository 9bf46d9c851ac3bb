import { basename, dirname, join } from "node:path";
import type { Account } from "./account.ts";
import { EmbeddedError } from "./embedded_error.ts";
import { removeTree } from "./files.ts";
import { runShell } from "./shell.ts";

/** The superuser of a cluster that we make; only its owner can reach the socket, so no password. */
export const USER = "postgres";

/** Bytes decide every order, and files are synced: what initdb made survives a power cut. */
const INITDB = ["-A", "trust", "-E", "UTF8", "--locale=C"];

/** Where a cluster is made and who will own it. */
export interface ClusterPlan {
  readonly binDir: string;
  /** Must not exist; its parent must, and belongs to the account. */
  readonly dataDir: string;
  readonly account: Account | null;
}

/**
 * Makes an empty cluster, wholly or not at all: whatever ends us in between leaves no `dataDir`.
 * @throws {EmbeddedError} `failed` with what initdb said.
 */
export async function makeCluster({ binDir, dataDir, account }: ClusterPlan): Promise<void> {
  await removeUnfinished(dataDir);
  // A name of its own: an initdb whose caller was killed lives on for a moment.
  const unfinished = `${dataDir}.new-${crypto.randomUUID().slice(0, 8)}`;
  const made = await runShell('exec "$@"', {
    args: [`${binDir}/initdb`, "-D", unfinished, "-U", USER, ...INITDB],
    account,
  });
  if (made.code !== 0) {
    throw new EmbeddedError("failed", `Cannot make the database: ${made.stderr.trim()}`);
  }
  await Deno.rename(unfinished, dataDir);
}

async function removeUnfinished(dataDir: string): Promise<void> {
  const parent = dirname(dataDir);
  for await (const { name } of Deno.readDir(parent)) {
    if (!name.startsWith(`${basename(dataDir)}.new`)) continue;
    try {
      await removeTree(join(parent, name));
    } catch (error) {
      // Its initdb still writes there; the next cluster that is made removes it.
      if (!(error instanceof Error && "code" in error && error.code === "ENOTEMPTY")) throw error;
    }
  }
}
