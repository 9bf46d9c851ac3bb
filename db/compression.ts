import { DAILY_TABLES, type DailyTable } from "./daily_tables.ts";

/** Late rows of the day before still find their chunk as it was. */
const COMPRESS_AFTER = "2 days";

/** Columns by which the rows of a chunk are ordered; with the segments they hold the whole key. */
const LAYOUT: Readonly<Record<DailyTable, { readonly segment: string; readonly order: string }>> = {
  trades: { segment: "symbol", order: "trading_date, total_vol" },
  foreign_snapshots: { segment: "symbol", order: "trading_date, slot" },
  index_snapshots: { segment: "code", order: "trading_date, slot" },
  basis_points: { segment: "symbol", order: "trading_date, ts" },
};

/** Statements that let TimescaleDB compress closed days; they may be run again. */
export function compressionStatements(): string[] {
  return DAILY_TABLES.flatMap((table) => [
    `ALTER TABLE ${table} SET (timescaledb.compress,
      timescaledb.compress_segmentby = '${LAYOUT[table].segment}',
      timescaledb.compress_orderby = '${LAYOUT[table].order}')`,
    `SELECT add_compression_policy('${table}', compress_after => INTERVAL '${COMPRESS_AFTER}',
      if_not_exists => true)`,
  ]);
}

/** Tells how many of the tables have such a policy already. */
export const COUNT_POLICIES = `SELECT count(*) AS policies FROM timescaledb_information.jobs
  WHERE proc_name = 'policy_compression' AND hypertable_name IN (
    ${DAILY_TABLES.map((table) => `'${table}'`).join(", ")})`;
