import assert from "node:assert/strict";
import fc from "fast-check";
import { sumSides } from "../../core/analytics/volume.ts";
import type { TradeChange } from "../../core/engine/change.ts";
import { stateHash } from "../../core/engine/hash.ts";
import { counters, createIngest, type Ingest, ingestFrame } from "../../core/engine/ingest.ts";
import { createEngine } from "../../core/engine/state.ts";
import { step } from "../../core/engine/step.ts";
import { boardRow } from "../../core/engine/views.ts";
import { BOARD_FIELDS } from "../../core/wire/board.ts";
import { INIT_FRAME } from "../support/ssi_frames.ts";
import { at, preOpenEvent, quoteEvent } from "../support/trade_events.ts";
import { drawnFrames, drawnTrades, shuffled, tradesOfDay, volumeOf } from "./ingest_day.ts";
import { BUCKETS } from "../../core/wire/trade_label.ts";

const RUNS = 1_000;
const options = { classifier: "feed", symbolsMax: 10 } as const;

function replay(frames: readonly string[]): Ingest {
  const ingest = createIngest(options);
  for (const text of frames) ingestFrame(ingest, text);
  return ingest;
}

const hashOf = (frames: readonly string[]) => stateHash(replay(frames).engine);

Deno.test("Engine: a restart at any record and a replay of the journal give the same hash (P13)", () => {
  fc.assert(
    fc.property(drawnFrames, fc.nat(), (frames, pick) => {
      const live = replay(frames);
      const restarted = replay(frames.slice(0, pick % (frames.length + 1)));
      for (const text of frames.slice(pick % (frames.length + 1))) ingestFrame(restarted, text);
      assert.equal(stateHash(restarted.engine), stateHash(live.engine));
      assert.deepEqual(counters(restarted), counters(live));
    }),
    { numRuns: RUNS },
  );
});

Deno.test("Engine: every frame again, at once, changes nothing (I2)", () => {
  fc.assert(
    fc.property(drawnFrames, fc.integer({ min: 1, max: 3 }), (frames, copies) => {
      // The frame that begins a connection is no data: after it, snapshots are baselines again.
      const repeated = frames.flatMap((text) => Array<string>(copies).fill(text));
      assert.equal(hashOf(repeated), hashOf(frames));
    }),
    { numRuns: RUNS },
  );
});

Deno.test("Engine: a trade message of earlier again, at any time, changes no sum and no price (I2)", () => {
  fc.assert(
    fc.property(drawnTrades(40), fc.nat(), (drawn, pick) => {
      const engine = createEngine(options);
      step(engine, preOpenEvent());
      const day = tradesOfDay(drawn);
      for (const trade of day) step(engine, trade);
      const hash = stateHash(engine);
      const changes = step(engine, day[pick % day.length]!);
      assert.equal(stateHash(engine), hash);
      assert.equal(changes.some(({ kind }) => kind === "trade" || kind === "gap"), false);
    }),
    { numRuns: RUNS },
  );
});

Deno.test("Engine: the last frames again, in their order, change no sum (I2)", () => {
  const sums = (ingest: Ingest) =>
    [...ingest.engine.market.instruments.values()].map(({ symbol, tape, volumes, lastE2 }) => ({
      ...{ symbol, head: tape.head, counted: tape.counted, volumes, lastE2 },
    }));
  fc.assert(
    fc.property(drawnFrames, fc.nat(), fc.nat({ max: 30 }), (frames, pick, window) => {
      const end = 1 + pick % frames.length;
      // Inside one connection: what comes first after a connect is a baseline, repeated or not.
      const start = Math.max(end - window, frames.lastIndexOf(INIT_FRAME, end - 1) + 1);
      const again = frames.slice(start, end);
      const repeated = replay([...frames.slice(0, end), ...again, ...frames.slice(end)]);
      assert.deepEqual(sums(repeated), sums(replay(frames)));
    }),
    { numRuns: RUNS },
  );
});

Deno.test("Engine: any order of a day's trades gives the same volume, none of it missing (I9, P1)", () => {
  const arbitrary = drawnTrades(40).chain((drawn) =>
    shuffled(tradesOfDay(drawn)).map((order) => ({ drawn, order }))
  );
  fc.assert(
    fc.property(arbitrary, ({ drawn, order }) => {
      const engine = createEngine(options);
      step(engine, preOpenEvent());
      const trades: TradeChange[] = [];
      for (const trade of order) {
        for (const change of step(engine, trade)) if (change.kind === "trade") trades.push(change);
      }
      const { volumes, tape } = engine.market.instruments.get("AAA")!;
      assert.deepEqual([sumSides(volumes), tape.missing], [volumeOf(drawn), 0]);
      // Each trade of the day was reported once, under its own identity.
      const keys = trades.map((trade) => trade.totalVolume).sort((a, b) => a - b);
      assert.deepEqual(keys, tradesOfDay(drawn).map((trade) => trade.totalVolume));
      // What the exchange flagged keeps its side in every order.
      for (const { feedSide, side } of trades) if (feedSide !== null) assert.equal(side, feedSide);
    }),
    { numRuns: RUNS },
  );
});

Deno.test("Engine: after every frame the sums add up, per symbol and over all counters (I1, I3, P6, F-043)", () => {
  const neutral = BOARD_FIELDS.indexOf("neutVol");
  fc.assert(
    fc.property(drawnFrames, (frames) => {
      const ingest = createIngest(options);
      for (const text of frames) {
        ingestFrame(ingest, text);
        for (const { symbol, volumes, tape } of ingest.engine.market.instruments.values()) {
          assert.equal(tape.counted + tape.missing, tape.head);
          assert.equal(sumSides(volumes), tape.counted);
          for (const side of ["buy", "sell", "none", "buyVnd", "sellVnd", "noneVnd"] as const) {
            const parts = BUCKETS.reduce((sum, bucket) => sum + volumes.buckets[bucket][side], 0);
            assert.equal(parts, volumes[side]);
          }
          const row = boardRow(ingest.engine, symbol);
          if (row[neutral] !== null) assert.equal(row[neutral], volumes.none + tape.missing);
        }
      }
      const counts = counters(ingest);
      const sum = (record: Readonly<Record<string, number>>) =>
        Object.values(record).reduce((total, count) => total + count, 0);
      assert.equal(sum(counts.trades), counts.events.trade);
      assert.equal(sum(counts.frames), frames.length);
      assert.equal(counts.decoded + sum(counts.refused), counts.messages);
      const { instruments } = ingest.engine.market;
      const volume = [...instruments.values()].reduce((total, { tape }) => total + tape.head, 0);
      assert.equal(sum(counts.methodVolume), volume);
      assert.equal(sum(counts.reasonVolume), volume);
    }),
    { numRuns: RUNS },
  );
});

Deno.test("Engine: the book held is the newest put, and no more symbols than the limit (P8)", () => {
  const quote = fc.record({
    symbol: fc.constantFrom("AAA", "BBB", "CCC"),
    second: fc.integer({ min: 10, max: 20 }),
    bid: fc.integer({ min: 1, max: 5 }),
  });
  fc.assert(
    fc.property(fc.array(quote, { maxLength: 30 }), (quotes) => {
      const engine = createEngine({ ...options, symbolsMax: 2 });
      const newest = new Map<string, { second: number; bid: number }>();
      for (const { symbol, second, bid } of quotes) {
        const held = newest.get(symbol);
        const hash = stateHash(engine);
        const exchangeMs = at(`10:00:${second}`);
        const changes = step(engine, quoteEvent(bid, bid + 1, { symbol, exchangeMs }));
        const full = held === undefined && newest.size === 2;
        if (full || (held !== undefined && second < held.second)) {
          assert.deepEqual(changes, []);
          assert.equal(stateHash(engine), hash);
        } else newest.set(symbol, { second, bid });
      }
      const { instruments } = engine.market;
      assert.equal(instruments.size, newest.size);
      for (const [symbol, { bid }] of newest) {
        assert.equal(instruments.get(symbol)?.bids[0]?.priceE2, bid);
      }
    }),
    { numRuns: RUNS },
  );
});

Deno.test("Engine: a garbled frame between two good ones leaves all symbols as they were", () => {
  fc.assert(
    fc.property(drawnFrames, fc.nat(), fc.nat(), (frames, pick, cut) => {
      const index = pick % frames.length;
      const victim = frames[index]!;
      const broken = victim.slice(0, 1 + cut % (victim.length - 1));
      assert.equal(
        hashOf([...frames.slice(0, index), broken, ...frames.slice(index)]),
        hashOf(frames),
      );
    }),
    { numRuns: RUNS },
  );
});
