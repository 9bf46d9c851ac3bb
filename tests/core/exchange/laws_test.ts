import assert from "node:assert/strict";
import { tickE2 } from "../../../core/market/instrument.ts";
import { VN30_SEED } from "../../../core/market/vn30.ts";
import type { Scenario, SimMessage, TruthTrade } from "../../../core/exchange/types.ts";
import { dayOf, num, play, second } from "./play.ts";

/** A whole day with every match, and every X-TRADE that carried one, beside each other. */
function playDay(scenario: Scenario) {
  const trades: TruthTrade[] = [];
  const prints: SimMessage[] = [];
  const day = dayOf({ scenario, onTrade: (trade) => trades.push(trade) });
  play(day, "23:59:59", (channel) => channel === "X-TRADE", (message) => {
    if (num(message, "TotalVol") > 0) prints.push(message);
  });
  return { day, trades, prints };
}

const sellOff = playDay("sell-off");

Deno.test("the matches of a symbol add up to its total volume and value without a gap", () => {
  const { day, trades } = sellOff;
  const volume = new Map<string, number>();
  const value = new Map<string, number>();
  for (const trade of trades) {
    const before = volume.get(trade.symbol) ?? 0;
    assert.equal(trade.totalVolume, before + trade.volume, trade.symbol);
    volume.set(trade.symbol, trade.totalVolume);
    const multiplier = trade.symbol.startsWith("41I1") ? 100_000 : 1;
    const vnd = trade.priceE2 * trade.volume * multiplier / 100;
    value.set(trade.symbol, (value.get(trade.symbol) ?? 0) + vnd);
  }
  for (const { symbol } of day.instruments) {
    const latest = day.latest("X-TRADE", symbol);
    assert.equal(num(latest, "TotalVol"), volume.get(symbol) ?? 0, symbol);
    assert.equal(num(latest, "TotalVal"), value.get(symbol) ?? 0, symbol);
  }
});

Deno.test("every match is published once, in order, with its own price, size and total", () => {
  const { trades, prints } = sellOff;
  const told = new Map<string, number>();
  let i = 0;
  for (const message of prints) {
    const total = num(message, "TotalVol");
    // An expected price that moves in an auction republishes the last match.
    if (told.get(message.symbol) === total) continue;
    told.set(message.symbol, total);
    const trade = trades[i++]!;
    assert.equal(message.symbol, trade.symbol);
    assert.equal(total, trade.totalVolume);
    assert.equal(num(message, "LastVol"), trade.volume);
    assert.equal(Math.round(num(message, "LastPrice") * 100), trade.priceE2);
  }
  assert.equal(i, trades.length);
});

Deno.test("every match is inside the band, on the tick grid and in whole lots", () => {
  const { day, trades } = sellOff;
  const terms = new Map(day.instruments.map((instrument) => {
    const latest = day.latest("X-TRADE", instrument.symbol);
    return [instrument.symbol, {
      instrument,
      floorE2: Math.round(num(latest, "Floor") * 100),
      ceilingE2: Math.round(num(latest, "Ceiling") * 100),
    }];
  }));
  for (const { symbol, priceE2, volume } of trades) {
    const { instrument, floorE2, ceilingE2 } = terms.get(symbol)!;
    const exchange = instrument.exchange === "DER" ? "DERIVATIVES" : instrument.exchange;
    if (
      priceE2 < floorE2 || priceE2 > ceilingE2 || volume <= 0 ||
      priceE2 % tickE2(exchange, instrument.kind, priceE2) !== 0 ||
      volume % instrument.lotSize !== 0
    ) assert.fail(`${symbol}: ${volume} at ${priceE2} in [${floorE2}, ${ceilingE2}]`);
  }
});

Deno.test("a sell-off locks some securities at the floor without a bid", () => {
  const { day } = sellOff;
  const locked = day.instruments.filter(({ symbol, exchange }) => {
    const latest = day.latest("X-TRADE", symbol);
    return exchange === "HOSE" && num(latest, "LastPrice") === num(latest, "Floor") &&
      num(day.latest("X-QUOTE", symbol), "BidVol1") === 0;
  });
  assert.ok(locked.length >= 10, `${locked.length} locked`);
});

Deno.test("each VN30 name trades in the first ten minutes after the opening auction", () => {
  const traded = new Set<string>();
  for (const { symbol, secondOfDay } of sellOff.trades) {
    if (secondOfDay > second("09:15:00") && secondOfDay < second("09:25:00")) traded.add(symbol);
  }
  assert.deepEqual(VN30_SEED.filter((symbol) => !traded.has(symbol)), []);
});

Deno.test("the flag of a print names the true aggressor or, in about 5 of 100, nobody", () => {
  const { trades, prints } = sellOff;
  const truth = new Map(trades.map((trade) => [`${trade.symbol} ${trade.totalVolume}`, trade]));
  let sideless = 0;
  let sided = 0;
  const words = new Set<unknown>();
  for (const message of prints) {
    const trade = truth.get(`${message.symbol} ${num(message, "TotalVol")}`)!;
    const { Side } = message.record;
    if (trade.aggressor === "auction") continue;
    words.add(Side);
    if (Side === null || Side === "Unknow") sideless++;
    else {
      sided++;
      assert.equal(Side, trade.aggressor === "buy" ? "BU" : "SD");
    }
  }
  assert.deepEqual([...words].map(String).sort(), ["BU", "SD", "Unknow", "null"]);
  const share = sideless / (sideless + sided);
  assert.ok(share > 0.045 && share < 0.055, `${share}`);
});

Deno.test("one order that walks the book prints each level it takes", () => {
  const { trades } = sellOff;
  let walks = 0;
  for (let i = 1; i < trades.length; i++) {
    const [a, b] = [trades[i - 1]!, trades[i]!];
    if (a.symbol === b.symbol && a.secondOfDay === b.secondOfDay && a.priceE2 !== b.priceE2) {
      walks++;
    }
  }
  assert.ok(walks > 1000, `${walks}`);
});

Deno.test("foreign totals stay within the trading of the day and the room", () => {
  const { day } = sellOff;
  for (const { symbol, exchange } of day.instruments) {
    const room = day.latest("R", symbol);
    if (exchange === "DER") {
      assert.equal(room, null);
      continue;
    }
    const total = num(day.latest("X-TRADE", symbol), "TotalVol");
    assert.ok(num(room, "BuyVol") <= total && num(room, "SellVol") <= total, symbol);
    const current = num(room, "CurrentRoom");
    assert.ok(current >= 0 && current <= num(room, "TotalRoom"), `${symbol} ${current}`);
  }
  const bought = day.instruments.reduce(
    (sum, { symbol, exchange }) =>
      sum + (exchange === "DER" ? 0 : num(day.latest("R", symbol), "BuyVol")),
    0,
  );
  assert.ok(bought > 0);
});

Deno.test("an index is its members' weighted prices against their references", () => {
  const { day } = sellOff;
  const shares = new Map(day.instruments.map((i) => [i.symbol, i.listedShares]));
  for (const { id, members } of day.indices) {
    let now = 0n;
    let base = 0n;
    let [advances, noChanges, declines, volume] = [0, 0, 0, 0];
    for (const symbol of members) {
      const latest = day.latest("X-TRADE", symbol);
      const weight = BigInt(shares.get(symbol)!);
      const reference = num(latest, "RefPrice");
      const last = num(latest, "LastPrice");
      now += weight * BigInt(last === 0 ? reference : last);
      base += weight * BigInt(reference);
      volume += num(latest, "TotalVol");
      if (last === 0) continue;
      if (last > reference) advances++;
      else if (last < reference) declines++;
      else noChanges++;
    }
    const latest = day.latest("MI", id);
    const expected = Number(now) / Number(base) * num(latest, "PriorIndexValue");
    assert.ok(Math.abs(num(latest, "IndexValue") - expected) < 0.0051, id);
    assert.equal(num(latest, "TotalQtty"), volume, id);
    const counted = [num(latest, "Advances"), num(latest, "NoChanges"), num(latest, "Declines")];
    assert.deepEqual(counted, [advances, noChanges, declines], id);
  }
});
