import type { Pool } from "../../../db/pool.ts";

/** Tables that rows are written to, and the columns that order them. */
const ORDERS: Readonly<Record<string, string>> = {
  trades: "trading_date, symbol, total_vol",
  candles_1m: "symbol, ts",
  index_candles_1m: "code, ts",
  foreign_snapshots: "trading_date, symbol, slot",
  index_snapshots: "trading_date, code, slot",
  basis_points: "trading_date, symbol, ts",
  alerts: "trading_date, n",
  instruments: "symbol",
  daily_prices: "trading_date, symbol",
  daily_indices: "trading_date, code",
  sessions: "trading_date",
};

/** All rows of a table, in the order of its key. */
export async function rowsOf(pool: Pool, table: string): Promise<Record<string, unknown>[]> {
  const rows = await pool.read((sql) =>
    sql.unsafe(`SELECT * FROM ${table} ORDER BY ${ORDERS[table]}`)
  );
  return rows.map((row) => ({ ...row }));
}

/** All rows of all of them. */
export async function allRows(pool: Pool): Promise<Record<string, Record<string, unknown>[]>> {
  const tables: Record<string, Record<string, unknown>[]> = {};
  for (const table of Object.keys(ORDERS)) tables[table] = await rowsOf(pool, table);
  return tables;
}

/** Leaves the tables empty. */
export async function emptyTables(pool: Pool): Promise<void> {
  await pool.run((sql) =>
    sql.unsafe(`TRUNCATE ${Object.keys(ORDERS).join(", ")}, journal_progress`)
  );
}
