import type { PastForeignDay } from "../../core/port/history.ts";
import type { Database } from "../client.ts";
import type { ForeignRaw } from "./daily_tables.ts";
import { datesText, dayReader } from "./days.ts";
import type { Reader } from "./reader.ts";

type Raw = { readonly trading_date: string } & Omit<ForeignRaw, "ts" | "total_room">;

/**
 * Foreign flow by day: what the day's own record says, else the newest snapshot of the day, which is
 * cumulative. So today stands as it is so far.
 */
export const readForeignDays: Reader<PastForeignDay> = dayReader<PastForeignDay>({
  stored: async (sql, symbol, from, to) => {
    const raw = await sql<Raw[]>`
      SELECT trading_date, foreign_buy_vol AS buy_vol, foreign_sell_vol AS sell_vol,
        foreign_buy_val AS buy_val, foreign_sell_val AS sell_val, foreign_room AS room
      FROM daily_prices
      WHERE symbol = ${symbol} AND trading_date BETWEEN ${from}::date AND ${to}::date
        AND foreign_buy_vol IS NOT NULL AND foreign_sell_vol IS NOT NULL
        AND foreign_buy_val IS NOT NULL AND foreign_sell_val IS NOT NULL`;
    return raw.map((row) => foreignDay(row, "daily"));
  },
  made: readNewestSnapshots,
});

async function readNewestSnapshots(
  sql: Database,
  symbol: string,
  dates: readonly string[],
): Promise<PastForeignDay[]> {
  const raw = await sql<Raw[]>`
    SELECT days.day AS trading_date, s.*
    FROM unnest(${datesText(dates)}::text::date[]) AS days (day),
    LATERAL (
      SELECT buy_vol, sell_vol, buy_val, sell_val, room FROM foreign_snapshots
      WHERE symbol = ${symbol} AND trading_date = days.day ORDER BY slot DESC LIMIT 1
    ) AS s`;
  return raw.map((row) => foreignDay(row, "snapshot"));
}

function foreignDay(raw: Raw, from: PastForeignDay["from"]): PastForeignDay {
  return {
    date: raw.trading_date,
    buyVolume: raw.buy_vol,
    sellVolume: raw.sell_vol,
    buyValueVnd: raw.buy_val,
    sellValueVnd: raw.sell_val,
    currentRoom: raw.room,
    from,
  };
}
