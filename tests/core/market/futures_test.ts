import assert from "node:assert/strict";
import {
  futuresAlias,
  listedVn30Futures,
  parseFuturesCode,
  resolveAlias,
  vn30FuturesCode,
} from "../../../core/market/futures.ts";
import { isTradingDay } from "../../../core/market/calendar.ts";
import { addDays, weekday } from "../../../core/market/time.ts";

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

Deno.test("Known last trading days of nine years come out, old codes and new (B-13)", () => {
  const expected = [
    ["VN30F1708", "2017-08-17"], // the first future ever listed
    ["VN30F1902", "2019-02-21"],
    ["VN30F2001", "2020-01-16"],
    ["VN30F2405", "2024-05-16"],
    ["VN30F2504", "2025-04-17"],
    ["41I1F8000", "2025-08-21"],
    ["41I1FA000", "2025-10-16"],
    ["41I1FB000", "2025-11-20"],
    ["41I1G4000", "2026-04-16"],
    ["41I1G6000", "2026-06-18"],
    ["VN30F2606", "2026-06-18"],
    ["41I1G8000", "2026-08-20"],
    ["41I1H3000", "2027-03-18"],
    ["41I2H6000", "2027-06-17"],
  ] as const;
  for (const [code, date] of expected) {
    assert.equal(parseFuturesCode(code)?.lastTradingDate, date, code);
  }
});

Deno.test("A future ends on the third Thursday, or the last trading day before it, never on the last one (B-13)", () => {
  for (let year = 2018; year <= 2032; year++) {
    for (let month = 1; month <= 12; month++) {
      const code = vn30FuturesCode(year, month);
      const { lastTradingDate } = parseFuturesCode(code)!;
      const first = `${year}-${String(month).padStart(2, "0")}-01`;
      const third = Array.from({ length: 31 }, (_, i) => addDays(first, i))
        .filter((date) => weekday(date) === 4)[2]!;
      assert.ok(isTradingDay(lastTradingDate) && lastTradingDate <= third, code);
      for (let day = addDays(lastTradingDate, 1); day <= third; day = addDays(day, 1)) {
        assert.ok(!isTradingDay(day), `${code}: ${day} would have been the last day`);
      }
    }
  }
});

Deno.test("Rolling names follow the listed contracts, and move on the day after the expiry (F-017)", () => {
  const codes = (date: string) =>
    ["VN30F1M", "VN30F2M", "VN30F1Q", "VN30F2Q"].map((name) => resolveAlias(name, date)?.code);
  assert.deepEqual(codes("2026-11-19"), ["41I1GB000", "41I1GC000", "41I1H3000", "41I1H6000"]);
  assert.deepEqual(codes("2026-11-20"), ["41I1GC000", "41I1H1000", "41I1H3000", "41I1H6000"]);
  // The expiry of February 2026 came before the holiday week.
  assert.equal(resolveAlias("VN30F1M", "2026-02-13")?.code, "41I1G2000");
  assert.equal(resolveAlias("VN30F1M", "2026-02-14")?.code, "41I1G3000");
  assert.equal(resolveAlias("vn30f1m", "2026-12-31")?.code, "41I1H1000");
});

Deno.test("Rolling names of VN100 give VN100 contracts, anything else is no such name (F-017)", () => {
  assert.equal(resolveAlias("VN100F1M", "2026-11-20")?.code, "41I2GC000");
  for (const name of ["VN30F3M", "VN30F1", "VN30F2612", "41I1GC000", "GB05F1M", ""]) {
    assert.equal(resolveAlias(name, "2026-11-20"), null, name);
  }
});

Deno.test("A contract has the rolling name that stands for it on the date, in either spelling", () => {
  assert.equal(futuresAlias("41I1GC000", "2026-11-27"), "VN30F1M");
  assert.equal(futuresAlias("VN30F2612", "2026-11-27"), "VN30F1M");
  assert.equal(futuresAlias("41I1GC000", "2026-11-19"), "VN30F2M");
  assert.equal(futuresAlias("41I2H6000", "2026-11-27"), "VN100F2Q");
  // Expired, not listed yet, of an underlying without such names, no future.
  for (const code of ["41I1GB000", "41I1H2000", "41B5GC000", "FPT"]) {
    assert.equal(futuresAlias(code, "2026-11-27"), null, code);
  }
});
