import assert from "node:assert/strict";
import fc from "fast-check";
import { tickE2 } from "../../../core/market/instrument.ts";
import { VN30_SEED } from "../../../core/market/vn30.ts";
import { Security } from "../../../core/exchange/security.ts";
import { buildUniverse } from "../../../core/exchange/universe.ts";
import { DATE, dayOf } from "./play.ts";

const day = dayOf();
const on = (exchange: string) => day.instruments.filter((i) => i.exchange === exchange);

Deno.test("at least 1,600 different symbols trade on three boards, beside four futures", () => {
  const symbols = new Set(day.instruments.map(({ symbol }) => symbol));
  assert.equal(symbols.size, day.instruments.length);
  const counts = [on("HOSE").length, on("HNX").length, on("UPCOM").length];
  assert.deepEqual(counts, [412, 310, 890]);
  assert.deepEqual(on("DER").map(({ symbol }) => symbol), [
    "41I1GC000",
    "41I1H1000",
    "41I1H3000",
    "41I1H6000",
  ]);
});

Deno.test("the thirty VN30 names are on HOSE and are the members of VN30", () => {
  const hose = new Set(on("HOSE").map(({ symbol }) => symbol));
  for (const symbol of VN30_SEED) assert.ok(hose.has(symbol), symbol);
  const vn30 = day.indices.find(({ id }) => id === "VN30")!;
  assert.deepEqual([...vn30.members].sort(), VN30_SEED);
});

Deno.test("funds and warrants trade on HOSE and count in no index", () => {
  const others = on("HOSE").filter(({ kind }) => kind !== "stock");
  assert.deepEqual([...new Set(others.map(({ kind }) => kind))], ["etf", "warrant"]);
  for (const { symbol } of others) {
    assert.ok(day.indices.every(({ members }) => !members.includes(symbol)), symbol);
  }
});

Deno.test("the common indices are spelt as on the wire and have members", () => {
  const ids = day.indices.map(({ id }) => id);
  for (const id of ["VNINDEX", "VN30", "VN100", "HNX30", "HNXIndex", "HNXUpcomIndex"]) {
    assert.ok(ids.includes(id), id);
  }
  const size = (id: string) => day.indices.find((index) => index.id === id)!.members.length;
  assert.deepEqual([size("VN100"), size("HNX30"), size("HNXIndex")], [100, 30, 310]);
  assert.equal(size("VNINDEX"), 372);
  assert.equal(size("HNXUpcomIndex"), 890);
});

Deno.test("every reference price is on the grid inside its band on any day and under any seed", () => {
  fc.assert(
    fc.property(fc.integer(), fc.constantFrom(DATE, "2026-12-17", "2027-03-01"), (seed, date) => {
      for (
        const { instrument, exchange, referenceE2, band } of buildUniverse(seed, date, 195_000)
      ) {
        const { symbol, kind } = instrument;
        assert.equal(referenceE2 % tickE2(exchange, kind, referenceE2), 0, symbol);
        assert.ok(band.floorE2 > 0 && band.floorE2 < referenceE2, symbol);
        assert.ok(band.ceilingE2 > referenceE2, symbol);
      }
    }),
    { numRuns: 6 },
  );
});

Deno.test("tickers and names stay the same from day to day", () => {
  const names = (seed: number, date: string) =>
    buildUniverse(seed, date, 195_000)
      .filter(({ instrument }) => instrument.kind === "stock")
      .map(({ instrument }) =>
        `${instrument.symbol} ${instrument.nameVi} ${instrument.listedShares}`
      );
  assert.deepEqual(names(1, DATE), names(2, "2026-11-23"));
});

Deno.test("a few UPCOM names have no foreign room figure", () => {
  const listings = buildUniverse(1, DATE, 195_000);
  const without = listings.filter((l) => l.totalRoom === 0 && l.exchange !== "DERIVATIVES");
  assert.ok(without.length >= 5 && without.length <= 60, `${without.length}`);
  assert.ok(without.every(({ exchange }) => exchange === "UPCOM"));
});

Deno.test("the levels of every book run from the floor to the ceiling by way of the reference", () => {
  for (const seed of [1, 2, 3]) {
    for (const listing of buildUniverse(seed, DATE, 195_000)) {
      const security = new Security(listing, seed);
      const { priceE2, topLevel, referenceLevel } = security;
      const { floorE2, ceilingE2 } = listing.band;
      assert.deepEqual([priceE2[0], priceE2[topLevel]], [floorE2, ceilingE2], security.symbol);
      assert.equal(priceE2[referenceLevel], listing.referenceE2, security.symbol);
    }
  }
});
