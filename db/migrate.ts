import { Kysely } from "kysely";
import { type Migration, Migrator } from "kysely/migration";
import { PostgresJSDialect } from "kysely-postgres-js";
import * as history from "./migrations/0001_history.ts";
import type { Address } from "./address.ts";
import { Connections } from "./connections.ts";

/** Every migration by its name, which says their order. */
const MIGRATIONS: Readonly<Record<string, Migration>> = {
  "0001_history": history,
};

/** Brings a database to the newest schema; returns the names of the migrations that ran. */
export async function migrate(address: Address): Promise<string[]> {
  const connections = new Connections({
    ...{ address, max: 1, name: "vnstock migrate" },
    statementTimeoutMs: null,
  });
  const { sql } = connections;
  const db = new Kysely<unknown>({ dialect: new PostgresJSDialect({ postgres: sql }) });
  try {
    // The driver never hands out a connection that is reserved before it was ever used.
    await sql`SELECT 1`;
    const migrator = new Migrator({
      db,
      provider: { getMigrations: () => Promise.resolve({ ...MIGRATIONS }) },
    });
    const { error, results } = await migrator.migrateToLatest();
    if (error !== undefined) throw error;
    return (results ?? []).map(({ migrationName }) => migrationName);
  } finally {
    await connections.end(0);
  }
}
