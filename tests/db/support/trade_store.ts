import type { ArchivedTrade } from "../../../db/archive_codec.ts";
import { migrate } from "../../../db/migrate.ts";
import { type Address, connect, type Database } from "../../../db/pool.ts";
import { codesOf } from "../../../db/trade_label.ts";
import { databaseTest, type TestDatabase } from "../../support/postgres.ts";

/** A test on a database with the newest schema and one connection to it. */
export function storeTest(
  name: string,
  act: (sql: Database, open: () => Database, address: Address) => Promise<void>,
): void {
  databaseTest(name, async (database) => {
    const address = addressOf(database);
    await migrate(address);
    const opened: Database[] = [];
    const open = () => {
      const sql = connect({ address, max: 1, name: "test" });
      opened.push(sql);
      return sql;
    };
    try {
      await act(open(), open, address);
    } finally {
      await Promise.all(opened.map((sql) => sql.end()));
    }
  });
}

/** Puts trades of a symbol and date where the live path puts them. */
export async function insertTrades(
  sql: Database,
  date: string,
  symbol: string,
  trades: readonly ArchivedTrade[],
): Promise<void> {
  const rows = trades.map((trade) => ({
    ts: new Date(trade.exchangeMs),
    total_vol: trade.totalVolume,
    volume: trade.volume,
    price: trade.priceE2,
    trading_date: date,
    symbol,
    ...codesOf(trade),
  }));
  if (rows.length > 0) await sql`INSERT INTO trades ${sql(rows)} ON CONFLICT DO NOTHING`;
}

/** Makes the partition of a date, as the store does ahead of time. */
export async function makePartition(sql: Database, table: string, date: string): Promise<void> {
  await sql.unsafe(`CREATE TABLE "${table}_${date}" PARTITION OF ${table}
    FOR VALUES FROM ('${date}') TO (date '${date}' + 1)`);
}

function addressOf({ address: { host: socketDir, port, user, database } }: TestDatabase): Address {
  return { socketDir, port, user, database };
}
