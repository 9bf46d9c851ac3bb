import { SOURCE_CODES } from "./codes.ts";
import { DAILY_TABLES } from "./daily_tables.ts";
import type { Pool } from "./pool.ts";

/** Tables that hold what was seen of a market; not whose it is. */
const LIVE_TABLES = [...DAILY_TABLES, "trades_arc", "alerts", "sessions", "journal_progress"];
/** Tables that hold what a service tells of its past, beside what was seen. */
const MIXED_TABLES = ["candles_1m", "index_candles_1m", "daily_prices", "daily_indices"];
const TOLD_TABLES = ["instruments", "backfill_progress"];

/**
 * Makes a simulated market the one that is stored; true when another one had to go. Its name is
 * `world/run`: two runs of one world have the same past, so what was filled in of it stays. Cut short
 * before the name is written, it begins again, and the journal is read again.
 */
export async function enterMarket(pool: Pool, market: string): Promise<boolean> {
  const [row] = await pool.read((sql) =>
    sql<{ market: string | null }[]>`SELECT market FROM store_identity`
  );
  const held = row?.market ?? null;
  if (held === market) return false;
  await pool.run((sql) => sql.unsafe(`TRUNCATE ${LIVE_TABLES.join(", ")}`));
  if (held !== null && worldOf(held) === worldOf(market)) {
    for (const table of MIXED_TABLES) {
      await pool.run((sql) => sql`DELETE FROM ${sql(table)} WHERE source = ${SOURCE_CODES.live}`);
    }
  } else {
    const tables = [...MIXED_TABLES, ...TOLD_TABLES];
    await pool.run((sql) => sql.unsafe(`TRUNCATE ${tables.join(", ")}`));
  }
  await pool.run((sql) => sql`UPDATE store_identity SET market = ${market}`);
  return true;
}

function worldOf(market: string): string {
  return market.split("/")[0]!;
}
