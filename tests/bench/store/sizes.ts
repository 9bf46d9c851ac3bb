import type { Database } from "../../../db/client.ts";
import { packDate } from "../../../db/pack.ts";
import { DAYS } from "./load.ts";
import { PACKED_DAY } from "./reads.ts";
import type { BenchStore } from "./servers.ts";

export const PACKED_TRADES = DAYS.find(([date]) => date === PACKED_DAY)![1];
const PARTITION = `trades_${PACKED_DAY.replaceAll("-", "")}`;
const DEADLINE_MS = 120_000;

/** Bytes of a day of trades. */
export interface PlainSize {
  readonly heap: number;
  readonly index: number;
  /** Whole relation, maps included. */
  readonly total: number;
  /** Its share of the table of candles. */
  readonly candles: number;
  readonly candleRows: number;
}

export interface PackedSize {
  readonly total: number;
  readonly tookMs: number;
}

export async function plainSize({ pool }: BenchStore): Promise<PlainSize> {
  return await pool.read(async (sql: Database) => {
    const [row] = await sql<PlainSize[]>`
      SELECT pg_relation_size(${PARTITION}::regclass) AS heap,
        pg_indexes_size(${PARTITION}::regclass) AS index,
        pg_total_relation_size(${PARTITION}::regclass) AS total,
        (pg_total_relation_size('candles_1m') * day::numeric / all_days)::bigint AS candles,
        day::integer AS "candleRows"
      FROM (SELECT count(*) AS all_days,
        count(*) FILTER (WHERE ts < ${PACKED_DAY}::date + interval '1 day') AS day
        FROM candles_1m) AS counted`;
    return row!;
  }, DEADLINE_MS);
}

/** Packs the day and says what it takes then. */
export async function packDay({ pool }: BenchStore): Promise<PackedSize> {
  const startMs = performance.now();
  const { trades } = await pool.run((sql) => packDate(sql, PACKED_DAY), DEADLINE_MS);
  const tookMs = performance.now() - startMs;
  if (trades !== PACKED_TRADES) throw new Error(`${trades} trades were packed`);
  const [row] = await pool.read((sql) =>
    sql<{ total: number }[]>`SELECT pg_total_relation_size('trades_arc') AS total`
  );
  return { total: row!.total, tookMs };
}
