import { DAILY_TABLES } from "./daily_tables.ts";

/** Every table that holds a market; not whose market it is. */
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

/** One statement, so that it is all of them or none. */
export const WIPE = `TRUNCATE ${MARKET_TABLES.join(", ")}`;
