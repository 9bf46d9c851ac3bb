import { addDays } from "../core/market/time.ts";
import type { Database } from "./client.ts";
import { DAILY_TABLES, type DailyTable } from "./daily_tables.ts";
import { type Partition, partitionsOf, withTablesAtHand } from "./day_partitions.ts";

/** For how many days before today rows are kept; 0 is for ever. */
export interface Retention {
  readonly tradesDays: number;
  readonly snapshotsDays: number;
}

export interface PruneOptions {
  readonly retention: Retention;
  readonly today: string;
  /** Only tells what would be removed. */
  readonly isDryRun: boolean;
}

/** What is removed of a table. */
export interface Pruned {
  readonly table: DailyTable | "trades_arc";
  /** Of `trades_arc` the trades that it holds. */
  readonly rows: number;
  readonly bytes: number;
}

/** Candles, whole days, sessions and alerts are small and kept for ever. */
function daysOf({ tradesDays, snapshotsDays }: Retention, table: DailyTable): number {
  return table === "trades" ? tradesDays : snapshotsDays;
}

/**
 * Removes the dates that are older than the retention, each in a transaction of its own, and tells
 * what they held.
 */
export async function pruneStore(sql: Database, options: PruneOptions): Promise<Pruned[]> {
  const { retention, today, isDryRun } = options;
  const pruned: Pruned[] = [];
  for (const table of DAILY_TABLES) {
    const days = daysOf(retention, table);
    if (days === 0) continue;
    const before = addDays(today, -days);
    if (table === "trades") pruned.push(await prunePacked(sql, before, isDryRun));
    let [rows, bytes] = [0, 0];
    for (const partition of await partitionsOf(sql, table)) {
      if (partition.date !== null && partition.date >= before) continue;
      const size = await sizeOf(sql, partition, before);
      rows += size.rows;
      bytes += size.bytes;
      if (!isDryRun) await empty(sql, partition, before);
    }
    pruned.push({ table, rows, bytes });
  }
  return pruned;
}

/**
 * Statements that leave the same to TimescaleDB, which does it once a day. They may be run again: a
 * policy that is as wanted stays, with the time of its next run.
 */
export function retentionStatements(retention: Retention): string[] {
  return DAILY_TABLES.flatMap((table) => {
    const days = daysOf(retention, table);
    const interval = `${days} days`;
    const remove = `SELECT remove_retention_policy('${table}') FROM timescaledb_information.jobs
      WHERE proc_name = 'policy_retention' AND hypertable_name = '${table}'`;
    if (days === 0) return [remove];
    return [
      `${remove} AND config->>'drop_after' <> '${interval}'`,
      `SELECT add_retention_policy('${table}', drop_after => INTERVAL '${interval}',
        if_not_exists => true)`,
    ];
  });
}

async function prunePacked(sql: Database, before: string, isDryRun: boolean): Promise<Pruned> {
  const [size] = await sql<{ rows: number; bytes: number }[]>`
    SELECT coalesce(sum(n), 0)::bigint AS rows, coalesce(sum(octet_length(data)), 0)::bigint AS bytes
    FROM trades_arc WHERE trading_date < ${before}`;
  if (!isDryRun) await sql`DELETE FROM trades_arc WHERE trading_date < ${before}`;
  return { table: "trades_arc", ...size! };
}

async function sizeOf(
  sql: Database,
  { name, date }: Partition,
  before: string,
): Promise<{ rows: number; bytes: number }> {
  const bytes = date === null
    ? "coalesce(sum(pg_column_size(t)), 0)::bigint"
    : `pg_total_relation_size('${name}')`;
  const [size] = await sql.unsafe<{ rows: number; bytes: number }[]>(
    `SELECT count(*) AS rows, ${bytes} AS bytes FROM ${name} t WHERE trading_date < $1`,
    [before],
  );
  return size!;
}

async function empty(sql: Database, { name, date }: Partition, before: string): Promise<void> {
  if (date === null) await sql.unsafe(`DELETE FROM ${name} WHERE trading_date < $1`, [before]);
  else {
    await withTablesAtHand(sql, async (tx) => {
      await tx.unsafe(`DROP TABLE ${name}`);
    });
  }
}
