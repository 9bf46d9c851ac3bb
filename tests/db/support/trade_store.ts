import type { ArchivedTrade } from "../../../db/archive_codec.ts";
import { migrate } from "../../../db/migrate.ts";
import type { Address } from "../../../db/address.ts";
import { Client, type Database } from "../../../db/client.ts";
import { codesOf } from "../../../db/trade_label.ts";
import { databaseTest } from "../../support/postgres.ts";

/** A test on a database with the newest schema and one connection to it. */
export function storeTest(
  name: string,
  act: (sql: Database, open: () => Database, address: Address) => Promise<void>,
): void {
  databaseTest(name, async (database) => {
    const { address } = database;
    await migrate(address);
    const opened: Client[] = [];
    const open = () => {
      const connections = connectTo(address);
      opened.push(connections);
      return connections.sql;
    };
    try {
      await act(open(), open, address);
    } finally {
      await Promise.all(opened.map((connections) => connections.end(1)));
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

/** One connection that waits as long as it takes. */
export function connectTo(address: Address): Client {
  return new Client({ address, name: "test", statementTimeoutMs: null });
}
