import assert from "node:assert/strict";
import type { OddLotEvent } from "../../../core/market/event.ts";
import { vnInstantMs } from "../../../core/market/time.ts";
import { decodeFrame } from "../../../core/ssi/decode.ts";
import {
  barRecord,
  combinedRecord,
  foreignRecord,
  frame,
  frameOf,
  indexRecord,
  oddLotRecord,
  quoteRecord,
  statusRecord,
  tradeRecord,
} from "../../support/ssi_frames.ts";

/** The events of a frame in which nothing is wrong. */
function eventsOf(text: string) {
  const { events, refusals } = decodeFrame(text);
  assert.deepEqual(refusals, []);
  return events;
}

Deno.test("Every type of message has an event of its own, odd lots too (F-018)", () => {
  const kinds = [
    [statusRecord(), ["status"]],
    [quoteRecord(), ["quote"]],
    [tradeRecord(), ["trade"]],
    [combinedRecord(), ["trade", "quote"]],
    [foreignRecord(), ["foreign"]],
    [indexRecord(), ["index"]],
    [barRecord(), ["bar"]],
    [oddLotRecord(), ["odd-lot"]],
  ] as const;
  for (const [record, expected] of kinds) {
    assert.deepEqual(eventsOf(frame(record)).map(({ kind }) => kind), expected);
  }
});

Deno.test("An odd lot keeps its last match and its book, as a text or as an object (F-018)", () => {
  const event: OddLotEvent = {
    kind: "odd-lot",
    symbol: "AAA",
    tradingDate: "2026-11-16",
    exchangeMs: vnInstantMs("2026-11-16", 36_907),
    exchange: "HOSE",
    lastE2: 1_004_000,
    lastVolume: 37,
    bids: [{ priceE2: 1_003_000, volume: 12 }, { priceE2: 1_002_000, volume: 150 }],
    asks: [{ priceE2: 1_005_000, volume: 99 }],
  };
  assert.deepEqual(eventsOf(frame(oddLotRecord())), [event]);
  const asObject = JSON.stringify({ DataType: "OL", Content: oddLotRecord() });
  assert.deepEqual(eventsOf(frameOf(asObject)), [event]);
  assert.deepEqual(
    eventsOf(frame(oddLotRecord({ LastPrice: 0, LastVol: null }))),
    [{ ...event, lastE2: null, lastVolume: 0 }],
  );
});
