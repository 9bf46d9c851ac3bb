import assert from "node:assert/strict";
import { derivativeRow } from "../../../core/engine/derivative_view.ts";
import { step } from "../../../core/engine/step.ts";
import { DERIVATIVE_FIELDS } from "../../../core/wire/analytics.ts";
import { indexEvent, IndexMarket } from "../../support/index_market.ts";
import { at, preOpenEvent, quoteEvent, tradeEvent } from "../../support/trade_events.ts";
import { named } from "../../support/named.ts";

const FRONT = "41I1GC000";
const NEXT = "41I1H1000";
const FAR = "41I1H3000";
const TERMS = { ratePct: 4.5, dividendPct: 1.5, costPct: 0.1 };

function row({ state }: IndexMarket, symbol: string, terms = TERMS) {
  return named(DERIVATIVE_FIELDS, derivativeRow(state, symbol, terms));
}

function trading(): IndexMarket {
  const market = new IndexMarket();
  market.session("LO", "09:15:00", "HOSE", "DERIVATIVES");
  market.tick("VN30", 185_029, "09:30:00");
  return market;
}

Deno.test("A row of a future holds every field, exact to the hundredth (F-053)", () => {
  const market = trading();
  const head = { symbol: FRONT, exchange: "DERIVATIVES" } as const;
  step(market.state, quoteEvent(185_240, 185_250, { ...head, exchangeMs: at("09:30:01") }));
  market.trade(FRONT, 185_240, "09:30:02", 3);
  market.tick("VN30", 185_129, "09:31:02");
  market.tick("VN30", 185_229, "09:32:03");
  assert.deepEqual(row(market, FRONT), {
    underlying: "VN30",
    month: "2026-12",
    expiry: "2026-12-17",
    daysLeft: 31,
    active: 1,
    last: 1_852.4,
    change: 12.4,
    changePct: 0.67,
    ref: 1_840,
    ceil: 1_968.8,
    floor: 1_711.2,
    vol: 3,
    bid: 1_852.4,
    bidVol: 500,
    ask: 1_852.5,
    askVol: 500,
    spot: 1_852.29,
    basis: 0.11,
    basisPct: 0.01,
    premium: "premium",
    // 1,852.29 × (1 + 3 % × 31 / 365)
    fair: 1_857.01,
    fairLow: 1_855.16,
    fairHigh: 1_858.86,
    rich: -4.61,
    richVnd: -461_000,
    carryPct: 0.07,
    slope: -1,
    trend: "converging",
    spread: null,
    oi: null,
    buyVol: 0,
    sellVol: 3,
    neutVol: 0,
    basisTime: "09:32:03",
  });
});

Deno.test("What was not heard of today, and what is no index future, has an empty row", () => {
  const market = trading();
  market.trade("41B5GC000", 11_000_000, "09:30:01");
  market.trade("FPT", 11_000_000, "09:30:01");
  for (const symbol of [NEXT, "41B5GC000", "FPT"]) {
    assert.deepEqual(derivativeRow(market.state, symbol, TERMS), DERIVATIVE_FIELDS.map(() => null));
  }
});

Deno.test("Before its first trade a future has a reference and a fair value, and no price, change or basis", () => {
  const market = trading();
  step(market.state, preOpenEvent({ symbol: FRONT, referenceE2: 184_000 }));
  const { ref, last, change, changePct, basis, premium, rich, carryPct, fair, basisTime } = row(
    market,
    FRONT,
  );
  assert.deepEqual([ref, fair], [1_840, 1_855]);
  assert.deepEqual(
    [last, change, changePct, basis, premium, rich, carryPct, basisTime],
    Array(8).fill(null),
  );
});

Deno.test("Before the index has traded there is neither basis nor fair value", () => {
  const market = new IndexMarket();
  market.tick("VN30", 184_500, "09:05:00", 0);
  market.trade(FRONT, 185_240, "09:05:01");
  const { spot, basis, basisPct, premium, fair, fairLow, rich, richVnd, carryPct, basisTime } = row(
    market,
    FRONT,
  );
  assert.equal(spot, 1_845);
  assert.deepEqual(
    [basis, basisPct, premium, fair, fairLow, rich, richVnd, carryPct, basisTime],
    Array(9).fill(null),
  );
});

Deno.test("A basis of exactly nothing is flat, a tick of a tenth to either side is not (B-10)", () => {
  const market = trading();
  market.tick("VN30", 185_000, "09:30:01");
  const premiumAt = (lastE2: number, time: string) => {
    market.trade(FRONT, lastE2, time);
    const { basis, premium } = row(market, FRONT);
    return [basis, premium];
  };
  assert.deepEqual(premiumAt(185_000, "09:30:02"), [0, "flat"]);
  assert.deepEqual(premiumAt(185_010, "09:30:03"), [0.1, "premium"]);
  assert.deepEqual(premiumAt(184_990, "09:30:04"), [-0.1, "discount"]);
});

Deno.test("Rich is the price less the fair value, in points and in VND for one contract (N-09)", () => {
  const market = trading();
  market.trade(FRONT, 186_000, "09:30:01");
  const { fair, rich, richVnd } = row(market, FRONT);
  assert.equal(fair, 1_855);
  assert.deepEqual([rich, richVnd], [5, 500_000]);
  market.trade(FRONT, 185_000, "09:30:02");
  assert.deepEqual([row(market, FRONT).rich, row(market, FRONT).richVnd], [-5, -500_000]);
});

Deno.test("The fair value follows the terms that are set, and its band the cost (N-09)", () => {
  const market = trading();
  market.trade(FRONT, 186_000, "09:30:01");
  const { fair, fairLow, fairHigh } = row(market, FRONT, {
    ratePct: 0,
    dividendPct: 0,
    costPct: 1,
  });
  assert.deepEqual([fair, fairLow, fairHigh], [1_850.29, 1_831.79, 1_868.79]);
});

Deno.test("On its last day a future is worth the index and implies no carry (N-09)", () => {
  const market = new IndexMarket();
  const tradingDate = "2026-12-17";
  const exchangeMs = at("10:00:00", tradingDate);
  const future = { symbol: FRONT, tradingDate, exchangeMs, lastE2: 185_100 };
  step(market.state, indexEvent({ tradingDate, exchangeMs, valueE2: 185_000, volume: 1 }));
  step(market.state, tradeEvent(future));
  const { daysLeft, fair, rich, carryPct, active } = row(market, FRONT);
  assert.deepEqual([daysLeft, fair, rich, carryPct, active], [0, 1_850, 1, null, 1]);
});

Deno.test("A contract that has expired has no fair value and is not the active one", () => {
  const market = trading();
  market.trade("41I1GA000", 185_100, "09:30:01", 900);
  market.trade(FRONT, 185_100, "09:30:01", 1);
  const { daysLeft, fair, carryPct, active } = row(market, "41I1GA000");
  assert.deepEqual([daysLeft, fair, carryPct, active], [-32, null, null, 0]);
  assert.deepEqual([row(market, FRONT).active, row(market, FRONT).spread], [1, null]);
});

Deno.test("The active contract is the one with the largest volume, each index has its own (F-053)", () => {
  const market = trading();
  market.tick("VN100", 172_000, "09:30:00");
  market.trade(FRONT, 185_240, "09:30:01", 5);
  market.trade(NEXT, 185_340, "09:30:01", 6);
  market.trade("41I2GC000", 172_100, "09:30:01", 100);
  const active = () => [FRONT, NEXT, "41I2GC000"].map((code) => row(market, code).active);
  assert.deepEqual(active(), [0, 1, 1]);
  // At equal volume the nearer one leads.
  market.trade(FRONT, 185_240, "09:30:02", 1);
  assert.deepEqual(active(), [1, 0, 1]);
});

Deno.test("Without any volume the nearest contract is the active one, in any order of arrival", () => {
  for (const codes of [[FRONT, NEXT, FAR], [FAR, NEXT, FRONT]]) {
    const market = trading();
    for (const symbol of codes) step(market.state, preOpenEvent({ symbol }));
    assert.deepEqual([FRONT, NEXT, FAR].map((code) => row(market, code).active), [1, 0, 0]);
  }
});

Deno.test("A spread is against the next nearer contract of the same index, the nearest has none (F-053)", () => {
  const market = trading();
  market.tick("VN100", 172_000, "09:30:00");
  market.trade("41I2GC000", 172_100, "09:30:01");
  market.trade(FAR, 185_950, "09:30:01");
  market.trade(FRONT, 185_240, "09:30:01");
  const spreads = () => [FRONT, NEXT, FAR, "41I2GC000"].map((code) => row(market, code).spread);
  assert.deepEqual(spreads(), [null, null, 7.1, null]);
  market.trade(NEXT, 185_540, "09:30:02");
  assert.deepEqual(spreads(), [null, 3, 4.1, null]);
});

Deno.test("The next nearer contract is found in any order of arrival", () => {
  for (const codes of [[FRONT, NEXT, FAR], [FAR, NEXT, FRONT], [NEXT, FRONT, FAR]]) {
    const market = trading();
    codes.forEach((code) =>
      market.trade(code, 185_000 + 10 * [FRONT, NEXT, FAR].indexOf(code), "09:30:01")
    );
    assert.deepEqual([FRONT, NEXT, FAR].map((code) => row(market, code).spread), [null, 0.1, 0.1]);
  }
});

Deno.test("Trend and slope wait for three minutes of exchange time", () => {
  const market = trading();
  market.trade(FRONT, 185_329, "09:30:01");
  market.tick("VN30", 185_129, "09:31:00");
  assert.deepEqual([row(market, FRONT).slope, row(market, FRONT).trend], [null, null]);
  market.tick("VN30", 184_929, "09:32:00");
  assert.deepEqual([row(market, FRONT).slope, row(market, FRONT).trend], [0.5, "diverging"]);
});
