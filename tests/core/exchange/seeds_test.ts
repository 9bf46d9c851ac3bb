import assert from "node:assert/strict";
import fc from "fast-check";
import { createDayOf } from "../../../core/exchange/day.ts";
import { vn30PriorE2 } from "../../../core/exchange/indices.ts";
import { SCENARIOS } from "../../../core/exchange/types.ts";
import { buildUniverse } from "../../../core/exchange/universe.ts";
import { num, play } from "./play.ts";

/** A few listings of each kind and board: cheap enough to play many whole days. */
function fewListings(seed: number, date: string) {
  return buildUniverse(seed, date, vn30PriorE2(seed, date)).filter((listing, i) =>
    listing.warrant === null && (i % 60 === 0 || listing.exchange === "DERIVATIVES")
  );
}

Deno.test("any seed, scenario and date give a day of uncrossed books and matches in the band", () => {
  const dates = fc.constantFrom("2026-11-20", "2026-12-17", "2026-12-18", "2027-03-01");
  fc.assert(
    fc.property(fc.integer(), fc.constantFrom(...SCENARIOS), dates, (seed, scenario, date) => {
      const listings = fewListings(seed, date);
      const bands = new Map(listings.map((l) => [l.instrument.symbol, l.band]));
      const totals = new Map<string, number>();
      const day = createDayOf({
        seed,
        scenario,
        date,
        onTrade: ({ symbol, priceE2, volume, totalVolume }) => {
          const { floorE2, ceilingE2 } = bands.get(symbol)!;
          assert.ok(priceE2 >= floorE2 && priceE2 <= ceilingE2, `${symbol} ${priceE2}`);
          assert.equal(totalVolume, (totals.get(symbol) ?? 0) + volume, symbol);
          totals.set(symbol, totalVolume);
        },
      }, listings);
      play(day, "23:59:59", (channel) => channel === "X-QUOTE", (message) => {
        const bid = num(message, "BidPrice1");
        const ask = num(message, "AskPrice1");
        assert.ok(bid === 0 || ask === 0 || bid < ask, `${message.symbol} ${bid} ${ask}`);
      });
      assert.ok(day.done && totals.size > 20, `${totals.size} symbols traded`);
    }),
    { numRuns: 5 },
  );
});
