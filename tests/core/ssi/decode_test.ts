import assert from "node:assert/strict";
import type {
  ForeignEvent,
  IndexEvent,
  MarketEvent,
  QuoteEvent,
  StatusEvent,
  TradeEvent,
} from "../../../core/market/event.ts";
import { vnInstantMs } from "../../../core/market/time.ts";
import { decodeFrame } from "../../../core/ssi/decode.ts";
import {
  barRecord,
  combinedRecord,
  foreignRecord,
  frame,
  frameOf,
  indexRecord,
  INIT_FRAME,
  message,
  preOpenRecord,
  quoteRecord,
  statusRecord,
  tradeRecord,
  type WireRecord,
} from "../../support/ssi_frames.ts";

const ROOM_VECTOR =
  `{"C":"d-1,5|A,1","M":[{"H":"FcMarketDataV2Hub","M":"Broadcast","A":["{\\"DataType\\":\\"R\\",\\"Content\\":\\"{\\\\\\"RType\\\\\\":\\\\\\"R\\\\\\",\\\\\\"TradingDate\\\\\\":\\\\\\"16/11/2026\\\\\\",\\\\\\"Time\\\\\\":\\\\\\"10:00:01\\\\\\",\\\\\\"Isin\\\\\\":\\\\\\"AAA\\\\\\",\\\\\\"Symbol\\\\\\":\\\\\\"AAA\\\\\\",\\\\\\"TotalRoom\\\\\\":1000000.0,\\\\\\"CurrentRoom\\\\\\":400000.0,\\\\\\"BuyVol\\\\\\":1200.0,\\\\\\"SellVol\\\\\\":700.0,\\\\\\"BuyVal\\\\\\":12060000.0,\\\\\\"SellVal\\\\\\":7020000.0,\\\\\\"MarketId\\\\\\":\\\\\\"HOSE\\\\\\",\\\\\\"Exchange\\\\\\":\\\\\\"HOSE\\\\\\"}\\"}"]}]}`;

/** The only event of a frame that must hold exactly one. */
function only<T extends MarketEvent>(text: string): T {
  const decoded = decodeFrame(text);
  assert.deepEqual(decoded.refusals, []);
  assert.equal(decoded.events.length, 1);
  return decoded.events[0] as T;
}

const eventOf = <T extends MarketEvent>(record: WireRecord) => only<T>(frame(record));

Deno.test("Keep-alives and replies give no event and no refusal", () => {
  for (const text of ["{}", '{"I":"1"}', '{"I":"1","E":"quota exceeded"}']) {
    const decoded = decodeFrame(text);
    assert.deepEqual([decoded.events, decoded.refusals, decoded.messages], [[], [], 0]);
  }
});

Deno.test("The init frame says that a connection began", () => {
  const decoded = decodeFrame(INIT_FRAME);
  assert.equal(decoded.kind, "init");
  assert.deepEqual(decoded.events, [{ kind: "connected" }]);
});

Deno.test("A doubly encoded foreign record gives room and flow (F-018, B-04)", () => {
  const event = only<ForeignEvent>(ROOM_VECTOR);
  assert.equal(1 - event.currentRoom! / event.totalRoom!, 0.6);
  assert.equal(event.buyVolume - event.sellVolume, 500);
  assert.equal(event.buyValueVnd - event.sellValueVnd, 5_040_000);
  assert.equal(event.exchangeMs, vnInstantMs("2026-11-16", 36_001));
});

Deno.test("Content as an object and any casing of the envelope give the same event", () => {
  const expected = only(ROOM_VECTOR);
  const record = foreignRecord();
  const content = JSON.stringify(record);
  const variants: readonly unknown[] = [
    JSON.stringify({ DataType: "R", Content: record }),
    JSON.stringify({ datatype: "R", content }),
    JSON.stringify({ Datatype: "r", Content: content }),
    JSON.stringify({ Content: content }),
    JSON.stringify({ Content: { ...record, RType: undefined, Rtype: "R" } }),
    { DataType: "R", Content: content },
  ];
  for (const variant of variants) assert.deepEqual(only(frameOf(variant)), expected);
});

Deno.test("Before the first match there is no last price and no change (B-46, B-47)", () => {
  const event = eventOf<TradeEvent>(preOpenRecord());
  assert.equal(event.lastE2, null);
  assert.equal(event.averageE2, null);
  assert.equal(event.highE2, null);
  assert.equal(event.totalVolume, 0);
  assert.equal(event.session, null);
  assert.equal(event.referenceE2, 1_000_000);
  assert.equal(Object.keys(event).some((key) => /^(ratio)?change/i.test(key)), false);
});

Deno.test("NaN, empty and missing numbers lose no message (B-47)", () => {
  for (const value of ["NaN", "nan", "", " ", null, undefined, 0, "0.0"]) {
    const event = eventOf<TradeEvent>(tradeRecord({ AvgPrice: value, EstMatchedPrice: value }));
    assert.equal(event.averageE2, null, String(value));
    assert.equal(event.estimatedE2, null);
    assert.equal(event.lastE2, 1_005_000);
  }
});

Deno.test("Numbers sent as text are numbers (F-016)", () => {
  const record = tradeRecord({ LastPrice: "10050.0", LastVol: "300", TotalVol: " 1.2e6 " });
  assert.deepEqual(eventOf(record), eventOf(tradeRecord()));
});

Deno.test("Two Broadcasts with one unknown type beside them give two events and one refusal", () => {
  const decoded = decodeFrame(
    frameOf(
      message("R", foreignRecord()),
      message("ZZ", { RType: "ZZ" }),
      message("F", statusRecord()),
    ),
  );
  assert.deepEqual(decoded.events.map((event) => event.kind), ["foreign", "status"]);
  assert.deepEqual(decoded.refusals, [{ reason: "unknown-type", detail: "DataType is ZZ" }]);
  assert.equal(decoded.messages, 3);
  assert.equal(decoded.decoded, 2);
});

Deno.test("An invocation may carry several messages", () => {
  const M = "Broadcast";
  const A = [message("R", foreignRecord()), message("F", statusRecord())];
  const decoded = decodeFrame(JSON.stringify({ C: "c", M: [{ H: "h", M, A }] }));
  assert.equal(decoded.events.length, 2);
});

Deno.test("A trade keeps every field in integer units (F-016, F-018)", () => {
  assert.deepEqual(eventOf(tradeRecord({ TotalVal: 12042600000.003, LastPrice: 10049.999999 })), {
    kind: "trade",
    source: "X-TRADE",
    symbol: "AAA",
    tradingDate: "2026-11-16",
    exchangeMs: vnInstantMs("2026-11-16", 36_907),
    exchange: "HOSE",
    session: "LO",
    status: "N",
    ceilingE2: 1_070_000,
    floorE2: 930_000,
    referenceE2: 1_000_000,
    lastE2: 1_005_000,
    lastVolume: 300,
    totalVolume: 1_200_000,
    totalValueVnd: 12_042_600_000,
    averageE2: 1_003_550,
    openE2: null,
    highE2: 1_010_000,
    lowE2: 998_000,
    estimatedE2: null,
    side: "buy",
  });
});

Deno.test("A combined X gives the trade first and then the book after it (F-018)", () => {
  const decoded = decodeFrame(frame(combinedRecord()));
  assert.equal(decoded.messages, 1);
  const [trade, quote] = decoded.events as [TradeEvent, QuoteEvent];
  assert.equal(trade.kind, "trade");
  assert.equal(trade.source, "X");
  assert.equal(trade.openE2, 1_000_000);
  assert.equal(trade.highE2, 1_010_000);
  assert.equal(quote.kind, "quote");
  assert.equal(quote.afterTrade, true);
});

Deno.test("Older spellings mean the same (F-016, B-04)", () => {
  const trade = eventOf<TradeEvent>(tradeRecord());
  const { AvgPrice, MarketId, Isin, ...rest } = tradeRecord();
  assert.deepEqual(
    eventOf({ ...rest, Avg: AvgPrice, MarketID: MarketId, ISIN: Isin, ISin: Isin }),
    trade,
  );
  assert.deepEqual(only(frameOf(message("Trade", tradeRecord()))), trade);
  const quote = eventOf<QuoteEvent>(quoteRecord());
  assert.deepEqual(only(frameOf(message("Quote", quoteRecord()))), quote);
  const { Time, ...timeless } = quoteRecord();
  assert.deepEqual(eventOf({ ...timeless, TradingTime: Time }), quote);
  const foreign = eventOf<ForeignEvent>(foreignRecord());
  const { BuyVol, SellVol, BuyVal, SellVal, ...room } = foreignRecord();
  assert.deepEqual(
    eventOf({ ...room, FBuyVol: BuyVol, FSellVol: SellVol, FBuyVal: BuyVal, FSellVal: SellVal }),
    foreign,
  );
});

Deno.test("The aggressor is read from BU and SD and from nothing else", () => {
  const side = (value: unknown) => eventOf<TradeEvent>(tradeRecord({ Side: value })).side;
  assert.equal(side("BU"), "buy");
  assert.equal(side("SD"), "sell");
  for (const value of ["Unknow", "", null, undefined]) assert.equal(side(value), null);
});

Deno.test("Boards and sessions are read in every spelling, unknown ones as none (F-019)", () => {
  const status = (changes: WireRecord) => eventOf<StatusEvent>(statusRecord(changes));
  const board = (name: unknown) => status({ Exchange: name, MarketId: null }).exchange;
  assert.deepEqual(["HOSE", "HNX", "UPCOM", "DER", "DERIVATIVES", "hose", "HNXBOND"].map(board), [
    ...["HOSE", "HNX", "UPCOM", "DERIVATIVES", "DERIVATIVES", "HOSE", null],
  ]);
  assert.equal(status({ Exchange: null }).exchange, "HOSE");
  const session = (code: unknown) => status({ TradingSession: code }).session;
  assert.deepEqual(
    ["ATO", "LO", "Break", "ATC", "PT", "PLO", "CLOSE", "C", "HALT", "H", "", null].map(session),
    ["ATO", "LO", "BREAK", "ATC", "PT", "PLO", "C", "C", "H", "H", null, null],
  );
  assert.equal(status({ TradingStatus: "Active" }).status, "Active");
});

Deno.test("Futures report their mean in VND per contract; it becomes points (B-38)", () => {
  const event = eventOf<TradeEvent>(tradeRecord({
    Symbol: "41i1gc000",
    Exchange: null,
    MarketId: null,
    AvgPrice: 190_050_000.0,
    LastPrice: 1900.6,
  }));
  assert.equal(event.symbol, "41I1GC000");
  assert.equal(event.exchange, "DERIVATIVES");
  assert.equal(event.averageE2, 190_050);
  assert.equal(event.lastE2, 190_060);
});

Deno.test("Unused levels are left out and price 0 with a volume is a market-order row", () => {
  const event = eventOf<QuoteEvent>(
    quoteRecord({ TradingSession: "ATC", BidPrice1: 0.0, BidVol1: 50_000.0 }),
  );
  assert.deepEqual(event.bids, [
    { priceE2: null, volume: 50_000 },
    { priceE2: 995_000, volume: 2_000 },
    { priceE2: 990_000, volume: 3_000 },
  ]);
  assert.equal(event.asks.length, 3);
  assert.equal(event.afterTrade, false);
});

Deno.test("The misspelt ninth ask is read", () => {
  const { AskPrice9: _, ...record } = quoteRecord({ AskVol9: 400.0, AskPrie9: 10_600.0 });
  assert.deepEqual(eventOf<QuoteEvent>(record).asks[3], { priceE2: 1_060_000, volume: 400 });
});

Deno.test("An index keeps its value, its estimate and the feed's counters (F-018, B-39)", () => {
  const event = eventOf<IndexEvent>(indexRecord({ IndexId: "HNXIndex", Advances: 12.0 }));
  assert.equal(event.symbol, "HNXINDEX");
  assert.equal(event.valueE2, 185_025);
  assert.equal(event.estimatedE2, 185_100);
  assert.equal(event.valueVnd, 4_567_890_123_457);
  assert.equal(event.putThroughVolume, 1_000_000);
  assert.equal(event.advances, 12);
  const { NoChanges: _, Ceilings: __, Floors: ___, ...old } = indexRecord();
  const documented = eventOf<IndexEvent>({ ...old, Nochanges: 3, Ceiling: 2, Floor: 1 });
  assert.deepEqual([documented.noChanges, documented.ceilings, documented.floors], [3, 2, 1]);
});

Deno.test("A bar is one tick (F-018)", () => {
  assert.deepEqual(eventOf(barRecord()), {
    kind: "bar",
    symbol: "VN30",
    tradingDate: "2026-11-16",
    exchangeMs: vnInstantMs("2026-11-16", 36_909),
    priceE2: 185_050,
    volume: 0,
  });
});

Deno.test("Unknown extra fields change nothing (P3, F-016)", () => {
  const extra = { TradingOlSession: 7, Foo: [1], __proto__x: {}, constructor: "x" };
  for (const record of [tradeRecord(), quoteRecord(), statusRecord(), foreignRecord()]) {
    assert.deepEqual(eventOf({ ...record, ...extra }), eventOf(record));
  }
});
