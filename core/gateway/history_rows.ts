import type * as z from "zod";
import { parseFuturesCode } from "../market/futures.ts";
import { priceFromE2, valueVnd } from "../market/units.ts";
import type { HistoryList, HistoryRows, PastDay } from "../port/history.ts";
import { difference, isPremium, type Num, percentOf } from "../wire/cells.ts";
import type { HISTORY_ROWS } from "../wire/history_schema.ts";
import { isoVn } from "../wire/snapshot.ts";

type Out<Name extends keyof typeof HISTORY_ROWS> = z.output<typeof HISTORY_ROWS[Name]>;

/** Name of the row that a list of the store is given as. */
export const ROW_OF_LIST = {
  candles: "candles",
  dayCandles: "candles",
  ticks: "ticks",
  volumePrices: "volumePrices",
  foreign: "foreign",
  foreignDays: "foreignDays",
  days: "days",
  index: "index",
  indexCandles: "indexCandles",
  indexDayCandles: "indexCandles",
  basis: "basis",
  alerts: "alerts",
  sessions: "sessions",
} as const satisfies Readonly<Record<HistoryList, keyof typeof HISTORY_ROWS>>;

type RowMakers = {
  readonly [List in HistoryList]: (row: HistoryRows[List]) => Out<typeof ROW_OF_LIST[List]>;
};

/** Rows of the store as REST gives them: prices in VND or points, times of Viet Nam. */
export const MAKE_ROW: RowMakers = {
  candles: candle,
  dayCandles: candle,
  ticks: (row) => ({
    timestamp: isoVn(row.exchangeMs),
    price: priceFromE2(row.priceE2),
    volume: row.volume,
    value: valueVnd(row.priceE2, row.volume, parseFuturesCode(row.symbol) !== null),
    total_volume: row.totalVolume,
    side: row.side,
    method: row.method,
    reason: row.reason,
    feed_side: row.feedSide,
    phase: row.phase,
    late: row.late,
  }),
  volumePrices: ({ date, priceE2, buy, sell, none, trades }) => ({
    trading_date: date,
    price: priceFromE2(priceE2),
    volume: buy + sell + none,
    mua_chu_dong_volume: buy,
    ban_chu_dong_volume: sell,
    neutral_volume: none,
    trades,
  }),
  foreign: (row) => ({
    timestamp: isoVn(row.exchangeMs),
    ...flow(row),
    current_room: row.currentRoom,
    total_room: row.totalRoom,
  }),
  foreignDays: (row) => ({
    trading_date: row.date,
    ...flow(row),
    current_room: row.currentRoom,
    source: row.from,
  }),
  days: day,
  index: (row) => ({
    timestamp: isoVn(row.exchangeMs),
    value: priceFromE2(row.valueE2),
    prior: price(row.referenceE2),
    change: difference(price(row.valueE2), price(row.referenceE2)),
    change_pct: row.referenceE2 === null
      ? null
      : percentOf(row.valueE2 - row.referenceE2, row.referenceE2),
    total_volume: row.volume,
    total_value: row.valueVnd,
    advances: row.advances,
    declines: row.declines,
    no_changes: row.noChanges,
    ceilings: row.ceilings,
    floors: row.floors,
  }),
  indexCandles: indexCandle,
  indexDayCandles: indexCandle,
  basis: ({ symbol, exchangeMs, futuresE2, spotE2 }) => ({
    timestamp: isoVn(exchangeMs),
    futures_symbol: symbol,
    futures_price: priceFromE2(futuresE2),
    spot_value: priceFromE2(spotE2),
    basis: priceFromE2(futuresE2 - spotE2),
    basis_pct: percentOf(futuresE2 - spotE2, spotE2),
    is_premium: isPremium(futuresE2 - spotE2),
  }),
  alerts: (row) => row as Out<"alerts">,
  sessions: (row) => ({
    trading_date: row.date,
    archived_at: isoVn(row.archivedMs),
    counted_volume: row.countedVolume,
    missing_volume: row.missingVolume,
    duplicates: row.duplicates,
    conflicts: row.conflicts,
    stalls: row.stalls,
    reconnects: row.reconnects,
    state_hash: row.stateHash,
    certificate: row.certificate as Out<"sessions">["certificate"],
  }),
};

function candle(row: HistoryRows["candles"]): Out<"candles"> {
  return {
    timestamp: isoVn(row.atMs),
    ...prices(row),
    volume: row.volume,
    mua_chu_dong_volume: row.buy,
    ban_chu_dong_volume: row.sell,
    neutral_volume: row.none,
    value: row.valueVnd,
    missing_volume: row.missing,
    source: row.source,
  };
}

function indexCandle(row: HistoryRows["indexCandles"]): Out<"indexCandles"> {
  const { totalVolume: total_volume, source } = row;
  return { timestamp: isoVn(row.atMs), ...prices(row), total_volume, source };
}

function day(row: PastDay): Out<"days"> {
  return {
    trading_date: row.date,
    ref: price(row.referenceE2),
    ceiling: price(row.ceilingE2),
    floor: price(row.floorE2),
    open: price(row.openE2),
    high: price(row.highE2),
    low: price(row.lowE2),
    close: price(row.closeE2),
    average: price(row.averageE2),
    volume: row.volume,
    value: row.valueVnd,
    put_through_volume: row.putThroughVolume,
    put_through_value: row.putThroughValueVnd,
    foreign_buy_volume: row.foreignBuyVolume,
    foreign_sell_volume: row.foreignSellVolume,
    foreign_net_volume: less(row.foreignBuyVolume, row.foreignSellVolume),
    foreign_buy_value: row.foreignBuyValueVnd,
    foreign_sell_value: row.foreignSellValueVnd,
    foreign_net_value: less(row.foreignBuyValueVnd, row.foreignSellValueVnd),
    current_room: row.foreignRoom,
    mua_chu_dong_volume: row.activeBuyVolume,
    ban_chu_dong_volume: row.activeSellVolume,
    source: row.source,
  };
}

function prices(
  row: Pick<HistoryRows["candles"], "openE2" | "highE2" | "lowE2" | "closeE2">,
) {
  return {
    open: priceFromE2(row.openE2),
    high: priceFromE2(row.highE2),
    low: priceFromE2(row.lowE2),
    close: priceFromE2(row.closeE2),
  };
}

/** Net is what was bought less what was sold, so it is negative on a day of selling. */
function flow(
  row: Pick<
    HistoryRows["foreign"],
    "buyVolume" | "sellVolume" | "buyValueVnd" | "sellValueVnd"
  >,
) {
  return {
    buy_volume: row.buyVolume,
    sell_volume: row.sellVolume,
    net_volume: row.buyVolume - row.sellVolume,
    buy_value: row.buyValueVnd,
    sell_value: row.sellValueVnd,
    net_value: row.buyValueVnd - row.sellValueVnd,
  };
}

/** Exact: both are whole numbers, of any size. */
function less(bought: Num, sold: Num): Num {
  return bought === null || sold === null ? null : bought - sold;
}

function price(e2: number | null): Num {
  return e2 === null ? null : priceFromE2(e2);
}
