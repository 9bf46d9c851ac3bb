import { WIPE } from "../../db/wipe.ts";
import type { Store as Database } from "../../db/store.ts";
import type { JournalPlace, Store } from "../port/store.ts";

/** The store that rows of the live feed go to. */
export function storeTarget(database: Database): Store {
  return {
    async flush(batch) {
      await database.flush(batch, "live");
    },
    async progress() {
      const rows = await database.read((sql) =>
        sql<{ date: string; segment: number; offset: number }[]>`
          SELECT trading_date AS date, segment, pos AS "offset" FROM journal_progress`
      );
      return new Map(rows.map(({ date, segment, offset }) => [date, { segment, offset }]));
    },
    async rewind(tradingDate, { segment, offset }: JournalPlace) {
      await database.run((sql) =>
        sql`UPDATE journal_progress SET segment = ${segment}, pos = ${offset}
          WHERE trading_date = ${tradingDate}::text::date`
      );
    },
    async enterMarket(market) {
      const [identity] = await database.read((sql) =>
        sql<{ market: string | null }[]>`SELECT market FROM store_identity WHERE provider = 'sim'`
      );
      if (identity === undefined) throw new TypeError("Cannot wipe data of a real market");
      if (identity.market === market) return;
      await database.run((sql) => sql.unsafe(WIPE));
      // Last: should we end before it, the empty tables are emptied again.
      await database.run((sql) => sql`UPDATE store_identity SET market = ${market}`);
    },
    isRefused: () => database.status.state === "refused",
  };
}
