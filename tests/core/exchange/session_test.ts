import assert from "node:assert/strict";
import { phaseAtSecond } from "../../../core/market/phase.ts";
import type { SimMessage, TruthTrade } from "../../../core/exchange/types.ts";
import { dayOf, num, only, play, second } from "./play.ts";

/** One pass over a quiet day: status messages, auction prints and the books of a few boards. */
const trades: TruthTrade[] = [];
const statuses: SimMessage[] = [];
const crossed: string[] = [];
const estimates = new Map<string, number>();
const day = dayOf({ scenario: "quiet", onTrade: (trade) => trades.push(trade) });
const exchangeOf = new Map(day.instruments.map((i) => [i.symbol, i.exchange]));
const WATCHED = new Set([
  "HPG",
  "VIC",
  ...day.instruments.filter((i) => i.kind !== "stock").map(({ symbol }) => symbol),
  ...day.instruments.filter((i) => i.exchange === "HNX").slice(0, 20).map((i) => i.symbol),
  ...day.instruments.filter((i) => i.exchange === "UPCOM").slice(0, 20).map((i) => i.symbol),
]);
play(
  day,
  "23:59:59",
  (channel, symbol) =>
    channel === "F" || channel === "X-TRADE" && symbol === "HPG" ||
    channel === "X-QUOTE" && WATCHED.has(symbol),
  (message, now) => {
    if (message.channel === "F") statuses.push(message);
    else if (message.channel === "X-TRADE") {
      estimates.set(`${now}`, num(message, "EstMatchedPrice"));
    } else checkBook(message, now);
  },
);

function checkBook(message: SimMessage, now: number): void {
  const bid = num(message, "BidPrice1");
  const ask = num(message, "AskPrice1");
  if (bid > 0 && ask > 0 && bid >= ask) crossed.push(`${message.symbol} ${now}: ${bid} ${ask}`);
  const depth = exchangeOf.get(message.symbol) === "HOSE" ? 3 : 10;
  for (const side of ["Bid", "Ask"]) {
    for (let i = 1; i <= 10; i++) {
      const price = num(message, `${side}Price${i}`);
      const volume = num(message, `${side}Vol${i}`);
      assert.equal(price > 0, volume > 0, `${message.symbol} ${side}${i}`);
      if (i > depth) assert.equal(price, 0, `${message.symbol} ${side}${i}`);
    }
  }
}

Deno.test("a displayed book never crosses and shows no more levels than its board does", () => {
  assert.deepEqual(crossed, []);
});

Deno.test("each security is told each session of its board at the second of the timetable", () => {
  const expected: Record<string, string[]> = {
    HOSE: ["08:45:00 ", "09:00:00 ATO", "09:15:00 LO", "11:30:00 BREAK", "13:00:00 LO"]
      .concat("14:30:00 ATC", "14:45:00 C"),
    HNX: ["08:45:00 ", "09:00:00 LO", "11:30:00 BREAK", "13:00:00 LO", "14:30:00 ATC"]
      .concat("14:45:00 PLO", "15:00:00 C"),
    UPCOM: ["08:45:00 ", "09:00:00 LO", "11:30:00 BREAK", "13:00:00 LO", "15:00:00 C"],
    DER: ["08:30:00 ", "08:45:00 ATO", "09:00:00 LO", "11:30:00 BREAK", "13:00:00 LO"]
      .concat("14:30:00 ATC", "14:45:00 C"),
  };
  const told = new Map<string, string[]>();
  for (const { symbol, record } of statuses) {
    const list = told.get(symbol) ?? [];
    list.push(`${record.Time} ${record.TradingSession}`);
    told.set(symbol, list);
  }
  for (const { symbol, exchange } of day.instruments) {
    assert.deepEqual(told.get(symbol), expected[exchange], symbol);
  }
});

Deno.test("matches happen only in phases that match, auctions in their last instant", () => {
  const boundaries = new Set(["09:00:00", "09:15:00", "14:45:00"].map(second));
  for (const { symbol, secondOfDay, aggressor } of trades) {
    const exchange = exchangeOf.get(symbol)!;
    const phase = phaseAtSecond(exchange === "DER" ? "DERIVATIVES" : exchange, secondOfDay);
    const isLate = phase === "plo" && secondOfDay >= second("14:55:00");
    const isAllowed = aggressor === "auction"
      ? boundaries.has(secondOfDay) && exchange !== "UPCOM" || isLate
      : phase === "continuous";
    if (!isAllowed) assert.fail(`${symbol} ${aggressor} at ${secondOfDay} in ${phase}`);
  }
});

Deno.test("auctions of each board print, and those of one symbol print at most once each", () => {
  const prints = new Map<string, number>();
  for (const { symbol, secondOfDay, aggressor } of trades) {
    if (aggressor !== "auction" || secondOfDay >= second("14:55:00")) continue;
    const key = `${symbol} ${secondOfDay}`;
    prints.set(key, (prints.get(key) ?? 0) + 1);
  }
  assert.ok([...prints.values()].every((count) => count === 1));
  const count = (exchange: string, time: string) =>
    [...prints.keys()].filter((key) => {
      const [symbol, at] = key.split(" ");
      return exchangeOf.get(symbol!) === exchange && at === `${second(time)}`;
    }).length;
  assert.ok(count("HOSE", "09:15:00") > 250, `HOSE open ${count("HOSE", "09:15:00")}`);
  assert.ok(count("HOSE", "14:45:00") > 250, `HOSE close ${count("HOSE", "14:45:00")}`);
  assert.ok(count("HNX", "14:45:00") > 100, `HNX close ${count("HNX", "14:45:00")}`);
  assert.ok(count("DER", "09:00:00") >= 2 && count("DER", "14:45:00") >= 2);
});

Deno.test("the expected price of an auction is what it matches at, and is gone afterwards", () => {
  const close = trades.find(({ symbol, secondOfDay }) =>
    symbol === "HPG" && secondOfDay === second("14:45:00")
  )!;
  const before = [...estimates].filter(([at]) => Number(at) < second("14:45:00")).at(-1)!;
  assert.equal(Math.round(before[1] * 100), close.priceE2);
  assert.equal(estimates.get(`${second("14:45:00")}`), 0);
});

Deno.test("the closing print of HOSE says session C and Side SD", () => {
  const latest = day.latest("X-TRADE", "HPG")!.record;
  assert.deepEqual([latest.Time, latest.TradingSession, latest.Side], ["14:45:00", "C", "SD"]);
});

Deno.test("late trades on HNX are at the closing price", () => {
  const last = new Map<string, number>();
  let late = 0;
  for (const { symbol, secondOfDay, priceE2 } of trades) {
    if (exchangeOf.get(symbol) !== "HNX") continue;
    if (secondOfDay >= second("14:55:00")) {
      assert.equal(priceE2, last.get(symbol), symbol);
      late++;
    }
    last.set(symbol, priceE2);
  }
  assert.ok(late > 0);
});

Deno.test("the day runs from 08:30 to 15:05 and then says nothing more", () => {
  const fresh = dayOf();
  assert.deepEqual([fresh.timeOfDayMs, fresh.done], [second("08:30:00") * 1000, false]);
  assert.equal(day.done, true);
  assert.equal(day.timeOfDayMs, second("15:05:00") * 1000 + 250);
  assert.equal(day.latest("MI", "VNINDEX")!.record.Time, "15:05:00");
  assert.deepEqual(day.step(only("F", "MI")), []);
});
