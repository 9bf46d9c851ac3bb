import assert from "node:assert/strict";
import type { SimMessage } from "../../../core/exchange/types.ts";
import { dayOf, everything, num, play, second } from "./play.ts";

const FRONT = "41I1GC000";
const day = dayOf();
const morning: SimMessage[] = [];
play(day, "08:59:00", everything, (message) => morning.push(message));
const atNine = {
  stock: day.latest("X-TRADE", "HPG")!.record,
  combined: day.latest("X", "HPG")!.record,
  other: day.latest("X-TRADE", "VIC")!.record,
  index: day.latest("MI", "VN30")!.record,
};
play(day, "10:05:00");

Deno.test("before the first match the totals are 0 and the averages the text NaN", () => {
  const { stock, other } = atNine;
  assert.deepEqual(
    [stock.AvgPrice, stock.LastPrice, stock.TotalVol, stock.TotalVal, stock.Side],
    ["NaN", 0, 0, 0, null],
  );
  assert.equal(stock.Change, -(stock.RefPrice as number));
  // The feed writes the missing ratio in two ways.
  assert.ok(
    [stock, other].every(({ RatioChange }) => RatioChange === "NaN" || RatioChange === -100),
  );
  const ratios = new Set(
    morning.filter(({ channel }) => channel === "X-TRADE").map(({ record }) => record.RatioChange),
  );
  assert.deepEqual([...ratios].filter((ratio) => typeof ratio === "string"), ["NaN"]);
  assert.ok(ratios.has(-100));
});

Deno.test("every security and index speaks before the open", () => {
  const spoken = new Set(morning.map(({ channel, symbol }) => `${channel} ${symbol}`));
  for (const { symbol, exchange } of day.instruments) {
    const channels = exchange === "DER"
      ? ["F", "X", "X-QUOTE", "X-TRADE"]
      : ["F", "X", "X-QUOTE", "X-TRADE", "R"];
    for (const channel of channels) assert.ok(spoken.has(`${channel} ${symbol}`), symbol);
  }
  for (const { id } of day.indices) assert.ok(spoken.has(`MI ${id}`), id);
});

Deno.test("a channel that a symbol does not have has no latest message", () => {
  const fresh = dayOf();
  assert.equal(fresh.latest("F", "HPG"), null);
  assert.equal(day.latest("MI", "HPG"), null);
  assert.equal(day.latest("X-QUOTE", "VN30"), null);
  assert.equal(day.latest("R", FRONT), null);
  assert.equal(day.latest("X-TRADE", "NOSUCH"), null);
});

Deno.test("the keys of each channel are spelt and ordered as on the wire", () => {
  const keys = (channel: SimMessage["channel"], symbol: string) =>
    Object.keys(day.latest(channel, symbol)!.record);
  const levels = Array.from(
    { length: 10 },
    (_, i) => ["BidPrice", "BidVol", "AskPrice", "AskVol"].map((name) => `${name}${i + 1}`),
  ).flat();
  const head = ["RType", "TradingDate", "Time", "Isin", "Symbol", "Ceiling", "Floor", "RefPrice"]
    .concat("AvgPrice", "PriorVal", "LastPrice", "LastVol", "TotalVal", "TotalVol", "MarketId")
    .concat("Exchange", "TradingSession", "TradingStatus", "Change", "RatioChange")
    .concat("EstMatchedPrice");
  assert.deepEqual(keys("X-TRADE", "HPG"), [...head, "Highest", "Lowest", "Side"]);
  assert.deepEqual(
    keys("X", "HPG"),
    [...head, "Open", "High", "Low", "Close", ...levels, "Side", "CloseQtty"],
  );
  assert.deepEqual(
    keys("X-QUOTE", FRONT),
    ["RType", "TradingDate", "Time", "Exchange", "Symbol", ...levels, "TradingSession"],
  );
  assert.deepEqual(
    keys("R", "HPG").slice(5),
    ["TotalRoom", "CurrentRoom", "BuyVol", "SellVol", "BuyVal", "SellVal", "MarketId", "Exchange"],
  );
  assert.deepEqual(keys("F", "HPG").slice(-2), ["Exchange", "TradingOlSession"]);
});

Deno.test("a traded stock shows its figures in VND and shares", () => {
  const { record } = day.latest("X-TRADE", "HPG")!;
  const { LastPrice, RefPrice, TotalVal, TotalVol, AvgPrice } = record as Record<string, number>;
  assert.equal(record.TradingDate, "20/11/2026");
  assert.equal(record.Exchange, "HOSE");
  assert.equal(record.Change, LastPrice! - RefPrice!);
  assert.ok(Math.abs(AvgPrice! - TotalVal! / TotalVol!) < 0.01);
  assert.ok(AvgPrice! >= (record.Lowest as number) && AvgPrice! <= (record.Highest as number));
});

Deno.test("futures are quoted in points, their average in VND per contract", () => {
  const latest = day.latest("X-TRADE", FRONT)!;
  assert.deepEqual(
    [latest.record.Exchange, latest.record.MarketId],
    ["DERIVATIVES", "DERIVATIVES"],
  );
  const average = num(latest, "AvgPrice") / 100_000;
  assert.ok(average >= num(latest, "Lowest") && average <= num(latest, "Highest"), `${average}`);
  assert.equal(Math.round(num(latest, "LastPrice") * 100) % 10, 0);
});

Deno.test("the front future stays near the index that it is written on", () => {
  const basis = num(day.latest("X-TRADE", FRONT), "LastPrice") -
    num(day.latest("MI", "VN30"), "IndexValue");
  assert.ok(Math.abs(basis) < 25, `${basis}`);
});

Deno.test("index messages leave out what the real feed leaves out", () => {
  const vn30 = day.latest("MI", "VN30")!;
  assert.deepEqual([vn30.record.TradingSession, vn30.record.MarketId], [null, null]);
  const all = day.latest("MI", "VNINDEX");
  assert.ok(num(all, "Advances") + num(all, "Declines") > 300);
  assert.equal(atNine.index.IndexValue, atNine.index.PriorIndexValue);
  assert.ok(num(vn30, "IndexValEst") > 0);
});

Deno.test("bars carry one price four times, for securities and for indices", () => {
  const stock = day.latest("B", "HPG")!;
  const last = num(day.latest("X-TRADE", "HPG"), "LastPrice");
  const { Open, High, Low, Close, Value } = stock.record;
  assert.deepEqual([Open, High, Low, Close, Value], [last, last, last, last, 0]);
  assert.equal(
    num(day.latest("B", "HNXIndex"), "Close"),
    num(day.latest("MI", "HNXIndex"), "IndexValue"),
  );
});

Deno.test("the feed carries 250 to 400 quotes, trades and room messages a second", () => {
  const count = { morning: 0, opening: 0 };
  const counted = dayOf();
  play(counted, "09:15:00");
  const counting = (part: keyof typeof count) => (channel: SimMessage["channel"]) => {
    if (channel === "X-QUOTE" || channel === "X-TRADE" || channel === "R") count[part]++;
    return false;
  };
  play(counted, "09:15:01", counting("opening"));
  play(counted, "11:30:00", counting("morning"));
  const bySecond = count.morning / (second("11:30:00") - second("09:15:01"));
  assert.ok(bySecond > 250 && bySecond < 400, `${bySecond}`);
  assert.ok(count.opening > 800, `${count.opening} in the second of the opening prints`);
});

Deno.test("the quote that results from a match comes after it", () => {
  const live = dayOf();
  play(live, "10:00:00");
  let trades = 0;
  let before: SimMessage | null = null;
  play(
    live,
    "10:00:30",
    (channel, symbol) => (channel === "X-TRADE" || channel === "X-QUOTE") && symbol === FRONT,
    (message) => {
      if (message.channel === "X-TRADE") trades++;
      else if (before?.channel === "X-TRADE") {
        const { Side } = before.record;
        const price = num(before, "LastPrice");
        // After a buy no ask is left below the price it paid; after a sell no bid above.
        if (Side === "BU" && num(message, "AskVol1") > 0) {
          assert.ok(
            num(message, "AskPrice1") >= price,
          );
        }
        if (Side === "SD") assert.ok(num(message, "BidPrice1") <= price);
      }
      before = message;
    },
  );
  assert.ok(trades > 20, `${trades}`);
});
