import assert from "node:assert/strict";
import * as fc from "fast-check";
import {
  editDistance,
  foldedTicker,
  nearMatches,
} from "../../../components/symbol/near_matches.ts";

const SYMBOLS = ["FPT", "FRT", "FTS", "HPG", "HPX", "VNM", "VND", "DCM", "41I1GC000", "41I1H1000"];

Deno.test("near matches - capitals, marks of Vietnamese and stray signs do not matter", () => {
  assert.equal(foldedTicker("đcm"), "DCM");
  assert.equal(foldedTicker(" hợ-pg! "), "HOPG");
  assert.equal(nearMatches("đcm", SYMBOLS, 3)[0], "DCM");
  assert.deepEqual(nearMatches("<script>", SYMBOLS, 3), []);
});

Deno.test("near matches - nearest first: what begins so, a slip, two slips in a long code", () => {
  assert.deepEqual(nearMatches("VN", SYMBOLS, 2), ["VND", "VNM"]);
  assert.deepEqual(nearMatches("FTP", SYMBOLS, 9), ["FPT", "FTS"]);
  assert.deepEqual(nearMatches("41I1GC00", SYMBOLS, 9), ["41I1GC000"]);
  assert.deepEqual(nearMatches("41I1GC99", SYMBOLS, 9), []);
  assert.deepEqual(nearMatches("ZZZ", SYMBOLS, 9), []);
  assert.deepEqual(nearMatches("", SYMBOLS, 9), []);
});

Deno.test("near matches - the distance is that of a metric, and a swap is one step", () => {
  assert.equal(editDistance("FTP", "FPT"), 1);
  assert.equal(editDistance("", "HPG"), 3);
  const ticker = fc.string({ unit: fc.constantFrom("A", "B", "C"), maxLength: 5 });
  fc.assert(fc.property(ticker, ticker, (a, b) => {
    assert.equal(editDistance(a, b), editDistance(b, a));
    assert.equal(editDistance(a, b) === 0, a === b);
    assert.ok(editDistance(a, b) >= Math.abs(a.length - b.length));
  }));
});
