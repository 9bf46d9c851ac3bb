/** Defects of the original program, each shown absent on raw frames through the whole chain. */
import assert from "node:assert/strict";
import { stateHash } from "../../../core/engine/hash.ts";
import { createIngest, type Ingest, ingestFrame } from "../../../core/engine/ingest.ts";
import type { Instrument } from "../../../core/engine/state.ts";
import { boardRow } from "../../../core/engine/views.ts";
import { BOARD_FIELDS, type Cell } from "../../../core/wire/board.ts";
import {
  combinedRecord,
  frame,
  INIT_FRAME,
  preOpenRecord,
  quoteRecord,
  statusRecord,
  tradeRecord,
  type WireRecord,
} from "../../support/ssi_frames.ts";

const options = { classifier: "feed", symbolsMax: 10 } as const;

/** An ingest that was connected before the opening. */
function opened(): Ingest {
  const ingest = createIngest(options);
  ingestFrame(ingest, INIT_FRAME);
  hear(ingest, preOpenRecord(), preOpenRecord({ RType: "X" }));
  return ingest;
}

function hear(ingest: Ingest, ...records: readonly WireRecord[]): void {
  for (const record of records) ingestFrame(ingest, frame(record));
}

const aaa = ({ engine }: Ingest): Instrument => engine.market.instruments.get("AAA")!;
const first = { LastVol: 300, TotalVol: 300, TotalVal: 3_015_000 };

Deno.test("A combined X that comes again because its book changed counts no volume again (B-01)", () => {
  const ingest = opened();
  hear(ingest, tradeRecord(first));
  for (let BidVol1 = 100; BidVol1 <= 1_000; BidVol1 += 100) {
    hear(ingest, combinedRecord({ ...first, BidVol1 }));
  }
  const { volumes, tape, bids } = aaa(ingest);
  assert.deepEqual([volumes.buy, volumes.none, tape.head], [300, 0, 300]);
  assert.equal(bids[0]?.volume, 1_000, "the book is taken all the same");
  assert.equal(ingest.engine.counters.trades.accepted, 1);
});

Deno.test("The value of what is counted is the exchange's own value, for shares and for contracts (B-02)", () => {
  const ingest = opened();
  hear(ingest, tradeRecord(first));
  assert.equal(aaa(ingest).volumes.buyVnd, first.TotalVal);
  const future = { Symbol: "41I1GC000", Exchange: "DERIVATIVES", MarketId: "DER" };
  const contracts = { ...future, LastPrice: 1_934.5, LastVol: 2, TotalVol: 2 };
  hear(ingest, preOpenRecord(future), tradeRecord({ ...contracts, TotalVal: 386_900_000 }));
  const { volumes, totalValueVnd } = ingest.engine.market.instruments.get("41I1GC000")!;
  assert.deepEqual([volumes.buyVnd, totalValueVnd], [386_900_000, 386_900_000]);
});

Deno.test("The same frames at another hour of our clock give the same state (B-03)", () => {
  const play = (nowMs: number): string => {
    const RealDate = Date;
    class OtherDate extends RealDate {
      constructor(...args: readonly unknown[]) {
        super(...(args.length === 0 ? [nowMs] : args) as [number]);
      }
      static override now = () => nowMs;
    }
    globalThis.Date = OtherDate as DateConstructor;
    try {
      assert.equal(new Date().getTime(), nowMs, "the clock is really another");
      const ingest = opened();
      hear(ingest, quoteRecord(), tradeRecord(first), statusRecord());
      return stateHash(ingest.engine);
    } finally {
      globalThis.Date = RealDate;
    }
  };
  const hashes = [0, 1_795_000_000_000, 4_000_000_000_000].map(play);
  assert.deepEqual(new Set(hashes).size, 1);
});

Deno.test("No session but LO is continuous: not PT, C, BREAK, HALT or an unknown code out of hours (B-05, C-16)", () => {
  for (const TradingSession of ["PT", "C", "CLOSE", "BREAK", "H", "HALT", "PLO", "ATO", "ATC"]) {
    const ingest = opened();
    hear(ingest, tradeRecord({ ...first, TradingSession }));
    const { buckets, none } = aaa(ingest).volumes;
    assert.deepEqual([buckets.continuous.buy, none], [0, 300], TradingSession);
  }
  for (const [Time, isContinuous] of [["10:15:07", true], ["12:00:00", false]] as const) {
    for (const TradingSession of ["", null, "SOMETHING"]) {
      const ingest = opened();
      hear(ingest, tradeRecord({ ...first, Time, TradingSession }));
      assert.equal(aaa(ingest).volumes.buckets.continuous.buy, isContinuous ? 300 : 0);
    }
  }
});

Deno.test("Snapshots sent on every subscription are no trades, however often they come (B-44)", () => {
  const ingest = opened();
  hear(ingest, tradeRecord(first));
  for (let reconnects = 0; reconnects < 5; reconnects++) {
    ingestFrame(ingest, INIT_FRAME);
    hear(ingest, tradeRecord({ ...first, TotalVol: 900 }), combinedRecord({ TotalVol: 900 }));
  }
  const { volumes, tape } = aaa(ingest);
  assert.deepEqual([volumes.buy, tape.missing, tape.head], [300, 600, 900]);
});

Deno.test("The closing print under session C with Side SD is neutral ATC volume (B-45, F-037)", () => {
  const ingest = opened();
  hear(
    ingest,
    quoteRecord({ Symbol: "BBB", Time: "10:30:00" }),
    quoteRecord({ Symbol: "BBB", Time: "12:59:59" }),
    tradeRecord({ ...first, Time: "14:29:59" }),
    quoteRecord({ Time: "14:44:59", TradingSession: "ATC" }),
    tradeRecord({
      ...{ Time: "14:45:00", TradingSession: "C", Side: "SD" },
      ...{ LastVol: 5_000, TotalVol: 5_300, TotalVal: 53_265_000 },
    }),
  );
  const { buckets, sell } = aaa(ingest).volumes;
  assert.deepEqual([sell, buckets.atc.none, buckets.continuous.none], [0, 5_000, 0]);
});

Deno.test("Zero prices before the first match are no price: no last, no side, no fall of 100 % (B-46)", () => {
  const ingest = opened();
  const cells = boardRow(ingest.engine, "AAA");
  const row = Object.fromEntries(
    BOARD_FIELDS.map((field, i): [string, Cell] => [field, cells[i]!]),
  );
  const { ref, last, side, low, est } = row;
  assert.deepEqual([ref, last, side, low, est], [10_000, null, null, null, null]);
  hear(ingest, tradeRecord(first));
  assert.equal(aaa(ingest).lowE2, 998_000, "the zero is not the low of the day either");
});

Deno.test("NaN in any number loses no message, and what is refused is counted with its reason (B-47)", () => {
  const ingest = opened();
  const before = ingest.counters.decoded;
  hear(ingest, tradeRecord({ ...first, AvgPrice: "NaN", RatioChange: "NaN", Change: "NaN" }));
  hear(ingest, tradeRecord({ ...first, EstMatchedPrice: "NaN", Highest: "NaN", TotalVol: 600 }));
  assert.equal(ingest.counters.decoded - before, 2);
  assert.equal(aaa(ingest).volumes.buy, 600);
  hear(ingest, tradeRecord({ Symbol: "" }));
  assert.equal(ingest.counters.refused["bad-symbol"], 1);
  assert.match(ingest.lastRefusal!.detail, /./);
});
