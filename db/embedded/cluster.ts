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
  const unfinished = `${dataDir}.new`;
  await removeTree(unfinished);
  const made = await runShell('exec "$@"', {
    args: [`${binDir}/initdb`, "-D", unfinished, "-U", USER, ...INITDB],
    account,
  });
  if (made.code !== 0) {
    throw new EmbeddedError("failed", `Cannot make the database: ${made.stderr.trim()}`);
  }
  await Deno.rename(unfinished, dataDir);
}
