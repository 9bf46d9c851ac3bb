import { addDays } from "../core/market/time.ts";
import { DAILY_TABLES } from "./daily_tables.ts";
import { DatabaseError } from "./database_error.ts";
import type { Pool } from "./pool.ts";

/** Days that have their partitions ahead of time, the first included. */
const DAYS_AHEAD = 8;
/** More rows than this in the wrong place are not counted one by one. */
const STRAY_ROWS_MAX = 10_000;

/** The dates from `today` whose partitions are made before anybody needs them. */
export function datesAhead(today: string): string[] {
  return Array.from({ length: DAYS_AHEAD }, (_, i) => addDays(today, i));
}

/**
 * Makes the partitions that some dates lack. Other processes may do the same at the same time. A date
 * whose rows are in the default partition already stays there.
 */
export async function makePartitions(pool: Pool, dates: readonly string[]): Promise<void> {
  const wanted = dates.flatMap((date) =>
    DAILY_TABLES.map((table) => ({ table, date, name: `${table}_${date.replaceAll("-", "")}` }))
  );
  const names = JSON.stringify(wanted.map(({ name }) => name));
  const held = await pool.read((sql) =>
    sql<{ name: string }[]>`SELECT name FROM jsonb_array_elements_text(${names}::text::jsonb) name
      WHERE to_regclass(name) IS NOT NULL`
  );
  const known = new Set(held.map(({ name }) => name));
  for (const { table, date, name } of wanted) {
    if (known.has(name)) continue;
    await unlessThere(
      pool.run((sql) =>
        sql.unsafe(`CREATE TABLE IF NOT EXISTS ${name} PARTITION OF ${table}
        FOR VALUES FROM ('${date}') TO ('${addDays(date, 1)}')`)
      ),
    );
  }
}

/** Rows in default partitions, which belong to dates without a partition; counted up to a limit. */
export async function countStrayRows(pool: Pool): Promise<number> {
  const counts = DAILY_TABLES.map((table) =>
    `(SELECT count(*) FROM (SELECT FROM ${table}_default LIMIT ${STRAY_ROWS_MAX}) t)`
  );
  const [row] = await pool.read((sql) =>
    sql.unsafe<{ rows: number }[]>(`SELECT ${counts.join(" + ")} AS rows`)
  );
  return row!.rows;
}

/** Codes by which another process made the partition first, or its rows are in the default one. */
const HARMLESS = new Set(["23505", "42P07", "42P17", "23514"]);

async function unlessThere(made: Promise<unknown>): Promise<void> {
  try {
    await made;
  } catch (error) {
    if (!(error instanceof DatabaseError) || !HARMLESS.has(error.code)) throw error;
  }
}
