/**
 * Frames as the hub sends them, around records with invented values. Every key, spelling and type
 * follows the documents and captures of the protocol; only symbols, prices and volumes are ours.
 */

/** A record before it is encoded. */
export type WireRecord = Readonly<Record<string, unknown>>;

/** The first frame of a connection. */
export const INIT_FRAME = '{"C":"d-AB12-B,0|x,0","S":1,"M":[]}';

/** One message: the Content is a JSON text inside the JSON text of the argument. */
export function message(dataType: string, record: WireRecord): string {
  return JSON.stringify({ DataType: dataType, Content: JSON.stringify(record) });
}

/** A frame with one Broadcast per argument. */
export function frameOf(...args: readonly unknown[]): string {
  return JSON.stringify({
    C: "d-AB12-B,5|x,1",
    M: args.map((arg) => ({ H: "FcMarketDataV2Hub", M: "Broadcast", A: [arg] })),
  });
}

/** A frame with one message whose DataType is the record's own RType. */
export function frame(record: WireRecord): string {
  return frameOf(message(String(record.RType), record));
}

/** A record of channel X-TRADE in continuous matching. */
export function tradeRecord(changes: WireRecord = {}): WireRecord {
  return {
    RType: "X-TRADE",
    TradingDate: "16/11/2026",
    Time: "10:15:07",
    Isin: "AAA",
    Symbol: "AAA",
    Ceiling: 10700.0,
    Floor: 9300.0,
    RefPrice: 10000.0,
    AvgPrice: 10035.5,
    PriorVal: 10000.0,
    LastPrice: 10050.0,
    LastVol: 300.0,
    TotalVal: 12042600000.0,
    TotalVol: 1200000.0,
    MarketId: "HOSE",
    Exchange: "HOSE",
    TradingSession: "LO",
    TradingStatus: "N",
    Change: 50.0,
    RatioChange: 0.5,
    EstMatchedPrice: 0.0,
    Highest: 10100,
    Lowest: 9980,
    Side: "BU",
    ...changes,
  };
}

/** A record of channel X-TRADE as it stands before the first match of a day. */
export function preOpenRecord(changes: WireRecord = {}): WireRecord {
  return tradeRecord({
    Time: "08:00:07",
    AvgPrice: "NaN",
    LastPrice: 0.0,
    LastVol: 0.0,
    TotalVal: 0.0,
    TotalVol: 0.0,
    TradingSession: "",
    Change: -10000.0,
    RatioChange: "NaN",
    Highest: 0,
    Lowest: 0,
    Side: null,
    ...changes,
  });
}

/** A record of channel X-QUOTE with three levels a side, as HOSE fills it. */
export function quoteRecord(changes: WireRecord = {}): WireRecord {
  const record: Record<string, unknown> = {
    RType: "X-QUOTE",
    TradingDate: "16/11/2026",
    Time: "10:15:07",
    Exchange: "HOSE",
    Symbol: "AAA",
    ...bookFields(),
    TradingSession: "LO",
  };
  return { ...record, ...changes };
}

/** A record of channel X: the trade, the day's prices and the book after it. */
export function combinedRecord(changes: WireRecord = {}): WireRecord {
  const { Highest, Lowest, ...trade } = tradeRecord();
  return {
    ...trade,
    RType: "X",
    Open: 10000.0,
    High: Highest,
    Low: Lowest,
    Close: 10050.0,
    ...bookFields(),
    Side: null,
    CloseQtty: 0.0,
    ...changes,
  };
}

/** A record of channel F. */
export function statusRecord(changes: WireRecord = {}): WireRecord {
  return {
    RType: "F",
    MarketId: "HOSE",
    TradingDate: "16/11/2026",
    Time: "13:00:00",
    Symbol: "AAA",
    TradingSession: "LO",
    TradingStatus: "N",
    Exchange: "HOSE",
    TradingOlSession: "",
    ...changes,
  };
}

/** A record of channel R. */
export function foreignRecord(changes: WireRecord = {}): WireRecord {
  return {
    RType: "R",
    TradingDate: "16/11/2026",
    Time: "10:00:01",
    Isin: "AAA",
    Symbol: "AAA",
    TotalRoom: 1000000.0,
    CurrentRoom: 400000.0,
    BuyVol: 1200.0,
    SellVol: 700.0,
    BuyVal: 12060000.0,
    SellVal: 7020000.0,
    MarketId: "HOSE",
    Exchange: "HOSE",
    ...changes,
  };
}

/** A record of channel OL. */
export function oddLotRecord(changes: WireRecord = {}): WireRecord {
  return {
    RType: "OL",
    TradingDate: "16/11/2026",
    Time: "10:15:07",
    Symbol: "AAA",
    StockNo: 1417,
    Ceiling: 10700.0,
    Floor: 9300.0,
    RefPrice: 10000.0,
    Open: 10000.0,
    High: 10050.0,
    Low: 9990.0,
    LastPrice: 10040.0,
    LastVol: 37.0,
    TotalVal: 12043000000.003,
    TotalVol: 1200040.0,
    BidPrice1: 10030.0,
    BidVol1: 12.0,
    BidPrice2: 10020.0,
    BidVol2: 150.0,
    BidPrice3: 0.0,
    BidVol3: 0.0,
    AskPrice1: 10050.0,
    AskVol1: 99.0,
    AskPrice2: 0.0,
    AskVol2: 0.0,
    AskPrice3: 0.0,
    AskVol3: 0.0,
    Exchange: "HOSE",
    TradingSession: "LO",
    TradingStatus: "N",
    Change: 40.0,
    RatioChange: 0.4,
    StockType: "Stock",
    ...changes,
  };
}

/** A record of channel MI. */
export function indexRecord(changes: WireRecord = {}): WireRecord {
  return {
    RType: "MI",
    IndexId: "VN30",
    IndexName: "VN30",
    IndexValEst: 1851.0,
    IndexValue: 1850.25,
    PriorIndexValue: 1845.0,
    Change: 5.25,
    RatioChange: 0.28,
    TradingDate: "16/11/2026",
    Time: "10:15:08",
    TotalTrade: 0.0,
    TotalQtty: 123456789.0,
    TotalValue: 4567890123456.997,
    TotalQttyPt: 1000000.0,
    TotalValuePt: 25000000000.0,
    TotalQttyOd: 0.0,
    TotalValueOd: 0.0,
    AllQty: 124456789.0,
    AllValue: 4592890123456.997,
    Advances: 0,
    NoChanges: 0,
    Declines: 0,
    Ceilings: 0,
    Floors: 0,
    IndexType: "Main",
    Exchange: "HOSE",
    TradingSession: null,
    MarketId: null,
    ...changes,
  };
}

/** A record of channel B. */
export function barRecord(changes: WireRecord = {}): WireRecord {
  return {
    RType: "B",
    Symbol: "VN30",
    TradingDate: "16/11/2026",
    Time: "10:15:09",
    Open: 1850.5,
    High: 1850.5,
    Low: 1850.5,
    Close: 1850.5,
    Volume: 0.0,
    Value: 0,
    ...changes,
  };
}

function bookFields(): Record<string, number> {
  const fields: Record<string, number> = {};
  for (let level = 1; level <= 10; level++) {
    const used = level <= 3;
    fields[`BidPrice${level}`] = used ? 10050 - 50 * level : 0.0;
    fields[`BidVol${level}`] = used ? 1000 * level : 0.0;
    fields[`AskPrice${level}`] = used ? 10000 + 50 * level : 0.0;
    fields[`AskVol${level}`] = used ? 2000 * level : 0.0;
  }
  return fields;
}
