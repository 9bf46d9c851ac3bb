import { formatVnDate, formatVnTime } from "../market/time.ts";
import { type DayClock, sessionCode } from "./day_clock.ts";
import type { IndexState } from "./index_value.ts";
import type { Security } from "./security.ts";

/** Content of a message, keys spelt and ordered as on the wire. */
export type WireRecord = Record<string, unknown>;

/** What every record of a day is written with. */
export interface DayTerms {
  readonly date: string;
  readonly clock: DayClock;
}

const WIRE_LEVELS = 10;
const LEVEL_KEYS = Array.from({ length: WIRE_LEVELS }, (_, i) => ({
  bidPrice: `BidPrice${i + 1}`,
  bidVolume: `BidVol${i + 1}`,
  askPrice: `AskPrice${i + 1}`,
  askVolume: `AskVol${i + 1}`,
}));

/** Session code of a security at a second of the day: its board's, unless it is halted itself. */
export function sessionOf(s: Security, clock: DayClock, second: number): string {
  if (s.halt?.status === "H" && s.isHalted(second)) return sessionCode("halted", false);
  return clock.sessionCode(s.listing.exchange, second);
}

/** Trading status of a security at a second of the day. */
export function statusOf(s: Security, second: number): string {
  return s.halt !== null && s.isHalted(second) ? s.halt.status : "N";
}

/** Channel F: session and status of a security. */
export function statusRecord(s: Security, { date, clock }: DayTerms): WireRecord {
  const { exchange } = s.listing;
  return {
    RType: "F",
    MarketId: exchange,
    TradingDate: formatVnDate(date),
    Time: formatVnTime(s.statusSecond),
    Symbol: s.symbol,
    TradingSession: sessionOf(s, clock, s.statusSecond),
    TradingStatus: statusOf(s, s.statusSecond),
    Exchange: exchange,
    TradingOlSession: "",
  };
}

/** Channel X-QUOTE: the whole displayed book. */
export function quoteRecord(s: Security, { date, clock }: DayTerms): WireRecord {
  const { exchange } = s.listing;
  const record: WireRecord = {
    RType: "X-QUOTE",
    TradingDate: formatVnDate(date),
    Time: formatVnTime(s.quoteSecond),
    Exchange: exchange,
    Symbol: s.symbol,
  };
  writeBook(record, s);
  record.TradingSession = sessionOf(s, clock, s.quoteSecond);
  return record;
}

/** Channel X-TRADE: the state of trading, not necessarily after a new match. */
export function tradeRecord(s: Security, terms: DayTerms): WireRecord {
  const record = tradeHead("X-TRADE", s, terms, s.tradeSecond);
  record.Highest = s.highE2 / 100;
  record.Lowest = s.lowE2 / 100;
  record.Side = s.side;
  return record;
}

/** Channel X: trade and book in one; its Side is always null. */
export function combinedRecord(s: Security, terms: DayTerms): WireRecord {
  const record = tradeHead("X", s, terms, s.combinedSecond);
  record.Open = s.openE2 / 100;
  record.High = s.highE2 / 100;
  record.Low = s.lowE2 / 100;
  record.Close = s.lastE2 / 100;
  writeBook(record, s);
  record.Side = null;
  record.CloseQtty = 0;
  return record;
}

/** Channel R: foreign room and flow as last published. */
export function foreignRecord(s: Security, { date }: DayTerms): WireRecord {
  const { exchange, totalRoom } = s.listing;
  const flow = s.publishedForeign;
  return {
    RType: "R",
    TradingDate: formatVnDate(date),
    Time: formatVnTime(s.foreignSecond),
    Isin: s.symbol,
    Symbol: s.symbol,
    TotalRoom: totalRoom,
    CurrentRoom: flow.currentRoom,
    BuyVol: flow.buyVolume,
    SellVol: flow.sellVolume,
    BuyVal: flow.buyValueVnd,
    SellVal: flow.sellValueVnd,
    MarketId: exchange,
    Exchange: exchange,
  };
}

/** Channel B of a security: its last match, four times. */
export function barRecord(s: Security, { date }: DayTerms): WireRecord {
  return bar(s.symbol, date, s.barSecond, s.lastE2 / 100, s.lastVolume);
}

/** Channel B of an index. */
export function indexBarRecord(index: IndexState, { date }: DayTerms): WireRecord {
  const value = index.valueE2(index.published.cap) / 100;
  return bar(index.terms.id, date, index.barSecond, value, 0);
}

/** Channel MI; the session is null, as seen on the real feed. */
export function indexRecord(index: IndexState, { date }: DayTerms): WireRecord {
  const { id, name, exchange, type, priorE2 } = index.terms;
  const figures = index.published;
  const valueE2 = index.valueE2(figures.cap);
  const estimatedE2 = figures.estimatedCap === 0 ? 0 : index.valueE2(figures.estimatedCap);
  return {
    RType: "MI",
    IndexId: id,
    IndexName: name,
    IndexValEst: estimatedE2 / 100,
    IndexValue: valueE2 / 100,
    PriorIndexValue: priorE2 / 100,
    Change: (valueE2 - priorE2) / 100,
    RatioChange: percent(valueE2 - priorE2, priorE2),
    TradingDate: formatVnDate(date),
    Time: formatVnTime(index.statusSecond),
    TotalTrade: 0,
    TotalQtty: figures.matchedVolume,
    TotalValue: figures.matchedValueVnd,
    TotalQttyPt: figures.dealVolume,
    TotalValuePt: figures.dealValueVnd,
    TotalQttyOd: 0,
    TotalValueOd: 0,
    AllQty: figures.matchedVolume + figures.dealVolume,
    AllValue: figures.matchedValueVnd + figures.dealValueVnd,
    Advances: figures.advances,
    NoChanges: figures.noChanges,
    Declines: figures.declines,
    Ceilings: figures.ceilings,
    Floors: figures.floors,
    IndexType: type,
    Exchange: exchange,
    TradingSession: null,
    MarketId: null,
  };
}

function tradeHead(
  type: string,
  s: Security,
  { date, clock }: DayTerms,
  second: number,
): WireRecord {
  const { exchange, referenceE2, priorE2, band } = s.listing;
  const hasTraded = s.lastE2 !== 0;
  return {
    RType: type,
    TradingDate: formatVnDate(date),
    Time: formatVnTime(second),
    Isin: s.symbol,
    Symbol: s.symbol,
    Ceiling: band.ceilingE2 / 100,
    Floor: band.floorE2 / 100,
    RefPrice: referenceE2 / 100,
    AvgPrice: hasTraded ? Math.round(s.totalValueVnd / s.totalVolume * 100) / 100 : "NaN",
    PriorVal: priorE2 / 100,
    LastPrice: s.lastE2 / 100,
    LastVol: s.lastVolume,
    TotalVal: s.totalValueVnd,
    TotalVol: s.totalVolume,
    MarketId: exchange,
    Exchange: exchange,
    TradingSession: sessionOf(s, clock, second),
    TradingStatus: statusOf(s, second),
    // Before the first match the last price of 0 is compared all the same: −RefPrice and −100 %.
    Change: (s.lastE2 - referenceE2) / 100,
    RatioChange: hasTraded ? percent(s.lastE2 - referenceE2, referenceE2) : emptyRatio(s),
    EstMatchedPrice: s.estimatedLevel < 0 ? 0 : s.priceE2[s.estimatedLevel]! / 100,
  };
}

/** The feed writes one of two things for a ratio that does not exist yet. */
function emptyRatio(s: Security): number | "NaN" {
  return (s.key & 1) === 0 ? -100 : "NaN";
}

function writeBook(record: WireRecord, s: Security): void {
  for (const { bidPrice, bidVolume, askPrice, askVolume } of LEVEL_KEYS) {
    record[bidPrice] = 0;
    record[bidVolume] = 0;
    record[askPrice] = 0;
    record[askVolume] = 0;
  }
  const { book, depth, estimatedLots, priceE2, lotSize } = s;
  book.forEachLevel(true, depth, estimatedLots, (rank, level, lots) => {
    record[LEVEL_KEYS[rank]!.bidPrice] = priceE2[level]! / 100;
    record[LEVEL_KEYS[rank]!.bidVolume] = lots * lotSize;
  });
  book.forEachLevel(false, depth, estimatedLots, (rank, level, lots) => {
    record[LEVEL_KEYS[rank]!.askPrice] = priceE2[level]! / 100;
    record[LEVEL_KEYS[rank]!.askVolume] = lots * lotSize;
  });
}

function bar(
  symbol: string,
  date: string,
  second: number,
  price: number,
  volume: number,
): WireRecord {
  return {
    RType: "B",
    Symbol: symbol,
    TradingDate: formatVnDate(date),
    Time: formatVnTime(second),
    Open: price,
    High: price,
    Low: price,
    Close: price,
    Volume: volume,
    Value: 0,
  };
}

/** Per cent with two decimals. */
export function percent(change: number, base: number): number {
  return Math.round(change / base * 10_000) / 100;
}
