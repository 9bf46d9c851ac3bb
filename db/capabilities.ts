import { type Kysely, sql } from "kysely";

/** What a PostgreSQL server can do for the store. */
export interface Capabilities {
  /** Major and minor, such as `16.14`. */
  readonly version: string;
  /** Null when the extension is not loaded. */
  readonly timescale: {
    readonly version: string;
    /** Compression and retention policies need the licence `timescale`, not `apache`. */
    readonly isFull: boolean;
  } | null;
}

/**
 * Asks a database what it can do. TimescaleDB counts only when the server has loaded its library:
 * listed as available it may still refuse to be created.
 */
export async function readCapabilities(db: Kysely<unknown>): Promise<Capabilities> {
  const { rows: [server] } = await sql<{ version: string; is_loaded: boolean }>`
    SELECT current_setting('server_version') AS version,
      current_setting('shared_preload_libraries') LIKE '%timescaledb%' AS is_loaded`.execute(db);
  const version = server!.version.split(" ")[0]!;
  if (!server!.is_loaded) return { version, timescale: null };
  await sql`CREATE EXTENSION IF NOT EXISTS timescaledb`.execute(db);
  const { rows: [extension] } = await sql<{ version: string; license: string }>`
    SELECT extversion AS version, current_setting('timescaledb.license') AS license
    FROM pg_extension WHERE extname = 'timescaledb'`.execute(db);
  const isFull = extension!.license === "timescale";
  return { version, timescale: { version: extension!.version, isFull } };
}
