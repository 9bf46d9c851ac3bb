import { addDays } from "../core/market/time.ts";
import type { Database } from "./client.ts";
import type { DailyTable } from "./daily_tables.ts";

/** A partition of a daily table. */
export interface Partition {
  /** Quoted as SQL wants it. */
  readonly name: string;
  /** The one date that it holds; null for the one that takes rows of all other dates. */
  readonly date: string | null;
}

/** Longest wait for readers of a table; writers wait behind it. */
const LOCK_WAIT_MS = 2_000;
const BOUNDS = /^FOR VALUES FROM \('([\d-]{10})'\) TO \('([\d-]{10})'\)$/;

/** The partitions of a table. */
export async function partitionsOf(sql: Database, table: DailyTable): Promise<Partition[]> {
  const rows = await sql<{ name: string; bounds: string }[]>`
    SELECT c.oid::regclass::text AS name, pg_get_expr(c.relpartbound, c.oid) AS bounds
    FROM pg_inherits i JOIN pg_class c ON c.oid = i.inhrelid
    WHERE i.inhparent = ${table}::regclass ORDER BY bounds`;
  return rows.map(({ name, bounds }) => ({ name, date: dateOf(bounds) }));
}

/** Dates that have rows in a table, ascending. */
export async function storedDates(sql: Database, table: DailyTable): Promise<string[]> {
  const dates = new Set<string>();
  for (const { name, date } of await partitionsOf(sql, table)) {
    const which = date === null ? "DISTINCT trading_date" : "trading_date";
    const limit = date === null ? "" : "LIMIT 1";
    const rows = await sql.unsafe(`SELECT ${which} FROM ${name} ${limit}`);
    for (const { trading_date } of rows) dates.add(trading_date);
  }
  return [...dates].sort();
}

/** Removes a date from a table with all that it holds. */
export async function removeDate(sql: Database, table: DailyTable, date: string): Promise<void> {
  const own = (await partitionsOf(sql, table)).find((partition) => partition.date === date);
  if (own === undefined) await sql`DELETE FROM ${sql(table)} WHERE trading_date = ${date}`;
  else await sql.unsafe(`DROP TABLE ${own.name}`);
}

/**
 * Runs statements that take a table from everybody else: they give up when readers hold it for long,
 * because whoever comes after them waits too.
 */
export async function withTablesAtHand(
  sql: Database,
  act: (sql: Database) => Promise<void>,
): Promise<void> {
  await sql.begin(async (transaction) => {
    // The types of the driver leave out that it is the same function.
    const tx = transaction as unknown as Database;
    await tx`SELECT set_config('lock_timeout', ${String(LOCK_WAIT_MS)}, true)`;
    await act(tx);
  });
}

function dateOf(bounds: string): string | null {
  const match = BOUNDS.exec(bounds);
  return match !== null && addDays(match[1]!, 1) === match[2] ? match[1]! : null;
}
