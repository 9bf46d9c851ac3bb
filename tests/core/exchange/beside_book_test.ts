import assert from "node:assert/strict";
import type { SimMessage, TruthTrade } from "../../../core/exchange/types.ts";
import { num, only, play, second, smallDayOf } from "./play.ts";

/** One day with everything that happens beside the order book. */
const trades: TruthTrade[] = [];
const odd: SimMessage[] = [];
const indices: SimMessage[] = [];
const count = { odd: 0, all: 0 };
const day = smallDayOf({ onTrade: (trade) => trades.push(trade) });
play(day, "23:59:59", (channel) => {
  if (channel !== "X" && channel !== "B") count.all++;
  if (channel === "OL") count.odd++;
  return channel === "OL" || channel === "MI";
}, (message) => (message.channel === "OL" ? odd : indices).push(message));
const exchangeOf = new Map(day.instruments.map(({ symbol, exchange }) => [symbol, exchange]));
const figures = (symbol: string) => day.figures(symbol, day.date)!;

Deno.test("odd lots are about 3 of 100 messages", () => {
  const share = count.odd / count.all;
  assert.ok(share > 0.015 && share < 0.04, `${share}`);
});

Deno.test("odd-lot totals hold the round lots and grow by what last matched", () => {
  const volumes = new Map<string, number>();
  let matches = 0;
  for (const message of odd) {
    const volume = num(message, "TotalVol");
    assert.ok(volume >= (volumes.get(message.symbol) ?? 0), message.symbol);
    volumes.set(message.symbol, volume);
    assert.ok(num(message, "LastVol") >= 0);
    if (volume % 100 !== 0) matches++;
  }
  assert.ok(matches > 1_000, `${matches}`);
  for (const { symbol, exchange } of day.instruments) {
    const { volume, security } = figures(symbol);
    if (exchange === "DER") assert.equal(day.latest("OL", symbol), null);
    else if (volumes.has(symbol)) {
      assert.ok(volumes.get(symbol)! <= volume + security!.oddVolume, symbol);
      assert.equal(num(day.latest("X-TRADE", symbol), "TotalVol"), volume, symbol);
    }
  }
});

Deno.test("an odd-lot book never crosses in continuous trading and stays in the band", () => {
  for (const message of odd) {
    const { record } = message;
    const bid = num(message, "BidPrice1");
    const ask = num(message, "AskPrice1");
    if (record.TradingSession === "LO") {
      assert.ok(bid === 0 || ask === 0 || bid < ask, JSON.stringify(record));
    }
    for (const price of [bid, ask, num(message, "LastPrice")]) {
      const isInside = price >= num(message, "Floor") && price <= num(message, "Ceiling");
      assert.ok(price === 0 || isInside, JSON.stringify(record));
    }
  }
});

Deno.test("odd lots match in the auctions too, and index messages never count them", () => {
  const sessions = new Set(odd.map(({ record }) => record.TradingSession));
  assert.ok(["ATO", "LO", "ATC", "C"].every((code) => sessions.has(code)), `${[...sessions]}`);
  assert.ok(odd.some(({ record }) => record.Time === "14:45:00" && Number(record.LastVol) > 0));
  for (const message of indices) {
    assert.deepEqual([num(message, "TotalQttyOd"), num(message, "TotalValueOd")], [0, 0]);
  }
});

Deno.test("put-through happens on HOSE and HNX in their hours, in sizes of the board", () => {
  const before = new Map<string, number>();
  let deals = 0;
  const live = smallDayOf();
  while (!live.done) {
    live.step(() => false);
    if (live.timeOfDayMs % 30_000 !== 0) continue;
    const at = live.timeOfDayMs / 1000;
    for (const { symbol, exchange } of live.instruments) {
      const { dealVolume } = live.figures(symbol, live.date)!;
      const grown = dealVolume - (before.get(symbol) ?? 0);
      if (grown === 0) continue;
      before.set(symbol, dealVolume);
      deals++;
      const isMorning = at > second("09:00:00") && at <= second("11:30:00");
      assert.ok(isMorning || at > second("13:00:00") && at <= second("15:00:00"), `${at}`);
      assert.ok(grown >= (exchange === "HOSE" ? 20_000 : 5_000), `${symbol} ${grown}`);
      assert.ok(exchange === "HOSE" || exchange === "HNX", symbol);
    }
  }
  assert.ok(deals > 50, `${deals}`);
});

Deno.test("put-through is in the index and in the day's figures, and never in the book's totals", () => {
  const matched = new Map<string, number>();
  for (const { symbol, totalVolume } of trades) matched.set(symbol, totalVolume);
  for (const { symbol } of day.instruments) {
    assert.equal(figures(symbol).volume, matched.get(symbol) ?? 0, symbol);
  }
  for (const { id, members } of day.indices) {
    const deals = members.map(figures);
    const sum = (of: "dealVolume" | "dealValueVnd") =>
      deals.reduce((total, one) => total + one[of], 0);
    const mi = day.latest("MI", id);
    assert.equal(num(mi, "TotalQttyPt"), sum("dealVolume"), id);
    assert.equal(num(mi, "TotalValuePt"), sum("dealValueVnd"), id);
  }
  assert.ok(num(day.latest("MI", "VNINDEX"), "TotalQttyPt") > 0);
});

Deno.test("a foreigner's put-through moves the room without any flow in the book", () => {
  const room = new Map<string, readonly number[]>();
  const live = smallDayOf();
  let moved = 0;
  play(live, "15:05:00", only("R"), (message) => {
    const flow = [num(message, "BuyVol"), num(message, "SellVol")];
    const current = num(message, "CurrentRoom");
    const held = room.get(message.symbol);
    room.set(message.symbol, [...flow, current]);
    if (held === undefined || num(message, "TotalRoom") === 0) return;
    const [bought, sold, before] = held as [number, number, number];
    const expected = before - (flow[0]! - bought) + (flow[1]! - sold);
    if (current === expected) return;
    moved++;
    assert.ok(exchangeOf.get(message.symbol) !== "UPCOM", message.symbol);
    assert.ok(Math.abs(current - expected) >= 5_000, message.symbol);
  });
  assert.ok(moved > 10, `${moved}`);
});
