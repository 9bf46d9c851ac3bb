import { vnInstantMs } from "../core/market/time.ts";
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
 * `world/run`: two runs of one world have the same past, so what was filled in of it stays, but for
 * the days that the old run was seen on. Cut short before the name is written, it begins again, and
 * the journal is read again.
 */
export async function enterMarket(pool: Pool, market: string): Promise<boolean> {
  const [row] = await pool.read((sql) =>
    sql<{ market: string | null }[]>`SELECT market FROM store_identity`
  );
  const held = row?.market ?? null;
  if (held === market) return false;
  if (held !== null && worldOf(held) === worldOf(market)) {
    await leaveRun(pool);
    await pool.run((sql) => sql.unsafe(`TRUNCATE ${LIVE_TABLES.join(", ")}`));
  } else {
    await pool.run((sql) => sql.unsafe(`TRUNCATE ${LIVE_TABLES.join(", ")}`));
    const tables = [...MIXED_TABLES, ...TOLD_TABLES];
    await pool.run((sql) => sql.unsafe(`TRUNCATE ${tables.join(", ")}`));
  }
  await pool.run((sql) => sql`UPDATE store_identity SET market = ${market}`);
  return true;
}

/** Removes what was seen of a run, and what was filled in of the days on which it was. */
async function leaveRun(pool: Pool): Promise<void> {
  const [row] = await pool.read((sql) =>
    sql<{ first: string | null }[]>`SELECT min(trading_date) AS first FROM journal_progress`
  );
  const first = row?.first ?? null;
  if (first !== null) {
    const from = new Date(vnInstantMs(first, 0));
    await pool.run((sql) =>
      sql`WITH minutes AS (DELETE FROM candles_1m WHERE ts >= ${from}),
        index_minutes AS (DELETE FROM index_candles_1m WHERE ts >= ${from}),
        days AS (DELETE FROM daily_prices WHERE trading_date >= ${first}::text::date),
        index_days AS (DELETE FROM daily_indices WHERE trading_date >= ${first}::text::date)
        DELETE FROM backfill_progress WHERE to_date >= ${first}::text::date`
    );
  }
  for (const table of MIXED_TABLES) {
    await pool.run((sql) => sql`DELETE FROM ${sql(table)} WHERE source = ${SOURCE_CODES.live}`);
  }
}

function worldOf(market: string): string {
  return market.split("/")[0]!;
}
