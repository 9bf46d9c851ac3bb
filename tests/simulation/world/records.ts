import type { SimChannel, SimMessage } from "../../../core/exchange/types.ts";
import { formatVnDate, formatVnTime } from "../../../core/market/time.ts";
import type { Listed } from "./listing.ts";

/** The trading date of all worlds. */
export const DATE = "2026-11-20";
const WIRE_DATE = formatVnDate(DATE);

type Fields = Readonly<Record<string, unknown>>;

function message(channel: SimChannel, symbol: string, second: number, fields: Fields): SimMessage {
  const head = { RType: channel, TradingDate: WIRE_DATE, Time: formatVnTime(second) };
  return { channel, symbol, record: { ...head, ...fields } };
}

export function statusMessage(s: Listed, second: number): SimMessage {
  const { symbol: Symbol, exchange: Exchange, session: TradingSession } = s;
  return message("F", Symbol, second, { Symbol, Exchange, TradingSession, TradingStatus: "N" });
}

/** The state of trading, after a match or without one. */
export function tradeMessage(s: Listed, second: number, changes: Fields = {}): SimMessage {
  const hasTraded = s.lastE2 !== 0;
  return message("X-TRADE", s.symbol, second, {
    Symbol: s.symbol,
    Exchange: s.exchange,
    RefPrice: s.referenceE2 / 100,
    AvgPrice: hasTraded ? s.totalValueVnd / s.totalVolume : "NaN",
    LastPrice: s.lastE2 / 100,
    LastVol: s.lastVolume,
    TotalVal: s.totalValueVnd,
    TotalVol: s.totalVolume,
    TradingSession: s.session,
    TradingStatus: "N",
    EstMatchedPrice: s.estimatedE2 / 100,
    Highest: s.highE2 / 100,
    Lowest: s.lowE2 / 100,
    Side: s.side,
    ...changes,
  });
}

/** A book of two levels a side around the last price. */
export function quoteMessage(s: Listed, second: number, volume: number): SimMessage {
  const at = (ticks: number) => s.priceAfter(ticks) / 100;
  return message("X-QUOTE", s.symbol, second, {
    Symbol: s.symbol,
    Exchange: s.exchange,
    BidPrice1: at(-1),
    BidVol1: volume,
    BidPrice2: at(-2),
    BidVol2: 2 * volume,
    AskPrice1: at(1),
    AskVol1: volume,
    AskPrice2: at(2),
    AskVol2: String(2 * volume),
    TradingSession: s.session,
  });
}

export function foreignMessage(s: Listed, second: number): SimMessage {
  return message("R", s.symbol, second, {
    Symbol: s.symbol,
    Exchange: s.exchange,
    TotalRoom: 1_000_000_000,
    CurrentRoom: 500_000_000 - s.foreignBuy + s.foreignSell,
    BuyVol: s.foreignBuy,
    SellVol: s.foreignSell,
    BuyVal: s.foreignBuy * 20_000,
    SellVal: s.foreignSell * 20_000,
  });
}

/** VN30 as channel MI tells it. */
export function indexMessage(valueE2: number, second: number, volume: number): SimMessage {
  return message("MI", "VN30", second, {
    IndexId: "VN30",
    IndexName: "VN30",
    IndexValue: valueE2 / 100,
    PriorIndexValue: 1_900,
    TotalQtty: volume,
    TotalValue: volume * 20_000,
    TotalQttyPt: 0,
    TotalValuePt: 0,
    Advances: 0,
    TradingSession: null,
  });
}

/** A tick of channel B. */
export function barMessage(symbol: string, priceE2: number, second: number): SimMessage {
  return message("B", symbol, second, { Symbol: symbol, Close: priceE2 / 100, Volume: 100 });
}
