import type { Logger } from "../../core/log.ts";
import { findPackage } from "./binaries.ts";
import { USER } from "./cluster.ts";
import { EmbeddedError, type EmbeddedReason } from "./embedded_error.ts";
import { Keeper } from "./keeper.ts";
import { claim } from "./owner.ts";
import { PORT } from "./postmaster.ts";
import { type Place, prepare } from "./prepare.ts";
import { removeSocketDir } from "./socket_dir.ts";

/** Another process that has the directory may be at its first start. */
const OWNER_WAIT_MS = 30_000;

/** Where the embedded database lives and who hears of it. */
export interface EmbeddedOptions {
  /** Directory of our own for data, programs and socket; made when it is missing. */
  readonly dir: string;
  readonly log: Logger;
  /** The server ended by itself; it is started again at the same address. */
  readonly onDown: (reason: string) => void;
  /** It takes connections again. */
  readonly onUp: () => void;
}

/** A server that takes connections, as options of a client. */
export interface Embedded {
  /** False when another process owns the server of this directory: we are a client of it. */
  readonly owned: boolean;
  /** Directory of the unix socket; there is no other way in. */
  readonly host: string;
  readonly port: number;
  readonly user: string;
  readonly database: string;
  /** Ends the server and resolves when it is gone; does nothing to one that we do not own. */
  close(): Promise<void>;
}

/** A server, or in one sentence why there is none and what to do about it. */
export type EmbeddedResult =
  | { readonly ok: true; readonly server: Embedded }
  | { readonly ok: false; readonly reason: EmbeddedReason; readonly message: string };

/**
 * Starts the embedded PostgreSQL of a directory, or finds the one that another process runs there.
 * It ends with this process, however that ends.
 */
export async function startEmbedded(options: EmbeddedOptions): Promise<EmbeddedResult> {
  try {
    return { ok: true, server: await open(options) };
  } catch (error) {
    const reason = error instanceof EmbeddedError ? error.reason : "failed";
    const why = error instanceof Error ? error.message : String(error);
    options.log.debug("embedded_database_refused", { reason, error });
    return { ok: false, reason, message: `${why}; DATABASE_URL can name another PostgreSQL` };
  }
}

async function open({ dir, log, onDown, onUp }: EmbeddedOptions): Promise<Embedded> {
  const packageDir = await findPackage();
  await Deno.mkdir(dir, { recursive: true });
  const stateDir = await Deno.realPath(dir);
  const place: Place = { packageDir, stateDir, dataDir: `${stateDir}/data` };
  const claimed = await claim(place, { waitMs: OWNER_WAIT_MS });
  if (!claimed.owned) {
    return { ...address(claimed.socketDir), owned: false, close: () => Promise.resolve() };
  }
  try {
    const { socketDir, start } = await prepare(place, log);
    const keeper = new Keeper(await start(), { start, log, onDown, onUp });
    const close = async () => {
      await keeper.close();
      await removeSocketDir(socketDir, stateDir);
      claimed.release();
    };
    return { ...address(socketDir), owned: true, close };
  } catch (error) {
    claimed.release();
    throw error;
  }
}

function address(host: string) {
  return { host, port: PORT, user: USER, database: USER };
}
