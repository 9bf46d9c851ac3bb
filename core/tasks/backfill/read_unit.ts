import type { HistoryClient, PricesOf } from "../../feed/history_client.ts";
import type { DayBar, IndexDay, StockDay } from "../../feed/history_rows.ts";
import type { RestFailed, RestResult } from "../../feed/rest_caller.ts";
import type { RestClient, RestMarket } from "../../feed/rest_client.ts";
import { parseFuturesCode, resolveAlias } from "../../market/futures.ts";
import type { BackfillRows, Dated } from "../../port/backfill.ts";
import type { DailyIndexRow, DailyPriceRow, InstrumentRow } from "../../port/store.ts";
import { readExchange } from "../../ssi/decode_value.ts";
import { candlesOf, indexCandlesOf } from "./minutes.ts";
import type { Unit } from "./units.ts";

export interface Service {
  readonly history: HistoryClient;
  readonly rest: RestClient;
}

/** The rows of a unit, and how many of the service's were skipped. */
export type UnitResult =
  | { readonly ok: true; readonly rows: BackfillRows; readonly skipped: number }
  | RestFailed;

/** Asks the service for a unit and turns the answers into rows of the store. */
export async function readUnit(unit: Unit, { history, rest }: Service): Promise<UnitResult> {
  const { kind, symbol } = unit;
  const prices = async (of: PricesOf) =>
    mapped(await history.dailyStockPrice(of, unit), (days) => ({ dailyPrices: days.map(priceOf) }));
  switch (kind) {
    case "instruments":
      return await readInstruments(unit, rest);
    case "prices":
      return await prices({ symbol });
    case "board-prices":
      return await prices({ market: symbol as RestMarket });
    case "daily":
      return mapped(
        await history.dailyOhlc(symbol, unit),
        (bars) => ({ dailyPrices: bars.map(priceOfBar) }),
      );
    case "index":
      return await readIndex(unit, history);
    case "intraday":
      return mapped(await history.intradayOhlc(symbol, unit), (bars) => ({
        candles: candlesOf(bars, isFuture(unit)),
      }));
    case "index-intraday":
      return mapped(
        await history.intradayOhlc(symbol, unit),
        (bars) => ({ indexCandles: indexCandlesOf(bars) }),
      );
  }
}

/** Days of an index with what only one of the two calls has. */
function indexRowsOf(
  days: readonly IndexDay[],
  bars: readonly DayBar[],
): Dated<DailyIndexRow>[] {
  const barOf = new Map(bars.map((bar) => [bar.tradingDate, bar]));
  return days.map((day) => {
    const bar = barOf.get(day.tradingDate);
    return {
      ...day,
      openE2: bar?.openE2 ?? null,
      highE2: bar?.highE2 ?? null,
      lowE2: bar?.lowE2 ?? null,
    };
  });
}

async function readIndex(unit: Unit, history: HistoryClient): Promise<UnitResult> {
  const days = await history.dailyIndex(unit.symbol, unit);
  if (!days.ok) return days;
  const bars = await history.dailyOhlc(unit.symbol, unit);
  if (!bars.ok) return bars;
  const dailyIndices = indexRowsOf(days.rows, bars.rows);
  return { ok: true, rows: { dailyIndices }, skipped: days.skipped + bars.skipped };
}

async function readInstruments({ symbol, to }: Unit, rest: RestClient): Promise<UnitResult> {
  const market = symbol as RestMarket;
  const listed = await rest.securities(market);
  if (!listed.ok) return listed;
  const details = await rest.securitiesDetails(market);
  if (!details.ok) return details;
  const sharesOf = new Map(details.rows.map((row) => [row.symbol, row.listedShares]));
  const instruments = listed.rows.map((row): Dated<InstrumentRow> => ({
    symbol: row.symbol,
    tradingDate: to,
    exchange: readExchange({ Exchange: row.market }),
    nameVi: row.nameVi,
    nameEn: row.nameEn,
    listedShares: sharesOf.get(row.symbol) ?? null,
  }));
  return { ok: true, rows: { instruments }, skipped: listed.skipped + details.skipped };
}

function mapped<T>(
  result: RestResult<T>,
  rowsOf: (rows: readonly T[]) => BackfillRows,
): UnitResult {
  if (!result.ok) return result;
  return { ok: true, rows: rowsOf(result.rows), skipped: result.skipped };
}

/** Active volume is known to the live engine alone. */
function priceOf(day: StockDay): Dated<DailyPriceRow> {
  return { ...day, activeBuyVolume: null, activeSellVolume: null };
}

function priceOfBar(bar: DayBar): Dated<DailyPriceRow> {
  return {
    ...bar,
    referenceE2: null,
    ceilingE2: null,
    floorE2: null,
    averageE2: null,
    putThroughVolume: null,
    putThroughValueVnd: null,
    foreignBuyVolume: null,
    foreignSellVolume: null,
    foreignBuyValueVnd: null,
    foreignSellValueVnd: null,
    foreignRoom: null,
    activeBuyVolume: null,
    activeSellVolume: null,
  };
}

function isFuture({ symbol, to }: Unit): boolean {
  return parseFuturesCode(symbol) !== null || resolveAlias(symbol, to) !== null;
}
