import { packTrades, unpackColumns } from "./archive_codec.ts";
import { removeDate, storedDates, withTablesAtHand } from "./day_partitions.ts";
import { mergeTrades, readPackedTrades, readPlainTrades } from "./day_trades.ts";
import type { Database } from "./client.ts";

/** The newest dates stay as they are: late rows come to them, and most reading is of them. */
export const HOT_DATES = 5;

/** Rows that come while a date is being packed make it start again so often, then another time. */
const ATTEMPTS_MAX = 3;
/** Five values a row, of at most 65,534 in a statement. */
const INSERT_ROWS = 500;

/** A date that is packed now. */
export interface PackedDate {
  readonly date: string;
  readonly symbols: number;
  /** Trades that the packed form of these symbols holds. */
  readonly trades: number;
  readonly bytes: number;
}

/** Trades of a symbol in plain rows. */
interface PlainTotal {
  readonly symbol: string;
  readonly n: number;
  readonly volume: number;
}

interface PackedSymbol extends PlainTotal {
  readonly data: Uint8Array;
}

/** Rows came or went while the date was being packed. */
class ChangedMeanwhile extends Error {}

/** Dates whose trades are to be packed, oldest first. */
export async function datesToPack(sql: Database): Promise<string[]> {
  return (await storedDates(sql, "trades")).slice(0, -HOT_DATES);
}

/**
 * Packs the trades of a date: `trades_arc` takes them and `trades` gives them up in one transaction,
 * so whatever happens they are in the one or in the other. Rows that came after an earlier packing
 * join the packed ones, of which the one that was there first is kept, as in `trades`.
 *
 * A date of two million trades takes some ten seconds, of which only the last one or two hold up
 * those who read or write `trades`.
 */
export async function packDate(sql: Database, date: string): Promise<PackedDate> {
  for (let attempt = 1;; attempt++) {
    try {
      return await packOnce(sql, date);
    } catch (error) {
      if (!(error instanceof ChangedMeanwhile) || attempt === ATTEMPTS_MAX) throw error;
    }
  }
}

async function packOnce(sql: Database, date: string): Promise<PackedDate> {
  const totals = await plainTotals(sql, date);
  const packed: PackedSymbol[] = [];
  for (const { symbol } of totals) packed.push(await packSymbol(sql, symbol, date));
  await withTablesAtHand(sql, async (tx) => {
    await insertPacked(tx, date, packed);
    await checkInserted(tx, date, packed);
    await tx`LOCK TABLE ONLY trades IN ACCESS EXCLUSIVE MODE`;
    const now = await plainTotals(tx, date);
    if (JSON.stringify(now) !== JSON.stringify(totals)) {
      throw new ChangedMeanwhile(`Cannot pack ${date}: its trades change all the time`);
    }
    await removeDate(tx, "trades", date);
  });
  return {
    date,
    symbols: packed.length,
    trades: packed.reduce((sum, { n }) => sum + n, 0),
    bytes: packed.reduce((sum, { data }) => sum + data.length, 0),
  };
}

async function plainTotals(sql: Database, date: string): Promise<PlainTotal[]> {
  return await sql<PlainTotal[]>`
    SELECT symbol, count(*)::integer AS n, sum(volume)::bigint AS volume FROM trades
    WHERE trading_date = ${date} GROUP BY symbol ORDER BY symbol`;
}

async function packSymbol(sql: Database, symbol: string, date: string): Promise<PackedSymbol> {
  const plain = await readPlainTrades(sql, symbol, date);
  const trades = mergeTrades(await readPackedTrades(sql, symbol, date), plain);
  const volume = trades.reduce((sum, trade) => sum + trade.volume, 0);
  return { symbol, n: trades.length, volume, data: packTrades(trades) };
}

async function insertPacked(
  sql: Database,
  date: string,
  packed: readonly PackedSymbol[],
): Promise<void> {
  for (let i = 0; i < packed.length; i += INSERT_ROWS) {
    const rows = packed.slice(i, i + INSERT_ROWS).map((row) => ({ ...row, trading_date: date }));
    await sql`
      INSERT INTO trades_arc ${sql(rows, "symbol", "trading_date", "n", "volume", "data")}
      ON CONFLICT (symbol, trading_date)
      DO UPDATE SET n = excluded.n, volume = excluded.volume, data = excluded.data`;
  }
}

/** Reads back what was inserted; plain rows are given up only for bytes that hold them all. */
async function checkInserted(
  sql: Database,
  date: string,
  packed: readonly PackedSymbol[],
): Promise<void> {
  const rows = await sql<PackedSymbol[]>`
    SELECT symbol, n, volume, data FROM trades_arc WHERE trading_date = ${date}`;
  const stored = new Map(rows.map((row) => [row.symbol, row]));
  for (const { symbol, n, volume } of packed) {
    const row = stored.get(symbol);
    const columns = row === undefined ? null : unpackColumns(row.data);
    const sum = columns?.volume.reduce((total, one) => total + one, 0);
    if (columns?.length !== n || sum !== volume || row?.n !== n || row.volume !== volume) {
      throw new Error(`Cannot pack ${date}: ${symbol} did not come back as it was`);
    }
  }
}
