import assert from "node:assert/strict";
import fc from "fast-check";
import { TradeRing } from "../../../core/hub/trade_ring.ts";
import { TRADE_METHODS, TRADE_SIDES, type TradeEntry } from "../../../core/wire/trade.ts";

const entry: fc.Arbitrary<TradeEntry> = fc.tuple(
  fc.constantFrom(0, 1_795_400_107_000),
  fc.constantFrom(null, 0.01, 1_850.3, 1e12),
  fc.constantFrom(0, 100, Number.MAX_SAFE_INTEGER),
  fc.constantFrom(...TRADE_SIDES),
  fc.constantFrom(...TRADE_METHODS),
  fc.constantFrom(0, 1_200_000, Number.MAX_SAFE_INTEGER),
  fc.constantFrom(0 as const, 1 as const),
);

const act = fc.oneof(
  { weight: 8, arbitrary: entry.map((entry) => ({ do: "add" as const, entry })) },
  { weight: 1, arbitrary: fc.nat(99).map((skip) => ({ do: "restart" as const, skip })) },
  { weight: 1, arbitrary: fc.nat(99).map((skip) => ({ do: "renumber" as const, skip })) },
);

Deno.test("A ring holds the newest entries bit for bit, under their numbers", () => {
  fc.assert(
    fc.property(
      fc.constantFrom(1, 8, 13),
      fc.array(act, { maxLength: 60 }),
      fc.nat(120),
      (max, acts, base) => {
        const ring = new TradeRing(max);
        let [next, held] = [0, [] as TradeEntry[]];
        for (const one of acts) {
          if (one.do === "add") {
            ring.add(one.entry);
            held = [...held, one.entry].slice(-max);
            next++;
            continue;
          }
          next += one.skip;
          if (one.do === "renumber") ring.renumber(next);
          else {
            ring.restart(next);
            held = [];
          }
        }
        const first = next - held.length;
        assert.deepEqual([ring.first(), ring.next()], [first, next]);
        assert.deepEqual(ring.from(0), { from: first, entries: held });
        const from = Math.max(first, base);
        assert.deepEqual(ring.from(base), { from, entries: held.slice(from - first) });
      },
    ),
    { numRuns: 300 },
  );
});
