import type { BackfillRows, BackfillSpan } from "../core/port/backfill.ts";
import {
  CANDLES,
  DAILY_INDICES,
  DAILY_PRICES,
  INDEX_CANDLES,
  INSTRUMENTS,
  type Write,
} from "./backfill_sql.ts";
import type { Database, Pool } from "./pool.ts";

/** Rows of one statement; 2,000 daily prices are about 1 MB of JSON. */
const STATEMENT_ROWS_MAX = 2_000;
/** A unit may have tens of thousands of rows, and the table may be large. */
const SAVE_DEADLINE_MS = 60_000;

type Transaction = Parameters<Parameters<Database["begin"]>[1]>[0];

/** Makes the store one of a provider's data; throws one Error when it holds another's. */
export async function claimStore(pool: Pool, provider: "ssi" | "sim"): Promise<void> {
  const [holder] = await pool.run(async (sql) => {
    await sql`INSERT INTO store_identity (provider, layout)
      SELECT ${provider}, CASE relkind WHEN 'p' THEN 'partitions' ELSE 'hypertables' END
      FROM pg_class WHERE oid = 'trades'::regclass ON CONFLICT DO NOTHING`;
    return await sql<{ provider: string }[]>`SELECT provider FROM store_identity`;
  });
  if (holder!.provider === provider) return;
  throw new Error(
    `it holds data of ${holder!.provider}, not of ${provider}; ` +
      "DATABASE_URL wants a database of its own for each",
  );
}

/** Spans that have been stored and reach to a date or beyond. */
export async function doneSpans(pool: Pool, since: string): Promise<BackfillSpan[]> {
  const rows = await pool.run((sql) =>
    sql<{ kind: string; symbol: string; from_date: string; to_date: string }[]>`
      SELECT kind, symbol, from_date, to_date FROM backfill_progress WHERE to_date >= ${since}`
  );
  return rows.map(({ kind, symbol, from_date, to_date }) => ({
    kind,
    symbol,
    from: from_date,
    to: to_date,
  }));
}

/** Stores rows, and with them, in one transaction, that a span is done; null when none is. */
export async function saveSpan(
  pool: Pool,
  rows: BackfillRows,
  done: BackfillSpan | null,
): Promise<void> {
  await pool.run((sql) =>
    sql.begin(async (transaction) => {
      await write(transaction, INSTRUMENTS, rows.instruments);
      await write(transaction, DAILY_PRICES, rows.dailyPrices);
      await write(transaction, DAILY_INDICES, rows.dailyIndices);
      await write(transaction, CANDLES, rows.candles);
      await write(transaction, INDEX_CANDLES, rows.indexCandles);
      if (done === null) return;
      const { kind, symbol, from, to } = done;
      await transaction`
        INSERT INTO backfill_progress (kind, symbol, from_date, to_date, rows)
        VALUES (${kind}, ${symbol}, ${from}, ${to}, ${countOf(rows)})
        ON CONFLICT (kind, symbol, from_date, to_date)
        DO UPDATE SET rows = excluded.rows, done_at = excluded.done_at`;
    }), SAVE_DEADLINE_MS);
}

/** Rows of all tables. */
export function countOf(rows: BackfillRows): number {
  return Object.values(rows).reduce((sum, of) => sum + of.length, 0);
}

async function write<T>(
  transaction: Transaction,
  { statement, record }: Write<T>,
  rows: readonly T[] = [],
): Promise<void> {
  for (let at = 0; at < rows.length; at += STATEMENT_ROWS_MAX) {
    const records = rows.slice(at, at + STATEMENT_ROWS_MAX).map(record);
    await transaction.unsafe(statement, [JSON.stringify(records)]);
  }
}
