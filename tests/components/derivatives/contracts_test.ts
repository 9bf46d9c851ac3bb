import assert from "node:assert/strict";
import { contractViews, timeToExpiry } from "../../../components/derivatives/contracts.ts";
import { DEC_ROW } from "./future_rows.ts";

Deno.test("Contracts stand VN30 before VN100, nearest first, under the names of traders (F-205, B-38)", () => {
  const codes = ["41I2GC000", "41I1H6000", "41I1GC000", "41I1H3000", "41I1H1000"];
  const board = codes.map((symbol) => ({ symbol }));
  const names = contractViews({ board, derivatives: [], vn30: null }).map(({ alias }) => alias);
  assert.deepEqual(names, ["VN30F1M", "VN30F2M", "VN30F1Q", "VN30F2Q", "VN100F1M"]);
});

Deno.test("A contract that has not traded stands with its references and nothing made up (F-212)", () => {
  const board = [{ symbol: "41I1H1000", ref: 1_970, ceil: 2_107.9, floor: 1_832.1 }];
  const [future] = contractViews({ board, derivatives: [DEC_ROW], vn30: 1_990 }).slice(1);
  assert.deepEqual(
    [future!.code, future!.ref, future!.last, future!.basis, future!.expiry],
    ["41I1H1000", 1_970, null, null, "2027-01-21"],
  );
});

Deno.test("Each contract has a basis of its own (B-08)", () => {
  const january = { ...DEC_ROW, symbol: "41I1H1000", last: 1_985, basis: -5.15 };
  const found = contractViews({ board: [], derivatives: [january, DEC_ROW], vn30: 1_990.15 });
  assert.deepEqual(found.map(({ basis }) => basis), [0.85, -5.15]);
});

Deno.test("Time to expiry counts sessions without weekends and holidays (B-13)", () => {
  assert.deepEqual(timeToExpiry("2026-11-26", "2026-12-17"), { days: 21, sessions: 15 });
  // National Day, 2 September, and the day beside it.
  assert.deepEqual(timeToExpiry("2026-08-31", "2026-09-04").days, 4);
  assert.ok(timeToExpiry("2026-08-31", "2026-09-04").sessions < 4);
  assert.deepEqual(timeToExpiry("2026-12-17", "2026-12-17"), { days: 0, sessions: 0 });
});
