import type {
  BarEvent,
  BookLevel,
  ForeignEvent,
  IndexEvent,
  OddLotEvent,
  QuoteEvent,
  StatusEvent,
  TradeEvent,
} from "../market/event.ts";
import { parseFuturesCode } from "../market/futures.ts";
import type { Exchange } from "../market/phase.ts";
import { FUTURES_MULTIPLIER_VND } from "../market/units.ts";
import {
  readCount,
  readExchange,
  readIndexId,
  readPriceE2,
  readSession,
  readSide,
  readText,
  readTicker,
  readTime,
  readVnd,
  readWireNumber,
  type Refusal,
} from "./decode_value.ts";
import {
  ASK_KEYS,
  type BarRecord,
  BID_KEYS,
  type BookKeys,
  type ForeignRecord,
  type IndexRecord,
  ODD_LOT_ASK_KEYS,
  ODD_LOT_BID_KEYS,
  type OddLotRecord,
  type QuoteRecord,
  type StatusRecord,
  type TradeRecord,
} from "./fields.ts";

/** A record as it came, before any schema. */
export type RawRecord = Readonly<Record<string, unknown>>;

/** Turns a record of channel F into an event; what is wrong with it goes to `faults`. */
export function statusEvent(record: StatusRecord, faults: Refusal[]): StatusEvent {
  return {
    kind: "status",
    ...securityHead(record, faults),
    session: readSession(record.TradingSession),
    status: readText(record.TradingStatus),
  };
}

/** Turns the book of an X-QUOTE or X record into an event; its levels are in the raw record. */
export function quoteEvent(
  record: QuoteRecord,
  raw: RawRecord,
  faults: Refusal[],
): QuoteEvent {
  return {
    kind: "quote",
    ...securityHead(record, faults),
    session: readSession(record.TradingSession),
    bids: bookSide(raw, BID_KEYS, faults),
    asks: bookSide(raw, ASK_KEYS, faults),
    afterTrade: false,
  };
}

/**
 * Turns an X-TRADE record, or the trade half of an X record, into an event. Change and RatioChange
 * are not read: before the first match they say −100 %, and after it they follow from the prices.
 */
export function tradeEvent(
  record: TradeRecord,
  source: TradeEvent["source"],
  faults: Refusal[],
): TradeEvent {
  const head = securityHead(record, faults);
  const lastE2 = readPriceE2(record.LastPrice, "LastPrice", faults);
  const totalVolume = readCount(record.TotalVol, "TotalVol", faults);
  if (totalVolume === null && lastE2 !== null) {
    faults.push({ reason: "bad-number", detail: "TotalVol is missing beside a LastPrice" });
  }
  return {
    kind: "trade",
    source,
    ...head,
    session: readSession(record.TradingSession),
    status: readText(record.TradingStatus),
    ceilingE2: readPriceE2(record.Ceiling, "Ceiling", faults),
    floorE2: readPriceE2(record.Floor, "Floor", faults),
    referenceE2: readPriceE2(record.RefPrice, "RefPrice", faults),
    lastE2,
    lastVolume: readCount(record.LastVol, "LastVol", faults) ?? 0,
    totalVolume: totalVolume ?? 0,
    totalValueVnd: readVnd(record.TotalVal, "TotalVal", faults) ?? 0,
    averageE2: averageE2(record, head.exchange, faults),
    openE2: readPriceE2(record.Open, "Open", faults),
    highE2: readPriceE2(record.Highest ?? record.High, "Highest", faults),
    lowE2: readPriceE2(record.Lowest ?? record.Low, "Lowest", faults),
    estimatedE2: readPriceE2(record.EstMatchedPrice, "EstMatchedPrice", faults),
    side: readSide(record.Side),
  };
}

/** Turns a record of channel OL into an event; a price beside no size is half a trade. */
export function oddLotEvent(
  record: OddLotRecord,
  raw: RawRecord,
  faults: Refusal[],
): OddLotEvent {
  const head = securityHead(record, faults);
  const lastE2 = readPriceE2(record.LastPrice, "LastPrice", faults);
  const lastVolume = readCount(record.LastVol, "LastVol", faults);
  if (lastVolume === null && lastE2 !== null) {
    faults.push({ reason: "bad-number", detail: "LastVol is missing beside a LastPrice" });
  }
  readCount(record.TotalVol, "TotalVol", faults);
  readVnd(record.TotalVal, "TotalVal", faults);
  return {
    kind: "odd-lot",
    ...head,
    lastE2,
    lastVolume: lastVolume ?? 0,
    bids: bookSide(raw, ODD_LOT_BID_KEYS, faults),
    asks: bookSide(raw, ODD_LOT_ASK_KEYS, faults),
  };
}

/** Turns a record of channel R into an event; documents put an F before the four flow fields. */
export function foreignEvent(record: ForeignRecord, faults: Refusal[]): ForeignEvent {
  return {
    kind: "foreign",
    ...securityHead(record, faults),
    buyVolume: readCount(record.BuyVol ?? record.FBuyVol, "BuyVol", faults) ?? 0,
    sellVolume: readCount(record.SellVol ?? record.FSellVol, "SellVol", faults) ?? 0,
    buyValueVnd: readVnd(record.BuyVal ?? record.FBuyVal, "BuyVal", faults) ?? 0,
    sellValueVnd: readVnd(record.SellVal ?? record.FSellVal, "SellVal", faults) ?? 0,
    totalRoom: readCount(record.TotalRoom, "TotalRoom", faults),
    currentRoom: readCount(record.CurrentRoom, "CurrentRoom", faults),
  };
}

/** Turns a record of channel MI into an event. */
export function indexEvent(record: IndexRecord, faults: Refusal[]): IndexEvent {
  const count = (value: IndexRecord["Advances"], key: string) => readCount(value, key, faults) ?? 0;
  return {
    kind: "index",
    symbol: readIndexId(record.IndexId, faults),
    ...readTime(record, faults),
    name: readText(record.IndexName),
    valueE2: readPriceE2(record.IndexValue, "IndexValue", faults),
    priorE2: readPriceE2(record.PriorIndexValue, "PriorIndexValue", faults),
    estimatedE2: readPriceE2(record.IndexValEst, "IndexValEst", faults),
    volume: count(record.TotalQtty, "TotalQtty"),
    valueVnd: readVnd(record.TotalValue, "TotalValue", faults) ?? 0,
    putThroughVolume: count(record.TotalQttyPt ?? record.TotalQttyPT, "TotalQttyPt"),
    putThroughValueVnd:
      readVnd(record.TotalValuePt ?? record.TotalValuePT, "TotalValuePt", faults) ?? 0,
    advances: count(record.Advances, "Advances"),
    noChanges: count(record.NoChanges ?? record.Nochanges, "NoChanges"),
    declines: count(record.Declines, "Declines"),
    ceilings: count(record.Ceilings ?? record.Ceiling, "Ceilings"),
    floors: count(record.Floors ?? record.Floor, "Floors"),
    session: readSession(record.TradingSession),
  };
}

/** Turns a record of channel B into an event; its four prices are one tick, so Close is enough. */
export function barEvent(record: BarRecord, faults: Refusal[]): BarEvent {
  const priceE2 = readPriceE2(record.Close, "Close", faults);
  if (priceE2 === null) faults.push({ reason: "bad-number", detail: "Close is missing" });
  return {
    kind: "bar",
    symbol: readIndexId(record.Symbol, faults),
    ...readTime(record, faults),
    priceE2: priceE2 ?? 0,
    volume: readCount(record.Volume, "Volume", faults) ?? 0,
  };
}

function securityHead(record: StatusRecord, faults: Refusal[]) {
  const symbol = readTicker(record.Symbol, faults);
  return {
    symbol,
    ...readTime(record, faults),
    exchange: readExchange(record) ?? futuresBoard(symbol),
  };
}

function futuresBoard(symbol: string): Exchange | null {
  return parseFuturesCode(symbol) === null ? null : "DERIVATIVES";
}

/** Futures report their mean as VND per contract; everything else as VND per share. */
function averageE2(
  record: TradeRecord,
  exchange: Exchange | null,
  faults: Refusal[],
): number | null {
  const key = "AvgPrice";
  const averageE2 = readPriceE2(record.AvgPrice ?? record.Avg, key, faults);
  if (averageE2 === null || exchange !== "DERIVATIVES") return averageE2;
  return Math.round(averageE2 / FUTURES_MULTIPLIER_VND);
}

/** Levels with a volume, best first; price 0 beside a volume is market-order interest. */
function bookSide(
  raw: RawRecord,
  keys: readonly BookKeys[],
  faults: Refusal[],
): BookLevel[] {
  const levels: BookLevel[] = [];
  for (const { price, volume } of keys) {
    const wirePrice = raw[price] ?? (price === "AskPrice9" ? raw.AskPrie9 : undefined);
    const wireVolume = raw[volume];
    // Seventeen of twenty levels of a HOSE book are 0.0: pass over them without further reading.
    if (isBlank(wirePrice) && isBlank(wireVolume)) continue;
    const priceE2 = readPriceE2(readWireNumber(wirePrice, price, faults), price, faults);
    const levelVolume = readCount(readWireNumber(wireVolume, volume, faults), volume, faults);
    if (levelVolume !== null && levelVolume > 0) levels.push({ priceE2, volume: levelVolume });
  }
  return levels;
}

function isBlank(value: unknown): boolean {
  return value === 0 || value === undefined || value === null || value === "";
}
