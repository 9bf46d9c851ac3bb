import { claimStore } from "../../../db/backfill.ts";
import { startEmbedded } from "../../../db/embedded/embedded.ts";
import { migrate } from "../../../db/migrate.ts";
import { type Address, Pool } from "../../../db/pool.ts";
import type { Config } from "../../config.ts";
import type { Logger } from "../../log.ts";

/** The store of history, open for a task. */
export interface OpenStore {
  readonly pool: Pool;
  close(): Promise<void>;
}

/** Statements run one after another. */
const CONNECTIONS = 2;

/**
 * Opens the store that the application uses, beside it or without it. Throws one Error that says why
 * it cannot, or that the store holds another provider's data.
 */
export async function openStore(config: Config, log: Logger): Promise<OpenStore> {
  const { provider } = config.feed;
  const { address, close } = await openDatabase(config, log);
  const pool = new Pool({ address, max: CONNECTIONS, name: "vnstock backfill" });
  const open = {
    pool,
    async close() {
      await pool.close();
      await close();
    },
  };
  try {
    await migrate(address);
    await claimStore(pool, provider);
  } catch (error) {
    await open.close();
    const reason = error instanceof Error ? error.message : String(error);
    throw new Error(`Cannot use the database: ${reason}`, { cause: error });
  }
  return open;
}

interface OpenDatabase {
  readonly address: Address;
  close(): Promise<void>;
}

async function openDatabase(config: Config, log: Logger): Promise<OpenDatabase> {
  const { url } = config.db;
  if (url !== null) return { address: { url: url.reveal() }, close: () => Promise.resolve() };
  const dir = `${config.data.dir}/${config.feed.provider}/database`;
  const started = await startEmbedded({ dir, log, onDown: () => {}, onUp: () => {} });
  if (!started.ok) throw new Error(`Cannot open the database: ${started.message}`);
  const { host: socketDir, port, user, database, close } = started.server;
  return { address: { socketDir, port, user, database }, close };
}
