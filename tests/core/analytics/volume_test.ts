import assert from "node:assert/strict";
import type { TradeSide } from "../../../core/analytics/classify.ts";
import {
  addVolume,
  clearVolumes,
  type CountedMethod,
  type CountedTrade,
  createVolumes,
  sumSides,
  tradeValueVnd,
  type VolumeTotals,
} from "../../../core/analytics/volume.ts";
import { type Bucket, BUCKETS } from "../../../core/wire/trade_label.ts";

const SIDES = ["buy", "sell", "none"] as const;
const METHODS = Object.keys(createVolumes().methods) as CountedMethod[];

/** 100 shares bought at 10,000 VND in continuous matching. */
const counted = (changes: Partial<CountedTrade> = {}): CountedTrade => ({
  exchange: "HOSE",
  priceE2: 1_000_000,
  volume: 100,
  side: "buy",
  method: "feed",
  phase: "continuous",
  ...changes,
});

function totalsOf(...trades: readonly Partial<CountedTrade>[]): VolumeTotals {
  const totals = createVolumes();
  for (const trade of trades) addVolume(totals, counted(trade));
  return totals;
}

/** Every number of the totals that is not 0, by its path. */
function told(totals: VolumeTotals): Record<string, number> {
  const flat: Record<string, number> = {};
  const walk = (value: object, path: string) => {
    for (const [key, item] of Object.entries(value)) {
      if (typeof item === "number" && item !== 0) flat[path + key] = item;
      else if (typeof item === "object") walk(item, `${path}${key}.`);
    }
  };
  walk(totals, "");
  return flat;
}

for (const phase of BUCKETS) {
  for (const side of SIDES) {
    Deno.test(`A trade with side ${side} in ${phase} is in that cell, in the total and in its method, and nowhere else (F-039, F-041)`, () => {
      assert.deepEqual(told(totalsOf({ phase, side, method: "quote", volume: 300 })), {
        [side]: 300,
        [`${side}Vnd`]: 3_000_000,
        [`buckets.${phase}.${side}`]: 300,
        [`buckets.${phase}.${side}Vnd`]: 3_000_000,
        "methods.quote": 300,
      });
    });
  }
}

for (const method of METHODS) {
  Deno.test(`Volume found by ${method} is summed under it (F-039)`, () => {
    const totals = totalsOf({ method }, { method, volume: 1 });
    assert.equal(totals.methods[method], 101);
    assert.equal(METHODS.reduce((sum, name) => sum + totals.methods[name], 0), 101);
  });
}

Deno.test("Before the first trade every sum is zero", () => {
  assert.deepEqual(told(createVolumes()), {});
  assert.equal(sumSides(createVolumes()), 0);
});

Deno.test("For each side, in volume and in value, the parts of a day sum to the total (F-043)", () => {
  const totals = createVolumes();
  let volume = 0;
  for (const phase of BUCKETS) {
    for (const side of SIDES) addVolume(totals, counted({ phase, side, volume: ++volume }));
  }
  for (const key of ["buy", "sell", "none", "buyVnd", "sellVnd", "noneVnd"] as const) {
    const parts = BUCKETS.reduce((sum, bucket) => sum + totals.buckets[bucket][key], 0);
    assert.equal(parts, totals[key], key);
  }
  assert.equal(sumSides(totals), 15 * 16 / 2);
});

Deno.test("A running sum takes every trade and forgets none (F-039)", () => {
  const trades = Array.from({ length: 1_000 }, (_, i) => ({
    volume: 1 + i % 7,
    side: SIDES[i % 3] as TradeSide,
    phase: BUCKETS[i % 5] as Bucket,
  }));
  const totals = totalsOf(...trades);
  assert.equal(sumSides(totals), trades.reduce((sum, { volume }) => sum + volume, 0));
  const bought = trades.filter(({ side }) => side === "buy");
  assert.equal(totals.buy, bought.reduce((sum, { volume }) => sum + volume, 0));
});

Deno.test("The order of trades changes no sum (F-039)", () => {
  const trades = [{ volume: 1 }, { side: "sell", volume: 20 }, {
    phase: "atc",
    volume: 300,
  }] as const;
  assert.deepEqual(totalsOf(...trades), totalsOf(...trades.toReversed()));
});

Deno.test("The value of shares is price times volume in VND, exact for every price step (B-02)", () => {
  assert.equal(tradeValueVnd(counted()), 1_000_000);
  assert.equal(tradeValueVnd(counted({ priceE2: 1_005_000, volume: 1 })), 10_050);
  assert.equal(tradeValueVnd(counted({ exchange: null })), 1_000_000);
});

Deno.test("The value of a contract is its points times 100,000 VND (B-02)", () => {
  const contract = { exchange: "DERIVATIVES", priceE2: 193_450, volume: 2 } as const;
  assert.equal(tradeValueVnd(counted(contract)), 386_900_000);
  assert.equal(totalsOf(contract).buyVnd, 386_900_000);
});

Deno.test("A day of the whole market keeps its value to the last VND", () => {
  const trade = { priceE2: 10_000_000, volume: 1_000_000_000 };
  const totals = totalsOf(trade, { priceE2: 100, volume: 1 });
  assert.equal(totals.buyVnd, 100_000_000_000_001);
});

Deno.test("Missing volume cannot be counted as a trade (N-02)", () => {
  assert.throws(() => totalsOf({ method: "gap" }), /Cannot count missing volume/);
});

Deno.test("After a re-base every sum is zero again, agreement too, and counting goes on", () => {
  const totals = totalsOf({ phase: "ato", side: "none", method: "auction" }, {}, { side: "sell" });
  totals.agree = 5;
  totals.disagree = 6;
  clearVolumes(totals);
  assert.deepEqual(totals, createVolumes());
  addVolume(totals, counted());
  assert.deepEqual(totals, totalsOf({}));
});
