import { Pool } from "../../../db/pool.ts";
import { setUpStore } from "../../../db/set_up.ts";
import type { Config } from "../../config.ts";
import type { Logger } from "../../log.ts";
import { vnDate } from "../../market/time.ts";
import { openServer } from "../store_client.ts";
import { type BackfillStore, backfillStore, STATEMENT_MS } from "./store.ts";

/** Statements run one after another. */
const CONNECTIONS = 2;

/**
 * Opens the store that the application uses, beside it or without it. Throws one Error that says why
 * it cannot, or that the store holds another provider's data.
 */
export async function openStore(
  config: Config,
  log: Logger,
): Promise<{ readonly store: BackfillStore; close(): Promise<void> }> {
  const { provider } = config.feed;
  const { address, close: closeServer } = await openServer(config, log);
  const options = { address, min: 1, max: CONNECTIONS, name: "vnstock backfill", log };
  const pool = new Pool({ ...options, statementTimeoutMs: STATEMENT_MS });
  const close = async () => {
    await pool.close();
    await closeServer();
  };
  try {
    await setUpStore(pool, { address, provider, today: vnDate(Date.now()), log });
  } catch (error) {
    await close();
    const reason = error instanceof Error ? error.message : String(error);
    throw new Error(`Cannot use the database: ${reason}`, { cause: error });
  }
  return { store: backfillStore(pool, log), close };
}
