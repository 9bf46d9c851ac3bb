import { existsSync } from "node:fs";
import type { Address } from "../../db/address.ts";
import { startEmbedded } from "../../db/embedded/embedded.ts";
import type { Layout, Provider } from "../../db/identity.ts";
import { appliedMigrations, MIGRATION_NAMES } from "../../db/migrate.ts";
import { Pool } from "../../db/pool.ts";
import type { Config } from "../config.ts";
import type { Logger } from "../log.ts";
import { storeDirOf } from "./store_side.ts";

/** The store as a task uses it, beside a server or without one. */
export interface StoreClient {
  readonly pool: Pool;
  readonly provider: Provider;
  readonly layout: Layout;
  close(): Promise<void>;
}

/** Rejects with one sentence for the user when there is no store or one that is not ours. */
export async function openStoreClient(config: Config, log: Logger): Promise<StoreClient> {
  const dir = storeDirOf(config, config.feed.provider);
  if (config.database.address === "embedded" && !existsSync(dir)) {
    throw new Error(`Nothing is stored yet in ${dir}`);
  }
  const { address, close } = await openServer(config, log);
  let pool: Pool | null = null;
  try {
    pool = new Pool({
      ...{ address, min: 1, max: 1, name: "vnstock task", log },
      // Packing and removing take their time.
      statementTimeoutMs: null,
    });
    const identity = await identityOf(pool, config.feed.provider);
    return { pool, ...identity, close: () => closeBoth(pool!, close) };
  } catch (error) {
    await closeBoth(pool, close);
    throw error;
  }
}

async function closeBoth(pool: Pool | null, close: () => Promise<void>): Promise<void> {
  await pool?.close();
  await close();
}

/** The database of the settings; an embedded one runs already, or is started for us. */
export async function openServer(
  config: Config,
  log: Logger,
): Promise<{ readonly address: Address; readonly close: () => Promise<void> }> {
  const { address: url } = config.database;
  if (url === "off") throw new Error("No store: DATABASE_URL is off");
  if (url !== "embedded") return { address: { url }, close: () => Promise.resolve() };
  const dir = storeDirOf(config, config.feed.provider);
  const started = await startEmbedded({ dir, log, onDown: () => {}, onUp: () => {} });
  if (!started.ok) throw new Error(`No store: ${started.message}`);
  const { host, port, user, database } = started.server;
  return { address: { host, port, user, database }, close: () => started.server.close() };
}

async function identityOf(pool: Pool, provider: Provider) {
  const applied = await appliedMigrations(pool);
  if (applied.join() !== MIGRATION_NAMES.join()) {
    throw new Error("The database has the schema of another version: start this version once");
  }
  const [identity] = await pool.read((sql) =>
    sql<{ provider: Provider; layout: Layout }[]>`SELECT provider, layout FROM store_identity`
  );
  if (identity === undefined) throw new Error("Nothing is stored yet in the database");
  if (identity.provider !== provider) {
    throw new Error(
      `The database holds data of ${identity.provider}, the settings say ${provider}`,
    );
  }
  return identity;
}
