import assert from "node:assert/strict";
import { createIngest, type Ingest, ingestFrame } from "../../../core/engine/ingest.ts";
import { indexRow } from "../../../core/engine/index_view.ts";
import { boardRow } from "../../../core/engine/views.ts";
import { BOARD_FIELDS, type Cell, INDEX_FIELDS } from "../../../core/wire/board.ts";
import {
  foreignRecord,
  frame,
  indexRecord,
  INIT_FRAME,
  preOpenRecord,
  quoteRecord,
  statusRecord,
  tradeRecord,
  type WireRecord,
} from "../../support/ssi_frames.ts";
import { named } from "../../support/named.ts";

function ingestOf(...records: readonly WireRecord[]): Ingest {
  const ingest = createIngest({ classifier: "feed", symbolsMax: 10 });
  ingestFrame(ingest, INIT_FRAME);
  for (const record of records) ingestFrame(ingest, frame(record));
  return ingest;
}

const board = (ingest: Ingest, symbol = "AAA"): Record<string, Cell> =>
  named(BOARD_FIELDS, boardRow(ingest.engine, symbol));
const index = (ingest: Ingest, id: string): Record<string, Cell> =>
  named(INDEX_FIELDS, indexRow(ingest.engine, id));

Deno.test("A board row holds every field in order, in VND and shares", () => {
  const ingest = ingestOf(
    preOpenRecord(),
    quoteRecord(),
    tradeRecord({ LastVol: 300, TotalVol: 300, TotalVal: 3_015_000 }),
    foreignRecord(),
  );
  assert.deepEqual(board(ingest), {
    exchange: "HOSE",
    ref: 10_000,
    ceil: 10_700,
    floor: 9_300,
    last: 10_050,
    lastVol: 300,
    side: "buy",
    est: null,
    open: 10_050,
    high: 10_100,
    low: 9_980,
    avg: 10_035.5,
    vol: 300,
    val: 3_015_000,
    b1p: 10_000,
    b1v: 1_000,
    b2p: 9_950,
    b2v: 2_000,
    b3p: 9_900,
    b3v: 3_000,
    a1p: 10_050,
    a1v: 2_000,
    a2p: 10_100,
    a2v: 4_000,
    a3p: 10_150,
    a3v: 6_000,
    fBuy: 1_200,
    fSell: 700,
    room: 400_000,
    buyVol: 300,
    sellVol: 0,
    neutVol: 0,
    missVol: 0,
    session: "LO",
    status: "N",
    time: "10:15:07",
    basis: null,
    cVn30: null,
    cVnindex: null,
  });
});

Deno.test("A row has a cell for every field, all null for a symbol that is not known", () => {
  const ingest = ingestOf(preOpenRecord());
  assert.equal(boardRow(ingest.engine, "AAA").length, BOARD_FIELDS.length);
  assert.deepEqual(boardRow(ingest.engine, "ZZZ"), BOARD_FIELDS.map(() => null));
  assert.deepEqual(indexRow(ingest.engine, "ZZZ"), INDEX_FIELDS.map(() => null));
});

Deno.test("Before the first match there are references but no price, size or side (B-46)", () => {
  const { ref, last, lastVol, side, high, avg, vol, session, time } = board(
    ingestOf(preOpenRecord()),
  );
  assert.deepEqual({ ref, last, lastVol, side, high, avg, vol, session, time }, {
    ref: 10_000,
    last: null,
    lastVol: null,
    side: null,
    high: null,
    avg: null,
    vol: 0,
    session: null,
    time: "08:00:07",
  });
});

Deno.test("A security that only quoted has no volume yet, not a volume of zero", () => {
  const row = board(ingestOf(quoteRecord()));
  assert.deepEqual([row.b1p, row.vol, row.buyVol, row.missVol], [10_000, null, null, null]);
});

Deno.test("Missing volume is shown and counts as neutral, so that the sums make the volume", () => {
  const ingest = ingestOf(
    tradeRecord(),
    tradeRecord({ TotalVol: 1_200_500, LastVol: 200, Side: "SD" }),
  );
  const { vol, buyVol, sellVol, neutVol, missVol } = board(ingest);
  assert.deepEqual([vol, buyVol, sellVol, neutVol, missVol], [
    1_200_500,
    0,
    200,
    1_200_300,
    1_200_300,
  ]);
});

Deno.test("The estimate is shown only while the security is in a call auction", () => {
  const estimate = (session: string, time: string) =>
    board(ingestOf(tradeRecord({ EstMatchedPrice: 10_150, TradingSession: session, Time: time })))
      .est;
  assert.equal(estimate("ATO", "09:05:00"), 10_150);
  assert.equal(estimate("ATO", "09:10:00"), 10_150);
  assert.equal(estimate("LO", "10:00:00"), null);
  const ingest = ingestOf(
    tradeRecord({ EstMatchedPrice: 10_150, TradingSession: "ATC", Time: "14:35:00" }),
    statusRecord({ TradingSession: "C", Time: "14:45:00" }),
  );
  assert.equal(board(ingest).est, null);
});

Deno.test("A market-order row keeps its volume and has no price", () => {
  const row = board(
    ingestOf(quoteRecord({ BidPrice1: 0, BidVol1: 50_000, TradingSession: "ATC" })),
  );
  assert.deepEqual([row.b1p, row.b1v, row.b2p], [null, 50_000, 9_950]);
});

Deno.test("A VN30 future shows points and its exact basis, other instruments none", () => {
  const future = { Symbol: "41I1GC000", Exchange: "DERIVATIVES", MarketId: "DERIVATIVES" };
  const ingest = ingestOf(
    indexRecord({ IndexValue: 1850.29 }),
    tradeRecord({ ...future, LastPrice: 1852.4, AvgPrice: 185_211_000.0 }),
    tradeRecord({ ...future, Symbol: "41I2GC000", LastPrice: 1852.4 }),
  );
  const row = board(ingest, "41I1GC000");
  assert.deepEqual([row.last, row.avg, row.basis], [1852.4, 1852.11, 2.11]);
  assert.equal(board(ingest, "41I2GC000").basis, null);
});

Deno.test("An index row has breadth only when the feed counts at all", () => {
  const ingest = ingestOf(indexRecord(), indexRecord({ IndexId: "VNINDEX", Declines: 3 }));
  const vn30 = index(ingest, "VN30");
  assert.deepEqual(
    [vn30.value, vn30.prior, vn30.val, vn30.ptVol, vn30.time],
    [1850.25, 1845, 4_567_890_123_457, 1_000_000, "10:15:08"],
  );
  assert.deepEqual([vn30.up, vn30.down, vn30.ceil], [null, null, null]);
  const { up, same, down } = index(ingest, "VNINDEX");
  assert.deepEqual([up, same, down], [0, 0, 3]);
});

Deno.test("An index estimate is shown only while its board is in a call auction", () => {
  const estimate = (session: string, time: string) =>
    index(ingestOf(indexRecord(), statusRecord({ TradingSession: session, Time: time })), "VN30")
      .est;
  assert.equal(estimate("ATO", "09:10:00"), 1851);
  assert.equal(estimate("LO", "10:00:00"), null);
  assert.equal(index(ingestOf(indexRecord()), "VN30").est, null);
});

Deno.test("The estimate of an index goes by its own board: HNX closes by auction, UPCOM does not", () => {
  const hnx = { TradingSession: "ATC", Time: "14:30:00", MarketId: "HNX", Exchange: "HNX" };
  const ingest = ingestOf(
    statusRecord(hnx),
    indexRecord({ IndexId: "HNXIndex" }),
    indexRecord({ IndexId: "HNXUpcomIndex" }),
  );
  assert.equal(index(ingest, "HNXINDEX").est, 1851);
  assert.equal(index(ingest, "HNXUPCOMINDEX").est, null);
});
