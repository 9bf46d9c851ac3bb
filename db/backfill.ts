import type { BackfillSpan } from "../core/port/backfill.ts";
import type { Pool } from "./pool.ts";

/** Spans that have been stored and reach to a date or beyond. */
export async function doneSpans(pool: Pool, since: string): Promise<BackfillSpan[]> {
  const rows = await pool.read((sql) =>
    sql<{ kind: string; symbol: string; from_date: string; to_date: string }[]>`
      SELECT kind, symbol, from_date, to_date FROM backfill_progress
      WHERE to_date >= ${since}::text::date`
  );
  return rows.map(({ kind, symbol, from_date, to_date }) => ({
    kind,
    symbol,
    from: from_date,
    to: to_date,
  }));
}

/** Remembers that a span is stored, and how many rows it had. */
export async function rememberSpan(pool: Pool, span: BackfillSpan, rows: number): Promise<void> {
  const { kind, symbol, from, to } = span;
  await pool.run((sql) =>
    sql`INSERT INTO backfill_progress (kind, symbol, from_date, to_date, rows)
      VALUES (${kind}, ${symbol}, ${from}::text::date, ${to}::text::date, ${rows})
      ON CONFLICT (kind, symbol, from_date, to_date)
      DO UPDATE SET rows = excluded.rows, done_at = excluded.done_at`
  );
}
