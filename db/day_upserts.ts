import { dailyMerge, each, filled, greatest, least, ofWinner } from "./merge.ts";
import type { Upsert } from "./upsert.ts";

// What is known of a day, of a security, or by name.

/** An alert never changes; its texts may hold anything. */
export const ALERTS: Upsert<"alerts"> = {
  table: "alerts",
  columns: {
    ts: "time",
    n: "integer",
    trading_date: "date",
    id: "text",
    type: "text",
    severity: "text",
    symbol: "text",
    message: "text",
    message_vi: "text",
    data: "json",
  },
  valuesOf: (row, { tradingDate }) => [
    Date.parse(row.timestamp),
    row.n,
    tradingDate,
    row.id,
    row.alert_type,
    row.severity,
    row.symbol,
    row.message,
    row.message_vi,
    JSON.stringify(row.data),
  ],
  key: ["trading_date", "n"],
  merge: null,
};

const NAMES = ["exchange", "name_vi", "name_en", "listed_shares"];

/** What is known of a security is never forgotten; the newest day knows better. */
export const INSTRUMENTS: Upsert<"instruments"> = {
  table: "instruments",
  columns: {
    symbol: "code",
    exchange: "text",
    name_vi: "text",
    name_en: "text",
    listed_shares: "bigint",
    first_date: "date",
    last_date: "date",
  },
  valuesOf: (row, { tradingDate }) => [
    row.symbol,
    row.exchange,
    row.nameVi,
    row.nameEn,
    row.listedShares,
    tradingDate,
    tradingDate,
  ],
  key: ["symbol"],
  merge: {
    ...each(NAMES, (name) =>
      `CASE WHEN excluded.last_date >= held.last_date
        THEN coalesce(excluded.${name}, held.${name})
        ELSE coalesce(held.${name}, excluded.${name}) END`),
    first_date: least("first_date"),
    last_date: greatest("last_date"),
  },
};

/** See `dailyMerge`. */
export const DAILY_PRICES: Upsert<"dailyPrices"> = {
  table: "daily_prices",
  columns: {
    symbol: "code",
    trading_date: "date",
    ref: "integer",
    ceil: "integer",
    floor: "integer",
    o: "integer",
    h: "integer",
    l: "integer",
    c: "integer",
    avg: "integer",
    volume: "bigint",
    value: "bigint",
    pt_vol: "bigint",
    pt_val: "bigint",
    foreign_buy_vol: "bigint",
    foreign_sell_vol: "bigint",
    foreign_buy_val: "bigint",
    foreign_sell_val: "bigint",
    foreign_room: "bigint",
    active_buy_vol: "bigint",
    active_sell_vol: "bigint",
    source: "smallint",
  },
  valuesOf: (row, { tradingDate, source }) => [
    row.symbol,
    tradingDate,
    row.referenceE2,
    row.ceilingE2,
    row.floorE2,
    row.openE2,
    row.highE2,
    row.lowE2,
    row.closeE2,
    row.averageE2,
    row.volume,
    row.valueVnd,
    row.putThroughVolume,
    row.putThroughValueVnd,
    row.foreignBuyVolume,
    row.foreignSellVolume,
    row.foreignBuyValueVnd,
    row.foreignSellValueVnd,
    row.foreignRoom,
    row.activeBuyVolume,
    row.activeSellVolume,
    source,
  ],
  key: ["symbol", "trading_date"],
  merge: dailyMerge([
    ...["ref", "ceil", "floor", "o", "h", "l", "c", "avg", "volume", "value", "pt_vol", "pt_val"],
    ...["foreign_buy_vol", "foreign_sell_vol", "foreign_buy_val", "foreign_sell_val"],
    "foreign_room",
  ], ["active_buy_vol", "active_sell_vol"]),
};

/** See `dailyMerge`. */
export const DAILY_INDICES: Upsert<"dailyIndices"> = {
  table: "daily_indices",
  columns: {
    code: "code",
    trading_date: "date",
    ref: "integer",
    o: "integer",
    h: "integer",
    l: "integer",
    c: "integer",
    volume: "bigint",
    value: "bigint",
    pt_vol: "bigint",
    pt_val: "bigint",
    adv: "smallint",
    unch: "smallint",
    dec: "smallint",
    source: "smallint",
  },
  valuesOf: (row, { tradingDate, source }) => [
    row.code,
    tradingDate,
    row.referenceE2,
    row.openE2,
    row.highE2,
    row.lowE2,
    row.closeE2,
    row.volume,
    row.valueVnd,
    row.putThroughVolume,
    row.putThroughValueVnd,
    row.advances,
    row.noChanges,
    row.declines,
    source,
  ],
  key: ["code", "trading_date"],
  merge: dailyMerge(
    ["ref", "o", "h", "l", "c", "volume", "value", "pt_vol", "pt_val", "adv", "unch", "dec"],
    [],
  ),
};

const ARCHIVED = ["certificate", "counted_vol", "missing_vol", "duplicates", "conflicts"];

/** The later archiving is the session; what only the live connection knew stays. */
export const SESSIONS: Upsert<"sessions"> = {
  table: "sessions",
  columns: {
    trading_date: "date",
    archived_at: "time",
    certificate: "json",
    counted_vol: "bigint",
    missing_vol: "bigint",
    duplicates: "bigint",
    conflicts: "bigint",
    stalls: "integer",
    reconnects: "integer",
    state_hash: "text",
  },
  valuesOf: ({ archivedMs, certificate, stateHash, feed }, { tradingDate }) => [
    tradingDate,
    archivedMs,
    JSON.stringify(certificate),
    certificate.quality.counted_volume,
    certificate.quality.missing_volume,
    certificate.quality.messages["duplicate"],
    certificate.quality.messages["conflict"],
    feed === null ? null : feed.stalls,
    feed === null ? null : feed.reconnects,
    stateHash,
  ],
  key: ["trading_date"],
  merge: {
    ...ofWinner(["archived_at", ...ARCHIVED, "state_hash"], ["row.archived_at"], ">="),
    ...each(["stalls", "reconnects"], (name) =>
      `CASE WHEN excluded.archived_at >= held.archived_at
        THEN ${filled(name)} ELSE coalesce(held.${name}, excluded.${name}) END`),
  },
};
