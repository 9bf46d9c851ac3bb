import assert from "node:assert/strict";
import { pastDates } from "../../../core/exchange/past_terms.ts";
import type { DayFigures } from "../../../core/exchange/types.ts";
import { isTradingDay, nextTradingDay } from "../../../core/market/calendar.ts";
import { bandOf, tickE2 } from "../../../core/market/instrument.ts";
import { DATE, dayOf, num, play, smallDayOf } from "./play.ts";

const day = dayOf();
const dates = [...pastDates(DATE)].sort();
/** Every twentieth security of every board and kind, and the futures. */
const sample = day.instruments.filter(({ kind }, i) => kind === "future" || i % 20 === 0);

const history = (symbol: string) => dates.map((date) => day.figures(symbol, date));
const present = (found: readonly (DayFigures | null)[]) => found.filter((one) => one !== null);

Deno.test("twenty trading days before the running one have figures, and no other date has", () => {
  assert.equal(dates.length, 20);
  assert.ok(dates.every((date) => isTradingDay(date) && date < DATE));
  assert.equal(present(history("HPG")).length, 20);
  for (const date of ["2026-11-15", "2026-11-21", "2026-11-23", "2026-10-01"]) {
    assert.deepEqual([day.figures("HPG", date), day.hasFigures("HPG", date)], [null, false], date);
  }
  for (const date of dates) {
    assert.deepEqual([day.figures("NOSUCH", date), day.hasFigures("NOSUCH", date)], [null, false]);
  }
});

Deno.test("the close of a day is the reference of the next, and the last one that of the running day", () => {
  let compared = 0;
  for (const { symbol, exchange, kind } of sample) {
    for (const date of dates) {
      const figures = day.figures(symbol, date);
      const next = day.figures(symbol, nextTradingDay(date));
      if (figures === null || next === null) continue;
      compared++;
      // The reference of UPCOM is a weighted mean: it may lie a tick from the close.
      const off = exchange === "UPCOM" ? tickE2(exchange, kind, next.referenceE2) : 0;
      const distance = Math.abs(figures.closeE2 - next.referenceE2);
      assert.ok(distance <= off, `${symbol} ${date}: ${figures.closeE2} ${next.referenceE2}`);
    }
  }
  assert.ok(compared > 1_500, `${compared}`);
  for (const { id } of day.indices) {
    const chain = dates.map((date) => day.figures(id, date)!);
    const opens = [...chain.slice(1), day.figures(id, DATE)!].map((one) => one.referenceE2);
    assert.deepEqual(chain.map(({ closeE2 }) => closeE2), opens, id);
  }
});

Deno.test("the bars of a past day make up its figures", () => {
  const ids = day.indices.map(({ id }) => id);
  for (const symbol of [...sample.map((one) => one.symbol), ...ids]) {
    for (const figures of present(history(symbol))) {
      const bars = figures.bars();
      const where = `${symbol} ${figures.date}`;
      assert.equal(bars[0]!.openE2, figures.openE2, where);
      assert.equal(bars.at(-1)!.closeE2, figures.closeE2, where);
      assert.equal(Math.max(...bars.map((bar) => bar.highE2)), figures.highE2, where);
      assert.equal(Math.min(...bars.map((bar) => bar.lowE2)), figures.lowE2, where);
      assert.equal(bars.reduce((sum, bar) => sum + bar.volume, 0), figures.volume, where);
      for (const [i, bar] of bars.entries()) {
        const { openE2, highE2, lowE2, closeE2, volume, second } = bar;
        assert.ok(lowE2 <= Math.min(openE2, closeE2) && highE2 >= Math.max(openE2, closeE2), where);
        assert.ok(volume > 0, where);
        const before = bars[i - 1]?.second ?? 0;
        assert.ok(Math.floor(second / 60) > Math.floor(before / 60), where);
      }
    }
  }
});

Deno.test("past prices are on the grid inside the band, in whole lots, within trading hours", () => {
  for (const { symbol, exchange, kind, lotSize } of sample) {
    const board = exchange === "DER" ? "DERIVATIVES" : exchange;
    for (const figures of present(history(symbol))) {
      const { referenceE2, security } = figures;
      if (kind !== "warrant") {
        const { ceilingE2, floorE2 } = security!;
        assert.deepEqual({ ceilingE2, floorE2 }, bandOf(board, kind, referenceE2), symbol);
      }
      for (const bar of figures.bars()) {
        for (const priceE2 of [bar.openE2, bar.highE2, bar.lowE2, bar.closeE2]) {
          const isFair = priceE2 >= security!.floorE2 && priceE2 <= security!.ceilingE2 &&
            priceE2 % tickE2(board, kind, priceE2) === 0;
          assert.ok(isFair, `${symbol} ${figures.date} ${priceE2}`);
        }
        assert.equal(bar.volume % lotSize, 0, symbol);
        const isMorning = bar.second >= 9 * 3600 && bar.second < 11.5 * 3600;
        assert.ok(isMorning || bar.second >= 13 * 3600 && bar.second < 15 * 3600, symbol);
      }
    }
  }
});

Deno.test("a future has history from the day it was listed", () => {
  const front = dayOf({ seed: 7 }).instruments.filter(({ kind }) => kind === "future");
  const days = front.map(({ symbol }) => present(history(symbol)).length);
  assert.deepEqual(days, [20, 1, 20, 20].map((n, i) => i === 1 ? days[1] : n));
  assert.ok(days[1]! < 20, "the next month began when the last one expired");
  for (const { symbol } of front) {
    const told = dates.filter((date) => day.hasFigures(symbol, date)).length;
    assert.equal(told, present(history(symbol)).length);
  }
});

Deno.test("the breadth of a past index is that of its members", () => {
  const vn30 = day.indices.find(({ id }) => id === "VN30")!;
  for (const date of dates.slice(-3)) {
    const { breadth, volume } = day.figures("VN30", date)!;
    const members = vn30.members.map((symbol) => day.figures(symbol, date)!);
    const up = members.filter((one) => one.closeE2 > one.referenceE2).length;
    const down = members.filter((one) => one.closeE2 < one.referenceE2).length;
    assert.deepEqual([breadth!.advances, breadth!.declines], [up, down]);
    assert.equal(breadth!.noChanges, 30 - up - down);
    assert.equal(volume, members.reduce((sum, one) => sum + one.volume, 0));
  }
});

Deno.test("the same seed gives the same past, another one another", () => {
  const past = (seed: number) => {
    const { bars, ...figures } = dayOf({ seed }).figures("FPT", dates[3]!)!;
    return JSON.stringify([figures, bars()]);
  };
  assert.equal(past(7), past(7));
  assert.notEqual(past(8), past(7));
});

Deno.test("the running day's figures and bars are what has been published so far", () => {
  const live = smallDayOf();
  assert.equal(live.figures("HPG", DATE)!.closeE2, 0);
  play(live, "10:30:00");
  for (const { symbol } of live.instruments) {
    const figures = live.figures(symbol, DATE)!;
    const latest = live.latest("X", symbol);
    const { openE2, highE2, lowE2, closeE2, volume, valueVnd } = figures;
    assert.deepEqual(
      [openE2 / 100, highE2 / 100, lowE2 / 100, closeE2 / 100, volume, valueVnd],
      ["Open", "High", "Low", "LastPrice", "TotalVol", "TotalVal"].map((key) => num(latest, key)),
      symbol,
    );
    const bars = figures.bars();
    assert.equal(bars.reduce((sum, bar) => sum + bar.volume, 0), volume, symbol);
    if (volume === 0) continue;
    assert.equal(bars.at(-1)!.closeE2, closeE2, symbol);
    assert.equal(Math.max(...bars.map((bar) => bar.highE2)), highE2, symbol);
  }
  const vn30 = live.figures("VN30", DATE)!;
  assert.equal(vn30.closeE2 / 100, num(live.latest("MI", "VN30"), "IndexValue"));
  assert.equal(vn30.volume, vn30.bars().reduce((sum, bar) => sum + bar.volume, 0));
});
