import type { Logger } from "../core/log.ts";
import type { Address } from "./address.ts";
import { type Capabilities, readCapabilities } from "./capabilities.ts";
import { compressionStatements, COUNT_POLICIES } from "./compression.ts";
import { DAILY_TABLES } from "./daily_tables.ts";
import { DatabaseError } from "./database_error.ts";
import { claimStore, foreignStore, type Layout, type Provider } from "./identity.ts";
import { appliedMigrations, migrate, MIGRATION_NAMES } from "./migrate.ts";
import { countStrayRows, datesAhead, makePartitions } from "./partitions.ts";
import type { Pool } from "./pool.ts";

/** Oldest server that has all that the statements use. */
const MAJOR_MIN = 15;

export interface SetUpOptions {
  readonly address: Address;
  readonly provider: Provider;
  /** Trading date of today. */
  readonly today: string;
  readonly log: Logger;
}

/** What is known of a database that is fit to be the store. */
export interface StoreFacts extends Capabilities {
  /** Name of the newest migration. */
  readonly schema: string;
  readonly layout: Layout;
  /** Rows of dates without a partition, counted up to a limit. */
  readonly strayRows: number;
}

/**
 * Makes a database fit to be the store and proves that it is; changes nothing where it is so already.
 * Rejects with a `DatabaseError`, of kind `refused` when waiting will not help.
 */
export async function setUpStore(pool: Pool, options: SetUpOptions): Promise<StoreFacts> {
  await pool.warm();
  const capabilities = await readCapabilities((text) => pool.read((sql) => sql.unsafe(text)));
  if (capabilities.major < MAJOR_MIN) {
    throw refusal(`PostgreSQL ${MAJOR_MIN} or newer is wanted, this is ${capabilities.version}`);
  }
  const schema = await newestSchema(pool, options);
  const { provider, layout } = await claimStore(pool, options.provider);
  if (provider !== options.provider) throw refusal(foreignStore(provider, options.provider));
  // The first migration may have added TimescaleDB.
  const known = await readCapabilities((text) => pool.read((sql) => sql.unsafe(text)));
  if (layout === "hypertables") {
    if (known.timescale?.isFull) await compressClosedDays(pool);
    return { ...known, schema, layout, strayRows: 0 };
  }
  await makePartitions(pool, datesAhead(options.today));
  return { ...known, schema, layout, strayRows: await countStrayRows(pool) };
}

async function newestSchema(pool: Pool, { address, log }: SetUpOptions): Promise<string> {
  const applied = await appliedMigrations(pool);
  const unknown = applied.find((name) => !MIGRATION_NAMES.includes(name));
  if (unknown !== undefined) {
    throw refusal(
      `the database has a newer schema (${unknown}): a newer version of this program ` +
        "has used it, and only that one or a newer one can",
    );
  }
  if (applied.length < MIGRATION_NAMES.length) {
    const ran = await migrate(address);
    if (ran.length > 0) log.info("database_migrated", { migrations: ran });
  }
  return MIGRATION_NAMES.at(-1)!;
}

/** The licence says that it may, and the jobs whether it does already. */
async function compressClosedDays(pool: Pool): Promise<void> {
  const [row] = await pool.read((sql) => sql.unsafe<{ policies: number }[]>(COUNT_POLICIES));
  if (row!.policies === DAILY_TABLES.length) return;
  for (const statement of compressionStatements()) await pool.run((sql) => sql.unsafe(statement));
}

function refusal(reason: string): DatabaseError {
  return new DatabaseError("refused", "STORE", reason);
}
