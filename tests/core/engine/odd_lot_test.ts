import assert from "node:assert/strict";
import { stateHash } from "../../../core/engine/hash.ts";
import { createIngest, ingestFrame } from "../../../core/engine/ingest.ts";
import { boardRow } from "../../../core/engine/views.ts";
import { BOARD_FIELDS } from "../../../core/wire/board.ts";
import {
  frame,
  INIT_FRAME,
  oddLotRecord,
  quoteRecord,
  tradeRecord,
} from "../../support/ssi_frames.ts";

const ENGINE = { classifier: "feed", symbolsMax: 100 } as const;
const trades = [
  tradeRecord(),
  tradeRecord({ LastVol: 200, TotalVol: 1_200_200, TotalVal: 12_044_610_000_000 }),
];

function run(texts: readonly string[]) {
  const ingest = createIngest(ENGINE);
  for (const text of [INIT_FRAME, ...texts]) ingestFrame(ingest, text);
  return ingest;
}

Deno.test("Odd lots are counted and touch neither tape nor volumes nor last price (F-018)", () => {
  const plain = run(trades.map(frame));
  const mixed = run([
    frame(trades[0]!),
    frame(oddLotRecord()),
    frame(oddLotRecord({ LastPrice: 9_300, LastVol: 99, TotalVol: 1_500_000 })),
    frame(trades[1]!),
    frame(oddLotRecord({ LastPrice: 9_990 })),
  ]);
  assert.equal(mixed.engine.counters.events["odd-lot"], 3);
  assert.deepEqual(mixed.engine.market.instruments, plain.engine.market.instruments);
  assert.equal(stateHash(mixed.engine), stateHash(plain.engine));
});

Deno.test("A repeat that calls the day's volume its last keeps the last size", () => {
  const { engine } = run([
    ...trades,
    quoteRecord({ Symbol: "BBB", Time: "13:00:00" }),
    tradeRecord({
      ...{ Time: "15:10:00", TradingSession: "C", LastVol: 1_200_200 },
      ...{ TotalVol: 1_200_200, TotalVal: 12_044_610_000_000 },
    }),
  ].map(frame));
  assert.equal(boardRow(engine, "AAA")[BOARD_FIELDS.indexOf("lastVol")], 200);
  assert.equal(engine.counters.trades.duplicate, 1);
});
