import { DAILY_TABLES } from "./daily_tables.ts";
import type { Pool } from "./pool.ts";

/** Every table that holds a market; not whose it is. */
const MARKET_TABLES = [
  ...DAILY_TABLES,
  "trades_arc",
  "candles_1m",
  "index_candles_1m",
  "alerts",
  "sessions",
  "instruments",
  "daily_prices",
  "daily_indices",
  "journal_progress",
  "backfill_progress",
];

/**
 * Makes a simulated market the one that is stored; true when another one had to go. Cut short before
 * the name is written, it leaves an empty store, of which any market reads its journal again.
 */
export async function enterMarket(pool: Pool, market: string): Promise<boolean> {
  const [row] = await pool.read((sql) =>
    sql<{ is: boolean | null }[]>`SELECT market = ${market}::text AS is FROM store_identity`
  );
  if (row?.is) return false;
  // One statement, so that it is all tables or none.
  await pool.run((sql) => sql.unsafe(`TRUNCATE ${MARKET_TABLES.join(", ")}`));
  await pool.run((sql) => sql`UPDATE store_identity SET market = ${market}`);
  return true;
}
