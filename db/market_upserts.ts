import { vnInstantMs } from "../core/market/time.ts";
import {
  FEED_SIDE_FLAGS,
  FOREIGN_SLOT_MS,
  INDEX_SLOT_MS,
  LATE_FLAG,
  METHOD_CODES,
  PHASE_CODES,
  REASON_CODES,
  SIDE_CODES,
} from "./codes.ts";
import { each, greatest, least, ofWinner, withinSource } from "./merge.ts";
import type { Upsert } from "./upsert.ts";

// What the market makes all day long.

/** A trade never changes. */
export const TRADES: Upsert<"trades"> = {
  table: "trades",
  columns: {
    ts: "time",
    total_vol: "bigint",
    volume: "bigint",
    price: "integer",
    trading_date: "date",
    side: "smallint",
    method: "smallint",
    reason: "smallint",
    phase: "smallint",
    flags: "smallint",
    symbol: "code",
  },
  valuesOf: (row, { tradingDate }) => [
    row.exchangeMs,
    row.totalVolume,
    row.volume,
    row.priceE2,
    tradingDate,
    SIDE_CODES[row.side],
    METHOD_CODES[row.method],
    REASON_CODES[row.reason],
    PHASE_CODES[row.phase],
    (row.late ? LATE_FLAG : 0) | (row.feedSide === null ? 0 : FEED_SIDE_FLAGS[row.feedSide]),
    row.symbol,
  ],
  key: ["symbol", "trading_date", "total_vol"],
  merge: null,
};

/**
 * As `mergeCandles` of the engine does. A minute that we saw in part gives way to one that REST tells
 * with more volume.
 */
export const CANDLES: Upsert<"candles"> = {
  table: "candles_1m",
  columns: {
    ts: "time",
    tv0: "bigint",
    tv1: "bigint",
    buy: "bigint",
    sell: "bigint",
    none: "bigint",
    value: "bigint",
    o: "integer",
    h: "integer",
    l: "integer",
    c: "integer",
    source: "smallint",
    symbol: "code",
  },
  valuesOf: (row, { tradingDate, source }) => [
    vnInstantMs(tradingDate, row.minute * 60),
    row.fromVolume,
    row.toVolume,
    row.buy,
    row.sell,
    row.none,
    row.valueVnd,
    row.openE2,
    row.highE2,
    row.lowE2,
    row.closeE2,
    source,
    row.symbol,
  ],
  key: ["symbol", "ts"],
  merge: withinSource({
    ...ofWinner(["o", "tv0"], ["row.tv0"], "<"),
    ...ofWinner(["c", "tv1"], ["row.tv1"]),
    ...each(["h", "buy", "sell", "none", "value"], greatest),
    l: least("l"),
  }, ["row.buy + row.sell + row.none"]),
};

/**
 * As `addIndexTick` of the engine does: time and volume say which value is first and last, and what
 * is equal in both was sent in the order in which it comes.
 */
export const INDEX_CANDLES: Upsert<"indexCandles"> = {
  table: "index_candles_1m",
  columns: {
    ts: "time",
    open_at: "time",
    close_at: "time",
    open_vol: "bigint",
    close_vol: "bigint",
    o: "integer",
    h: "integer",
    l: "integer",
    c: "integer",
    source: "smallint",
    code: "code",
  },
  valuesOf: (row, { source }) => [
    row.minuteMs,
    row.openMs,
    row.closeMs,
    row.openVolume,
    row.closeVolume,
    row.openE2,
    row.highE2,
    row.lowE2,
    row.closeE2,
    source,
    row.code,
  ],
  key: ["code", "ts"],
  merge: withinSource({
    ...ofWinner(["open_at", "open_vol", "o"], ["row.open_at", "row.open_vol"], "<"),
    ...ofWinner(["close_at", "close_vol", "c"], ["row.close_at", "row.close_vol"], ">="),
    h: greatest("h"),
    l: least("l"),
  }),
};

const FOREIGN_FIGURES = ["buy_vol", "sell_vol", "buy_val", "sell_val", "room", "total_room"];

/** The newest of a slot; of the same time the one with the larger volume. */
export const FOREIGN: Upsert<"foreign"> = {
  table: "foreign_snapshots",
  columns: {
    slot: "time",
    ts: "time",
    buy_vol: "bigint",
    sell_vol: "bigint",
    buy_val: "bigint",
    sell_val: "bigint",
    room: "bigint",
    total_room: "bigint",
    trading_date: "date",
    symbol: "code",
  },
  valuesOf: (row, { tradingDate }) => [
    slotOf(row.exchangeMs, FOREIGN_SLOT_MS),
    row.exchangeMs,
    row.buyVolume,
    row.sellVolume,
    row.buyValueVnd,
    row.sellValueVnd,
    row.currentRoom,
    row.totalRoom,
    tradingDate,
    row.symbol,
  ],
  key: ["symbol", "trading_date", "slot"],
  merge: ofWinner(["ts", ...FOREIGN_FIGURES], ["row.ts", "row.buy_vol + row.sell_vol"], ">="),
};

const INDEX_FIGURES = ["total_vol", "total_val", "value", "ref"];
const BREADTH = ["adv", "unch", "dec", "ceil", "floor"];

/** The newest of a slot, likewise. */
export const INDICES: Upsert<"indices"> = {
  table: "index_snapshots",
  columns: {
    slot: "time",
    ts: "time",
    total_vol: "bigint",
    total_val: "bigint",
    value: "integer",
    ref: "integer",
    adv: "smallint",
    unch: "smallint",
    dec: "smallint",
    ceil: "smallint",
    floor: "smallint",
    trading_date: "date",
    code: "code",
  },
  valuesOf: (row, { tradingDate }) => [
    slotOf(row.exchangeMs, INDEX_SLOT_MS),
    row.exchangeMs,
    row.volume,
    row.valueVnd,
    row.valueE2,
    row.referenceE2,
    row.advances,
    row.noChanges,
    row.declines,
    row.ceilings,
    row.floors,
    tradingDate,
    row.code,
  ],
  key: ["code", "trading_date", "slot"],
  merge: ofWinner(["ts", ...INDEX_FIGURES, ...BREADTH], ["row.ts", "row.total_vol"], ">="),
};

/** One point a second. */
export const BASIS: Upsert<"basis"> = {
  table: "basis_points",
  columns: {
    ts: "time",
    future: "integer",
    spot: "integer",
    trading_date: "date",
    symbol: "code",
  },
  valuesOf: (row, { tradingDate }) => [
    row.exchangeMs,
    row.futuresE2,
    row.spotE2,
    tradingDate,
    row.symbol,
  ],
  key: ["symbol", "trading_date", "ts"],
  merge: null,
};

function slotOf(exchangeMs: number, lengthMs: number): number {
  return Math.floor(exchangeMs / lengthMs) * lengthMs;
}
