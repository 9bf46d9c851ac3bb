import type { DayFigures, MinuteBar, SimIndex, SimInstrument } from "../exchange/types.ts";
import { formatVnDate, formatVnTime } from "../market/time.ts";
import { FUTURES_MULTIPLIER_VND } from "../market/units.ts";
import type { RestRow } from "./rest_rows.ts";

/** A row of DailyOhlc; its value carries the noise of floats, as SSI's does. */
export function dailyOhlcRow(symbol: string, market: string | null, day: DayFigures): RestRow {
  return {
    Symbol: symbol,
    Market: market,
    TradingDate: formatVnDate(day.date),
    Time: null,
    Open: price(day.openE2),
    High: price(day.highE2),
    Low: price(day.lowE2),
    Close: price(day.closeE2),
    Volume: String(day.volume),
    Value: noisy(day.valueVnd),
  };
}

/** A row of IntradayOhlc: the time is that of the last trade, the value a price like the close. */
export function intradayRow(symbol: string, date: string, bar: MinuteBar): RestRow {
  return {
    Symbol: symbol,
    TradingDate: formatVnDate(date),
    Time: formatVnTime(bar.second),
    Open: price(bar.openE2),
    High: price(bar.highE2),
    Low: price(bar.lowE2),
    Close: price(bar.closeE2),
    Volume: String(bar.volume),
    Value: price(bar.closeE2),
  };
}

/** A row of DailyIndex. */
export function dailyIndexRow({ id, name }: SimIndex, day: DayFigures): RestRow {
  const { advances, noChanges, declines, ceilings, floors } = day.breadth!;
  const changeE2 = day.closeE2 - day.referenceE2;
  return {
    IndexId: id,
    IndexName: name,
    IndexValue: price(day.closeE2),
    TradingDate: formatVnDate(day.date),
    Time: null,
    Change: price(changeE2),
    RatioChange: percent(changeE2, day.referenceE2),
    TotalTrade: "0",
    TotalMatchVol: String(day.volume),
    TotalMatchVal: String(day.valueVnd),
    TotalDealVol: String(day.dealVolume),
    TotalDealVal: String(day.dealValueVnd),
    TotalVol: String(day.volume + day.dealVolume),
    TotalVal: String(day.valueVnd + day.dealValueVnd),
    Advances: String(advances),
    NoChanges: String(noChanges),
    Declines: String(declines),
    Ceilings: String(ceilings),
    Floors: String(floors),
    TypeIndex: null,
    TradingSession: day.session,
  };
}

/** A row of DailyStockPrice; order statistics are not kept, and SSI mostly says 0 as well. */
export function stockPriceRow({ symbol, kind }: SimInstrument, day: DayFigures): RestRow {
  const s = day.security!;
  const hasTraded = day.volume > 0;
  const changeE2 = hasTraded ? day.closeE2 - day.referenceE2 : 0;
  const multiplier = kind === "future" ? FUTURES_MULTIPLIER_VND : 1;
  const averageE2 = hasTraded ? Math.round(day.valueVnd / multiplier / day.volume * 100) : 0;
  const close = price(day.closeE2);
  return {
    TradingDate: formatVnDate(day.date),
    Symbol: symbol,
    PriceChange: price(changeE2),
    PerPriceChange: percent(changeE2, day.referenceE2),
    CeilingPrice: price(s.ceilingE2),
    FloorPrice: price(s.floorE2),
    RefPrice: price(day.referenceE2),
    OpenPrice: price(day.openE2),
    HighestPrice: price(day.highE2),
    LowestPrice: price(day.lowE2),
    ClosePrice: close,
    AveragePrice: price(averageE2),
    ClosePriceAdjusted: close,
    TotalMatchVol: String(day.volume),
    TotalMatchVal: String(day.valueVnd),
    TotalDealVol: String(day.dealVolume),
    TotalDealVal: String(day.dealValueVnd),
    ForeignBuyVolTotal: String(s.foreignBuyVolume),
    ForeignSellVolTotal: String(s.foreignSellVolume),
    ForeignBuyValTotal: String(s.foreignBuyValueVnd),
    ForeignSellValTotal: String(s.foreignSellValueVnd),
    ForeignCurrentRoom: String(s.foreignRoom),
    TotalBuyTrade: "0",
    TotalBuyTradeVol: "0",
    TotalSellTrade: "0",
    TotalSellTradeVol: "0",
    NetBuySellVol: String(s.foreignBuyVolume - s.foreignSellVolume),
    NetBuySellVal: String(s.foreignBuyValueVnd - s.foreignSellValueVnd),
    TotalTradedVol: String(day.volume + day.dealVolume + s.oddVolume),
    TotalTradedValue: String(day.valueVnd + day.dealValueVnd + s.oddValueVnd),
    Time: null,
  };
}

function price(priceE2: number): string {
  return String(priceE2 / 100);
}

function percent(change: number, base: number): string {
  return (change / base * 100).toFixed(2);
}

/** Just below a whole number of VND: it rounds to what it was. */
function noisy(valueVnd: number): string {
  return valueVnd === 0 ? "0" : (valueVnd - 0.015).toFixed(4);
}
