/** What a PostgreSQL server can do for the store. */
export interface Capabilities {
  /** Major and minor, such as `16.14`. */
  readonly version: string;
  readonly major: number;
  /** Null when the database does not have the extension. */
  readonly timescale: {
    readonly version: string;
    /** Compression needs the licence `timescale`, not `apache`. */
    readonly isFull: boolean;
  } | null;
}

/** Runs one statement and gives its rows. */
export type Query = (text: string) => Promise<readonly object[]>;

interface Row {
  readonly version: string;
  readonly timescale: string | null;
  readonly license: string | null;
}

/** Asks a database what it can do. */
export async function readCapabilities(query: Query): Promise<Capabilities> {
  const [row] = await query(`
    SELECT current_setting('server_version') AS version,
      (SELECT extversion FROM pg_extension WHERE extname = 'timescaledb') AS timescale,
      current_setting('timescaledb.license', true) AS license`) as [Row];
  const version = row.version.split(" ")[0]!;
  return {
    version,
    major: parseInt(version),
    timescale: row.timescale === null
      ? null
      : { version: row.timescale, isFull: row.license === "timescale" },
  };
}

/**
 * Adds TimescaleDB to a database inside a transaction where that is possible: a server that lists the
 * extension may not have loaded its library, and its user may not be allowed to add it.
 */
export async function addTimescale(query: Query): Promise<void> {
  // The list of loaded libraries is for superusers; the settings of a library are for all.
  const loaded = await query("SELECT 1 FROM pg_settings WHERE name LIKE 'timescaledb.%' LIMIT 1");
  if (loaded.length === 0) return;
  await query("SAVEPOINT before_timescale");
  try {
    await query("CREATE EXTENSION IF NOT EXISTS timescaledb");
  } catch {
    // Plain partitions do as well.
    await query("ROLLBACK TO SAVEPOINT before_timescale");
  }
}
