import assert from "node:assert/strict";
import { counters, createIngest, ingestFrame } from "../../../core/engine/ingest.ts";
import {
  combinedRecord,
  foreignRecord,
  frame,
  frameOf,
  INIT_FRAME,
  message,
  preOpenRecord,
  tradeRecord,
} from "../../support/ssi_frames.ts";

const make = () => createIngest({ classifier: "feed", symbolsMax: 10 });

Deno.test("Every frame is of one kind, every message decoded or refused, every trade admitted (I3)", () => {
  const ingest = make();
  const frames = [
    ...["{}", INIT_FRAME, '{"I":"1"}', '{"I":"2","E":"no"}', '{"x":1}', "{"],
    frame(preOpenRecord()),
    frame(tradeRecord({ TotalVol: 300 })),
    frame(tradeRecord({ TotalVol: 300 })),
    frame(combinedRecord({ TotalVol: 300 })),
    frame(tradeRecord({ TradingDate: "13/11/2026" })),
    frameOf(message("R", foreignRecord()), message("OL", {}), "{"),
  ];
  for (const text of frames) ingestFrame(ingest, text);
  const sum = (record: Readonly<Record<string, number>>) =>
    Object.values(record).reduce((total, count) => total + count, 0);
  const counts = counters(ingest);
  assert.equal(sum(counts.frames), frames.length);
  assert.equal(counts.messages, 8);
  assert.equal(counts.decoded, 6);
  // Two frames hold no message at all and are refused as frames.
  assert.equal(counts.decoded + sum(counts.refused) - 2, counts.messages);
  assert.equal(sum(counts.trades), counts.events.trade);
  assert.deepEqual([counts.accepted, counts.duplicates, counts.trades.baseline], [1, 1, 2]);
  assert.equal(counts.trades["older-date"], 1);
  assert.equal(ingest.lastRefusal?.reason, "not-json");
});

Deno.test("The frames of a whole burst give the changes of all its messages in order", () => {
  const ingest = make();
  const burst = ["AAA", "BBB", "CCC"].map((Symbol) => message("R", foreignRecord({ Symbol })));
  assert.deepEqual(ingestFrame(ingest, frameOf(...burst)), [
    { kind: "day", tradingDate: "2026-11-16" },
    { kind: "instrument", symbol: "AAA" },
    { kind: "foreign", symbol: "AAA" },
    { kind: "instrument", symbol: "BBB" },
    { kind: "foreign", symbol: "BBB" },
    { kind: "instrument", symbol: "CCC" },
    { kind: "foreign", symbol: "CCC" },
  ]);
});

Deno.test("A duplicate of a trade changes no price and is no trade", () => {
  const ingest = make();
  ingestFrame(ingest, frame(preOpenRecord()));
  ingestFrame(ingest, frame(tradeRecord({ TotalVol: 300 })));
  const changes = ingestFrame(ingest, frame(tradeRecord({ TotalVol: 300 })));
  assert.equal(changes.some((change) => change.kind === "trade" || change.kind === "gap"), false);
});
