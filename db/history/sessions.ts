import type { PastDay, PastSession } from "../../core/port/history.ts";
import type { SessionCertificate } from "../../core/wire/certificate.ts";
import type { Tables } from "../schema.ts";
import { dayReader } from "./days.ts";
import { type Reader, sourceOf } from "./reader.ts";

type SessionRaw = Readonly<Tables["sessions"]>;
type DayRaw = Readonly<Tables["daily_prices"]>;

/** Archived sessions. */
export const readSessions: Reader<PastSession> = dayReader<PastSession>({
  stored: async (sql, _subject, from, to) => {
    const raw = await sql<SessionRaw[]>`
      SELECT * FROM sessions WHERE trading_date BETWEEN ${from}::date AND ${to}::date`;
    return raw.map((row) => ({
      date: row.trading_date,
      archivedMs: row.archived_at.getTime(),
      countedVolume: row.counted_vol,
      missingVolume: row.missing_vol,
      duplicates: row.duplicates,
      conflicts: row.conflicts,
      stalls: row.stalls,
      reconnects: row.reconnects,
      stateHash: row.state_hash,
      certificate: row.certificate as SessionCertificate,
    }));
  },
});

/** Whole days of a security. */
export const readDays: Reader<PastDay> = dayReader<PastDay>({
  stored: async (sql, symbol, from, to) => {
    const raw = await sql<DayRaw[]>`
      SELECT * FROM daily_prices
      WHERE symbol = ${symbol} AND trading_date BETWEEN ${from}::date AND ${to}::date`;
    return raw.map(pastDay);
  },
});

function pastDay(raw: DayRaw): PastDay {
  return {
    symbol: raw.symbol,
    date: raw.trading_date,
    referenceE2: raw.ref,
    ceilingE2: raw.ceil,
    floorE2: raw.floor,
    openE2: raw.o,
    highE2: raw.h,
    lowE2: raw.l,
    closeE2: raw.c,
    averageE2: raw.avg,
    volume: raw.volume,
    valueVnd: raw.value,
    putThroughVolume: raw.pt_vol,
    putThroughValueVnd: raw.pt_val,
    foreignBuyVolume: raw.foreign_buy_vol,
    foreignSellVolume: raw.foreign_sell_vol,
    foreignBuyValueVnd: raw.foreign_buy_val,
    foreignSellValueVnd: raw.foreign_sell_val,
    foreignRoom: raw.foreign_room,
    activeBuyVolume: raw.active_buy_vol,
    activeSellVolume: raw.active_sell_vol,
    source: sourceOf(raw.source),
  };
}
