import type { JournalPlace } from "../core/port/store.ts";
import type { Pool } from "./pool.ts";

/** How far the journal of each day is stored. */
export async function readProgress(pool: Pool): Promise<Map<string, JournalPlace>> {
  const rows = await pool.read((sql) =>
    sql<{ date: string; segment: number; offset: number }[]>`
      SELECT trading_date AS date, segment, pos AS offset FROM journal_progress`
  );
  return new Map(rows.map(({ date, segment, offset }) => [date, { segment, offset }]));
}

/** Moves the progress of a day on; never back, as a batch that comes again says less than is known. */
export async function saveProgress(
  pool: Pool,
  tradingDate: string,
  { segment, offset }: JournalPlace,
  deadlineMs: number,
): Promise<void> {
  await pool.run((sql) =>
    sql`INSERT INTO journal_progress AS held (trading_date, segment, pos)
      VALUES (${tradingDate}::text::date, ${segment}, ${offset})
      ON CONFLICT (trading_date) DO UPDATE
      SET segment = excluded.segment, pos = excluded.pos, updated_at = now()
      WHERE (excluded.segment, excluded.pos) > (held.segment, held.pos)`, deadlineMs);
}

/** Takes the progress of a day back to a place. */
export async function rewindProgress(
  pool: Pool,
  tradingDate: string,
  { segment, offset }: JournalPlace,
): Promise<void> {
  await pool.run((sql) =>
    sql`UPDATE journal_progress SET segment = ${segment}, pos = ${offset}, updated_at = now()
      WHERE trading_date = ${tradingDate}::text::date`
  );
}
