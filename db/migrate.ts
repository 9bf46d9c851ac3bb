import { Kysely } from "kysely";
import { type Migration, Migrator } from "kysely/migration";
import { PostgresJSDialect } from "kysely-postgres-js";
import type { Address } from "./address.ts";
import { Client } from "./client.ts";
import { DatabaseError, toDatabaseError } from "./database_error.ts";
import { isDriverFault } from "./driver_faults.ts";
import * as history from "./migrations/0001_history.ts";
import type { Pool } from "./pool.ts";

/** Every migration by its name, which says their order. */
const MIGRATIONS: Readonly<Record<string, Migration>> = {
  "0001_history": history,
};
export const MIGRATION_NAMES: readonly string[] = Object.keys(MIGRATIONS);

/** Another process may hold the lock for as long as its own migrations take. */
const MIGRATE_DEADLINE_MS = 120_000;

/** Names of the migrations that a database has, in order. */
export async function appliedMigrations(pool: Pool): Promise<string[]> {
  const [there] = await pool.read((sql) =>
    sql<{ is: boolean }[]>`SELECT to_regclass('kysely_migration') IS NOT NULL AS is`
  );
  if (!there!.is) return [];
  const rows = await pool.read((sql) =>
    sql<{ name: string }[]>`SELECT name FROM kysely_migration ORDER BY name`
  );
  return rows.map(({ name }) => name);
}

/**
 * Brings a database to the newest schema, one process at a time; returns the names of the migrations
 * that ran. Rejects with a `DatabaseError`.
 */
export async function migrate(address: Address): Promise<string[]> {
  const client = new Client({ address, name: "vnstock migrate", statementTimeoutMs: null });
  const late = Promise.withResolvers<never>();
  const timer = setTimeout(() => {
    const words = `the migrations took more than ${MIGRATE_DEADLINE_MS / 1000} s`;
    late.reject(new DatabaseError("deadline", "DEADLINE", words));
  }, MIGRATE_DEADLINE_MS);
  try {
    return await Promise.race([migrateOn(client), late.promise]);
  } catch (error) {
    throw toDatabaseError(error, isDriverFault(error)) ?? error;
  } finally {
    clearTimeout(timer);
    await client.end(0);
  }
}

async function migrateOn({ sql }: Client): Promise<string[]> {
  // The driver never hands out a connection that is reserved before it was ever used.
  await sql`SELECT 1`;
  const db = new Kysely<unknown>({ dialect: new PostgresJSDialect({ postgres: sql }) });
  const provider = { getMigrations: () => Promise.resolve({ ...MIGRATIONS }) };
  const { error, results } = await new Migrator({ db, provider }).migrateToLatest();
  if (error !== undefined) throw error;
  return (results ?? []).map(({ migrationName }) => migrationName);
}
