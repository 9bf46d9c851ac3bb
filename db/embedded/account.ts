import { EmbeddedError } from "./embedded_error.ts";
import { statIfThere } from "./files.ts";

/** Who runs the server when we are root, which PostgreSQL refuses to be. */
export interface Account {
  readonly uid: number;
  readonly gid: number;
}

/** Tried in this order. */
const NAMES = ["postgres", "nobody"];

/**
 * The account to run the server of these data as, or null for our own. Data that exist decide: a
 * server runs only as their owner.
 * @throws {EmbeddedError} `no-user` when we are root and nobody else can be, or when our own number
 * has no name, which initdb demands.
 */
export async function serverAccount(dataDir: string): Promise<Account | null> {
  const uid = Deno.uid();
  const owner = await statIfThere(dataDir);
  if (uid !== 0 && owner !== null) return null;
  if (owner?.uid && owner.gid !== null) return { uid: owner.uid, gid: owner.gid };
  const accounts = parsePasswd(await Deno.readTextFile("/etc/passwd"));
  if (uid !== 0) {
    if (accounts.some((account) => account.uid === uid)) return null;
    throw new EmbeddedError("no-user", `User ${uid} has no entry in /etc/passwd`);
  }
  for (const name of NAMES) {
    const account = accounts.find((known) => known.name === name);
    if (account !== undefined) return { uid: account.uid, gid: account.gid };
  }
  throw new EmbeddedError("no-user", `Cannot run as root: no user ${NAMES.join(" or ")}`);
}

/** Entries of `name:password:uid:gid:…`; lines of any other form are passed over. */
function parsePasswd(text: string): (Account & { readonly name: string })[] {
  return text.split("\n").flatMap((line) => {
    const [name = "", , uid = "", gid = ""] = line.split(":");
    if (!/^\d+$/.test(uid) || !/^\d+$/.test(gid)) return [];
    return [{ name, uid: Number(uid), gid: Number(gid) }];
  });
}
