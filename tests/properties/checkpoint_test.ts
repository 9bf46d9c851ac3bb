import assert from "node:assert/strict";
import fc from "fast-check";
import { stateHash } from "../../core/engine/hash.ts";
import { counters, createIngest, type Ingest, ingestFrame } from "../../core/engine/ingest.ts";
import { writeOwnFrame } from "../../core/engine/own_frame.ts";
import { restoreIngest } from "../../core/engine/restore.ts";
import { packCheckpoint, unpackCheckpoint } from "../../core/feed/checkpoint_format.ts";
import type { OwnEvent } from "../../core/market/event.ts";
import { vnInstantMs } from "../../core/market/time.ts";
import { drawnFrames } from "./ingest_day.ts";

const options = { classifier: "feed", symbolsMax: 10 } as const;
const HEAD = {
  tag: "test",
  date: "2026-11-16",
  position: { segment: 1, offset: 8, recordBytes: 0, checksum: 0 },
  records: 0,
};

/** The same ingest after a way through the bytes of a checkpoint. */
function throughCheckpoint(ingest: Ingest): Ingest {
  const read = unpackCheckpoint(packCheckpoint(HEAD, ingest), HEAD);
  assert.ok(read.ok);
  const restored = createIngest(options);
  restoreIngest(restored, read.state as Ingest);
  return restored;
}

const symbols = fc.uniqueArray(fc.constantFrom("AAA", "BBB", "CCC"));
const ownEvents: fc.Arbitrary<OwnEvent> = fc.oneof(
  fc.record({
    kind: fc.constant("reference" as const),
    members: fc.dictionary(fc.constantFrom("VN30", "VN100"), symbols),
    shares: fc.dictionary(fc.constantFrom("AAA", "BBB"), fc.integer({ min: 1, max: 1e9 })),
    watch: symbols,
  }),
  fc.integer({ min: 9 * 3600, max: 16 * 3600 }).map((second) => ({
    kind: "clock" as const,
    exchangeMs: vnInstantMs("2026-11-16", second),
  })),
);

/** A journal: frames of the feed, and events of ours anywhere among them. */
const journals = fc.tuple(drawnFrames, fc.array(fc.tuple(fc.nat(), ownEvents), { maxLength: 6 }))
  .map(([frames, own]) =>
    own.reduce(
      (texts, [at, event]) => texts.toSpliced(at % (texts.length + 1), 0, writeOwnFrame(event)),
      frames,
    )
  );

Deno.test("Engine: a checkpoint at any record changes nothing of what follows, events of ours included (P13)", () => {
  fc.assert(
    fc.property(journals, fc.array(fc.nat(), { maxLength: 3 }), (texts, picks) => {
      const at = new Set(picks.map((pick) => pick % (texts.length + 1)));
      const live = createIngest(options);
      let restored = createIngest(options);
      for (const [n, text] of texts.entries()) {
        if (at.has(n)) restored = throughCheckpoint(restored);
        const changes = ingestFrame(live, text);
        assert.deepEqual(ingestFrame(restored, text), changes);
      }
      restored = throughCheckpoint(restored);
      assert.equal(stateHash(restored.engine), stateHash(live.engine));
      assert.deepEqual(restored.engine, live.engine);
      assert.deepEqual(counters(restored), counters(live));
    }),
    { numRuns: 300 },
  );
});

Deno.test("Engine: those who publish are told of everything that a restored state holds", () => {
  fc.assert(
    fc.property(journals, (texts) => {
      const live = createIngest(options);
      for (const text of texts) ingestFrame(live, text);
      const { market } = live.engine;
      const changes = restoreIngest(createIngest(options), structuredClone(live));
      const named = (kind: string) =>
        changes.flatMap((change) =>
          change.kind === kind && "symbol" in change ? [change.symbol] : []
        );
      assert.deepEqual(named("instrument"), [...market.instruments.keys()]);
      assert.deepEqual(named("index"), [...market.indices.keys()]);
      assert.deepEqual(
        changes.filter(({ kind }) => kind === "day" || kind === "reference"),
        [{ kind: "day", tradingDate: market.tradingDate }, { kind: "reference" }],
      );
    }),
  );
});

Deno.test("Engine: a restored engine is the same object as before, under its own options", () => {
  const ingest = createIngest(options);
  const { engine } = ingest;
  restoreIngest(ingest, createIngest({ classifier: "quote", symbolsMax: 1 }));
  assert.equal(ingest.engine, engine);
  assert.deepEqual(engine.options, options);
});
