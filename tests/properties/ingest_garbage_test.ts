import assert from "node:assert/strict";
import fc from "fast-check";
import { foreignRow } from "../../core/engine/foreign_view.ts";
import { hashValue } from "../../core/engine/hash.ts";
import { counters, createIngest, type Ingest, ingestFrame } from "../../core/engine/ingest.ts";
import {
  foreignRecord,
  frameOf,
  message,
  oddLotRecord,
  quoteRecord,
  statusRecord,
  tradeRecord,
  type WireRecord,
} from "../support/ssi_frames.ts";

import { drawnFrames } from "./ingest_day.ts";

const RUNS = 5_000;
const NEXT_DAY = "17/11/2026";
const MORNING = "08:45:00";

/** What a broken source may write where anything else belongs. */
const anyValue = fc.oneof(
  fc.constantFrom(0, -1, 1e15, 1e300, NaN, null, "", "NaN", "x", true, [], {}),
  fc.constantFrom("ATO", "LO", "BREAK", "ATC", "PT", "C", "H", "BU", "SD", "HNX"),
  fc.constantFrom(MORNING, "14:45:00", "23:59:59", "15/11/2026", NEXT_DAY, "20/01/2027"),
  fc.integer(),
  fc.double(),
);

const RECORDS: readonly ((changes?: WireRecord) => WireRecord)[] = [
  tradeRecord,
  quoteRecord,
  statusRecord,
  foreignRecord,
  oddLotRecord,
];

/** A message about CCC with some fields replaced by anything. */
const garbage: fc.Arbitrary<string> = fc.tuple(
  fc.constantFrom(...RECORDS),
  fc.array(fc.tuple(fc.nat(), anyValue), { minLength: 1, maxLength: 6 }),
).map(([make, changes]) => {
  const record: Record<string, unknown> = { ...make({ Symbol: "CCC" }) };
  // Its kind and its name stay: it is CCC that is broken.
  const keys = Object.keys(record).filter((key) => !["RType", "Symbol", "Isin"].includes(key));
  for (const [pick, value] of changes) record[keys[pick % keys.length]!] = value;
  // The morning of the next trading day is no garbage: one security may begin it (see `enterDay`).
  if (record.TradingDate === NEXT_DAY && record.Time === MORNING) record.Time = "10:15:07";
  return frameOf(message(String(record.RType), record));
});

function hear(frames: readonly string[]): Ingest {
  const ingest = createIngest({ classifier: "feed", symbolsMax: 10 });
  for (const text of frames) ingestFrame(ingest, text);
  return ingest;
}

Deno.test("Whatever one security's messages hold, every other security stays as it was, and each message is counted", () => {
  const places = fc.array(fc.tuple(fc.nat(), garbage), { minLength: 1, maxLength: 20 });
  fc.assert(
    fc.property(drawnFrames, places, (frames, broken) => {
      const mixed = [...frames];
      for (const [pick, text] of broken) mixed.splice(3 + pick % (mixed.length - 2), 0, text);
      const [clean, dirty] = [hear(frames), hear(mixed)];
      for (const symbol of ["AAA", "BBB"]) {
        const [one, other] = [clean, dirty].map(({ engine }) =>
          hashValue(engine.market.instruments.get(symbol))
        );
        assert.equal(one, other, symbol);
        assert.deepEqual(foreignRow(clean.engine, symbol), foreignRow(dirty.engine, symbol));
      }
      assert.equal(dirty.engine.market.tradingDate, clean.engine.market.tradingDate);
      const before = counters(clean);
      const { messages, decoded, refused } = counters(dirty);
      assert.equal(messages, before.messages + broken.length);
      const refusals = Object.values(refused).reduce((sum, count) => sum + count, 0);
      assert.equal(decoded + refusals, messages);
    }),
    { numRuns: RUNS },
  );
});
