import assert from "node:assert/strict";
import { SCENARIO_PROFILES } from "../../../core/exchange/scenario.ts";
import {
  type Scenario,
  SCENARIOS,
  type SimDay,
  type SimMessage,
  type TruthTrade,
} from "../../../core/exchange/types.ts";
import { VN30_SEED } from "../../../core/market/vn30.ts";
import { num, only, play, second, smallDayOf } from "./play.ts";
import { formatVnTime } from "../../../core/market/time.ts";

const FRONT = "41I1GC000";
const hose = (day: SimDay) =>
  day.instruments.filter(({ exchange, kind }) => exchange === "HOSE" && kind === "stock")
    .map(({ symbol }) => symbol);
const index = (day: SimDay) => num(day.latest("MI", "VN30"), "IndexValue");

/** Securities whose last match is at a limit and whose book has only the side that waits there. */
function locked(day: SimDay, limit: "Floor" | "Ceiling"): number {
  const [waiting, gone] = limit === "Floor" ? ["Ask", "Bid"] : ["Bid", "Ask"];
  return hose(day).filter((symbol) => {
    const x = day.latest("X", symbol);
    return num(x, "LastPrice") === num(x, limit) && num(x, `${gone}Vol1`) === 0 &&
      num(x, `${waiting}Vol1`) > 0;
  }).length;
}

function played(scenario: Scenario, until: string, date?: string): SimDay {
  const day = smallDayOf({ scenario, ...(date === undefined ? {} : { date }) });
  play(day, until);
  return day;
}

/** The day's move of VN30 as a ratio. */
function move(day: SimDay): number {
  return index(day) / num(day.latest("MI", "VN30"), "PriorIndexValue") - 1;
}

Deno.test("every named day has a profile", () => {
  assert.deepEqual(Object.keys(SCENARIO_PROFILES).sort(), [...SCENARIOS].sort());
});

Deno.test("a falling trend mirrors a rising one", () => {
  const up = move(played("trend-up", "14:46:00"));
  const down = move(played("trend-down", "14:46:00"));
  assert.ok(up - down > 0.025, `${up} ${down}`);
});

Deno.test("on a floor-lock day most of HOSE ends at the floor with a queue and no bid", () => {
  const day = played("floor-lock", "14:46:00");
  assert.ok(locked(day, "Floor") > hose(day).length / 2, `${locked(day, "Floor")}`);
});

Deno.test("a ceiling chase queues at the ceiling until 13:30 and breaks afterwards", () => {
  const day = played("ceiling-chase", "13:30:00");
  const queued = locked(day, "Ceiling");
  assert.ok(queued > hose(day).length / 4, `${queued}`);
  const high = index(day);
  play(day, "14:30:00");
  assert.ok(locked(day, "Ceiling") < queued / 4, `${locked(day, "Ceiling")} of ${queued}`);
  assert.ok(index(day) < high * 0.95, `${index(day)} after ${high}`);
});

Deno.test("a foreign dump changes the net value of VN30 by more than 30 % in five minutes, again and again", () => {
  const day = played("foreign-dump", "09:25:00");
  const net = () =>
    VN30_SEED.reduce((sum, symbol) => {
      const r = day.latest("R", symbol);
      return sum + num(r, "BuyVal") - num(r, "SellVal");
    }, 0);
  let before = net();
  let leaps = 0;
  for (let at = second("09:30:00"); at <= second("14:25:00"); at += 300) {
    play(day, formatVnTime(at));
    const now = net();
    if (Math.abs(now - before) > 0.3 * Math.abs(before) && now < before) leaps++;
    before = now;
  }
  assert.ok(leaps >= 5, `${leaps}`);
  assert.ok(before < -2e11, `${before}`);
});

Deno.test("an expiry shock flips the basis several times and moves VN30 in the closing auction", () => {
  const day = played("expiry-shock", "09:20:00", "2026-12-17");
  assert.equal(day.instruments.find(({ symbol }) => symbol === FRONT)!.lastTradingDate, day.date);
  const signs: number[] = [];
  for (let at = second("09:20:00"); at < second("14:29:00"); at += 600) {
    play(day, formatVnTime(at));
    const basis = num(day.latest("X-TRADE", FRONT), "LastPrice") - index(day);
    if (basis !== 0 && Math.sign(basis) !== signs.at(-1)) signs.push(Math.sign(basis));
  }
  assert.ok(signs.length >= 5, `${signs}`);
  play(day, "14:44:59");
  const before = index(day);
  play(day, "14:46:00");
  assert.ok(Math.abs(index(day) / before - 1) > 0.01, `${before} ${index(day)}`);
});

Deno.test("a late close shifts the closing auction of three boards and the end of the day", () => {
  const day = smallDayOf({ scenario: "late-close" });
  const told = new Map<string, string>();
  const exchanges = new Map(day.instruments.map(({ symbol, exchange }) => [symbol, exchange]));
  play(day, "14:31:00");
  play(day, "23:59:59", only("F"), ({ symbol, record }) => {
    told.set(`${exchanges.get(symbol)} ${record.Time}`, record.TradingSession as string);
  });
  assert.deepEqual([...told], [
    ["HOSE 14:49:00", "C"],
    ["HNX 14:49:00", "PLO"],
    ["DER 14:49:00", "C"],
    ["UPCOM 15:00:00", "C"],
    ["HNX 15:04:00", "C"],
  ]);
  assert.equal(day.latest("X-TRADE", "HPG")!.record.Time, "14:49:00");
  assert.equal(day.latest("MI", "VNINDEX")!.record.Time, "15:09:00");
  assert.equal(day.done, true);
});

Deno.test("a halted security says so, does not trade for 20 minutes and goes on; a suspended one never trades", () => {
  const trades: TruthTrade[] = [];
  const day = smallDayOf({ scenario: "halt", onTrade: (trade) => trades.push(trade) });
  const states: string[] = [];
  const odd: string[] = [];
  const wants = (channel: SimMessage["channel"], symbol: string) =>
    (channel === "F" || channel === "OL") && (symbol === "STB" || symbol === "SAB");
  play(day, "13:30:00", wants, ({ channel, symbol, record }) => {
    const { Time, TradingSession, TradingStatus } = record;
    if (channel === "OL") odd.push(`${symbol} ${Time}`);
    else if (`${Time}` > "10") states.push(`${symbol} ${Time} ${TradingSession} ${TradingStatus}`);
  });
  assert.deepEqual(states.filter((text) => text.startsWith("STB") && text < "STB 11"), [
    "STB 10:30:00 HALT H",
    "STB 10:50:00 LO N",
  ]);
  assert.ok(states.includes("SAB 13:00:00 LO S"));
  const stb = trades.filter(({ symbol }) => symbol === "STB").map((trade) => trade.secondOfDay);
  const during = (at: number) => at >= second("10:30:00") && at < second("10:50:00");
  assert.ok(stb.some((at) => at < second("10:30:00")) && stb.some((at) => at > second("10:50:00")));
  assert.deepEqual(stb.filter(during), []);
  assert.ok(trades.every(({ symbol }) => symbol !== "SAB"));
  assert.ok(odd.length > 0 && !odd.some((text) => text.startsWith("SAB")));
  assert.deepEqual(odd.filter((text) => text >= "STB 10:30" && text < "STB 10:50"), []);
});

Deno.test("a volatile day has larger moves, more matches and more sweeps than a normal one", () => {
  const figuresOf = (scenario: Scenario) => {
    let [matches, walks] = [0, 0];
    let last: TruthTrade | null = null;
    const onTrade = (trade: TruthTrade) => {
      matches++;
      const isWalk = last?.symbol === trade.symbol && last.priceE2 !== trade.priceE2 &&
        last.secondOfDay === trade.secondOfDay && last.aggressor === trade.aggressor;
      if (isWalk) walks++;
      last = trade;
    };
    const day = smallDayOf({ scenario, onTrade });
    play(day, "11:30:00");
    const range = hose(day).reduce((sum, symbol) => {
      const x = day.latest("X", symbol);
      return sum + (num(x, "High") - num(x, "Low")) / num(x, "RefPrice");
    }, 0);
    return { matches, walks: walks / matches, range };
  };
  const normal = figuresOf("normal");
  const wild = figuresOf("volatile");
  assert.ok(wild.matches > 1.6 * normal.matches, `${wild.matches} ${normal.matches}`);
  assert.ok(wild.walks > 1.3 * normal.walks, `${wild.walks} ${normal.walks}`);
  assert.ok(wild.range > 1.4 * normal.range, `${wild.range} ${normal.range}`);
});

Deno.test("a burst carries about ten times the messages for two minutes", () => {
  const day = played("burst", "09:56:00");
  const count = { before: 0, burst: 0, after: 0 };
  const counting = (part: keyof typeof count) => () => {
    count[part]++;
    return false;
  };
  play(day, "10:00:00", counting("before"));
  play(day, "10:02:00", counting("burst"));
  play(day, "10:06:00", counting("after"));
  const usual = (count.before + count.after) / 4;
  assert.ok(count.burst > 7 * usual && count.burst < 14 * usual, JSON.stringify(count));
});
