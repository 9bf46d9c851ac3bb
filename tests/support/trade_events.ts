import type {
  BookLevel,
  ForeignEvent,
  IndexEvent,
  QuoteEvent,
  StatusEvent,
  TradeEvent,
} from "../../core/market/event.ts";
import { parseVnTime, vnInstantMs } from "../../core/market/time.ts";

/** The trading date of these events. */
export const DATE = "2026-11-16";

/** The instant of `HH:mm:ss` on DATE. */
export function at(time: string, date = DATE): number {
  return vnInstantMs(date, parseVnTime(time)!);
}

/** A trade of 100 at 10,000 VND in continuous matching, the first of its day. */
export function tradeEvent(changes: Partial<TradeEvent> = {}): TradeEvent {
  return {
    kind: "trade",
    source: "X-TRADE",
    symbol: "AAA",
    tradingDate: DATE,
    exchangeMs: at("10:00:00"),
    exchange: "HOSE",
    session: "LO",
    status: "N",
    ceilingE2: 1_070_000,
    floorE2: 930_000,
    referenceE2: 1_000_000,
    lastE2: 1_000_000,
    lastVolume: 100,
    totalVolume: 100,
    totalValueVnd: 1_000_000,
    averageE2: 1_000_000,
    openE2: null,
    highE2: null,
    lowE2: null,
    estimatedE2: null,
    side: null,
    ...changes,
  };
}

/** A message before the first match: all that a new day's first one says. */
export function preOpenEvent(changes: Partial<TradeEvent> = {}): TradeEvent {
  return tradeEvent({
    exchangeMs: at("08:00:07"),
    session: null,
    lastE2: null,
    lastVolume: 0,
    totalVolume: 0,
    totalValueVnd: 0,
    averageE2: null,
    ...changes,
  });
}

/** A book of one level a side; a price of null is a market-order row. */
export function quoteEvent(
  bidE2: number | null,
  askE2: number | null,
  changes: Partial<QuoteEvent> = {},
): QuoteEvent {
  const side = (priceE2: number | null): BookLevel[] => [{ priceE2, volume: 500 }];
  return {
    kind: "quote",
    symbol: "AAA",
    tradingDate: DATE,
    exchangeMs: at("09:59:59"),
    exchange: "HOSE",
    session: "LO",
    bids: side(bidE2),
    asks: side(askE2),
    afterTrade: false,
    ...changes,
  };
}

/** A status message in continuous matching. */
export function statusEvent(changes: Partial<StatusEvent> = {}): StatusEvent {
  return {
    kind: "status",
    symbol: "AAA",
    tradingDate: DATE,
    exchangeMs: at("09:15:00"),
    exchange: "HOSE",
    session: "LO",
    status: "N",
    ...changes,
  };
}

/** A message about the foreign flow of AAA at 10:00:00: nothing traded yet, 60 % of the room used. */
export function foreignEvent(changes: Partial<ForeignEvent> = {}): ForeignEvent {
  return {
    kind: "foreign",
    symbol: "AAA",
    tradingDate: DATE,
    exchangeMs: at("10:00:00"),
    exchange: "HOSE",
    buyVolume: 0,
    sellVolume: 0,
    buyValueVnd: 0,
    sellValueVnd: 0,
    totalRoom: 1_000_000,
    currentRoom: 400_000,
    ...changes,
  };
}

/** A message about VN30 at 10:00:00, five points above its prior value, nothing else said. */
export function indexEvent(changes: Partial<IndexEvent> = {}): IndexEvent {
  return {
    kind: "index",
    symbol: "VN30",
    tradingDate: DATE,
    exchangeMs: at("10:00:00"),
    name: "VN30",
    valueE2: 185_000,
    priorE2: 184_500,
    estimatedE2: null,
    volume: 0,
    valueVnd: 0,
    putThroughVolume: 0,
    putThroughValueVnd: 0,
    advances: 0,
    noChanges: 0,
    declines: 0,
    ceilings: 0,
    floors: 0,
    session: null,
    ...changes,
  };
}
