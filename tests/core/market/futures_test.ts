import assert from "node:assert/strict";
import {
  listedVn30Futures,
  parseFuturesCode,
  vn30FuturesCode,
} from "../../../core/market/futures.ts";

Deno.test("KRX codes give underlying, month and last trading day (B-13, B-38)", () => {
  const expected = [
    ["41I1GC000", "VN30", "2026-12", "2026-12-17"],
    ["41I1H1000", "VN30", "2027-01", "2027-01-21"],
    ["41I1FA000", "VN30", "2025-10", "2025-10-16"],
    ["41I2GC000", "VN100", "2026-12", "2026-12-17"],
  ] as const;
  for (const [code, underlying, month, lastTradingDate] of expected) {
    assert.deepEqual(parseFuturesCode(code), { code, underlying, month, lastTradingDate });
  }
});

Deno.test("Codes with a month beyond C or a letter that the year cycle skips are no futures", () => {
  for (const code of ["41I1GD000", "41I1I1000", "41I1O1000", "41I1U1000", "41I1G0000", "AAA"]) {
    assert.equal(parseFuturesCode(code), null, code);
  }
});

Deno.test("Lower-case KRX codes and the old names are read too (B-38)", () => {
  assert.equal(parseFuturesCode("41i1g8000")?.month, "2026-08");
  assert.equal(parseFuturesCode("VN30F2606")?.month, "2026-06");
  assert.equal(parseFuturesCode("VN30F2613"), null);
});

Deno.test("A last trading day that is a holiday moves to the trading day before it (B-13)", () => {
  // The third Thursday of February 2026 lies in the Lunar New Year week.
  assert.equal(parseFuturesCode("41I1G2000")?.lastTradingDate, "2026-02-13");
});

Deno.test("The front contract is listed through its last day and gone the day after", () => {
  const codes = (date: string) => listedVn30Futures(date).map((future) => future.code);
  assert.deepEqual(codes("2026-11-19"), ["41I1GB000", "41I1GC000", "41I1H3000", "41I1H6000"]);
  assert.deepEqual(codes("2026-11-20"), ["41I1GC000", "41I1H1000", "41I1H3000", "41I1H6000"]);
  assert.deepEqual(codes("2026-01-05"), ["41I1G1000", "41I1G2000", "41I1G3000", "41I1G6000"]);
});

Deno.test("Writing a code and reading it back gives the same month for the whole cycle", () => {
  for (let year = 2010; year < 2040; year++) {
    for (let month = 1; month <= 12; month++) {
      const wanted = `${year}-${String(month).padStart(2, "0")}`;
      assert.equal(parseFuturesCode(vn30FuturesCode(year, month))?.month, wanted);
    }
  }
});
