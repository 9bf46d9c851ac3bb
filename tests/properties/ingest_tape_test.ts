import assert from "node:assert/strict";
import fc from "fast-check";
import { ADMISSION_KINDS, admit, createTape } from "../../core/tape/tape.ts";
import type { TradeEvent } from "../../core/market/event.ts";
import { drawnTrades, shuffled, tradesOfDay, volumeOf } from "./ingest_day.ts";

const RUNS = 1_000;

function play(trades: readonly TradeEvent[]) {
  const tape = createTape();
  for (const trade of trades) admit(tape, trade, false);
  return tape;
}

Deno.test("Tape: any order and any repeats of a day's trades count each once (P1)", () => {
  const arbitrary = drawnTrades(60).chain((drawn) => {
    const day = tradesOfDay(drawn);
    return fc.array(fc.constantFrom(...day), { maxLength: 60 })
      .chain((repeats) =>
        fc.record({ drawn: fc.constant(drawn), order: shuffled([...day, ...repeats]) })
      );
  });
  fc.assert(
    fc.property(arbitrary, ({ drawn, order }) => {
      const tape = play(order);
      const total = volumeOf(drawn);
      assert.deepEqual([tape.head, tape.counted, tape.missing], [total, total, 0]);
      assert.deepEqual(tape.gaps, []);
    }),
    { numRuns: RUNS },
  );
});

Deno.test("Tape: what a subset leaves out is missing, in at most as many holes as losses (P2)", () => {
  const arbitrary = drawnTrades(60).chain((drawn) => {
    const day = tradesOfDay(drawn);
    return fc.shuffledSubarray(day, { minLength: 1 }).map((delivered) => ({ day, delivered }));
  });
  fc.assert(
    fc.property(arbitrary, ({ day, delivered }) => {
      const tape = play(delivered);
      const last = Math.max(...delivered.map((trade) => trade.totalVolume));
      const lost = day.filter((trade) => trade.totalVolume < last && !delivered.includes(trade));
      assert.equal(tape.head, last);
      assert.equal(tape.missing, lost.reduce((sum, trade) => sum + trade.lastVolume, 0));
      assert.ok(tape.gaps.length / 2 <= lost.length);
      for (let i = 1; i < tape.gaps.length; i++) assert.ok(tape.gaps[i - 1]! < tape.gaps[i]!);
    }),
    { numRuns: RUNS },
  );
});

Deno.test("Tape: whatever the feed claims, counted and missing make the head and never go below 0", () => {
  const message = fc.record({
    lastVolume: fc.integer({ min: 0, max: 6 }),
    totalVolume: fc.integer({ min: 0, max: 40 }),
    secondsOn: fc.integer({ min: -2, max: 4 }),
    lastE2: fc.option(fc.integer({ min: 1, max: 100 })),
    baseline: fc.boolean().chain((first) => first ? fc.boolean() : fc.constant(false)),
  });
  const seen = new Set<string>();
  fc.assert(
    fc.property(fc.array(message, { maxLength: 80 }), (messages) => {
      const tape = createTape();
      const template = tradesOfDay([{ lots: 1, ticks: 0, seconds: 0, side: null }])[0]!;
      let exchangeMs = template.exchangeMs;
      for (const { baseline, secondsOn, ...drawn } of messages) {
        exchangeMs += secondsOn * 1_000;
        const fields = { ...drawn, exchangeMs };
        const before = structuredClone(tape);
        const admission = admit(tape, { ...template, ...fields }, baseline);
        seen.add(admission.kind);
        const open = tape.gaps.reduce((sum, edge, i) => sum + (i % 2 === 0 ? -edge : edge), 0);
        assert.equal(tape.counted + tape.missing, tape.head);
        assert.equal(open + tape.sealed, tape.missing);
        assert.ok(tape.counted >= 0 && open >= 0);
        if (admission.kind !== "rebased") {
          assert.equal(tape.counted - before.counted, admission.volume);
        }
        const again = admit(tape, { ...template, ...fields }, baseline);
        assert.equal(again.volume, 0, "the same message again counts nothing");
      }
    }),
    { numRuns: RUNS },
  );
  assert.deepEqual([...seen].sort(), [...ADMISSION_KINDS].sort(), "every verdict is reached");
});
