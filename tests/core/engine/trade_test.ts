import assert from "node:assert/strict";
import { candleCount } from "../../../core/analytics/candles.ts";
import { createVolumes, sumSides } from "../../../core/analytics/volume.ts";
import { createEngine } from "../../../core/engine/state.ts";
import { step } from "../../../core/engine/step.ts";
import {
  at,
  preOpenEvent,
  quoteEvent,
  statusEvent,
  tradeEvent,
} from "../../support/trade_events.ts";
import { engine, tradesOf } from "./trading_engine.ts";

Deno.test("A cached snapshot after a connect is a baseline, never a trade (B-44)", () => {
  const state = createEngine({ classifier: "feed", symbolsMax: 10 });
  step(state, { kind: "connected" });
  const snapshot = tradeEvent({ totalVolume: 5_000, lastVolume: 300, side: "buy" });
  assert.deepEqual(tradesOf(step(state, snapshot)), []);
  assert.deepEqual(tradesOf(step(state, { ...snapshot, source: "X" })), []);
  const next = { ...snapshot, totalVolume: 5_200, lastVolume: 200 };
  assert.equal(tradesOf(step(state, next)).length, 1);
  const { volumes, tape, lastE2 } = state.market.instruments.get("AAA")!;
  assert.deepEqual([volumes.buy, tape.missing, lastE2], [200, 5_000, 1_000_000]);
});

Deno.test("A start after the close takes the day's volume for no last match, but a real last one", () => {
  const closed = tradeEvent({ session: "C", exchangeMs: at("15:05:00"), totalVolume: 5_000 });
  const lastOf = (lastVolume: number) => {
    const { send, aaa } = engine();
    send({ ...closed, lastVolume });
    return aaa().lastVolume;
  };
  assert.deepEqual([lastOf(5_000), lastOf(300)], [0, 300]);
});

Deno.test("Every reconnect makes the next message of each source a baseline", () => {
  const { state, send, aaa } = engine();
  send(tradeEvent());
  send({ kind: "connected" });
  const changes = send(tradeEvent({ totalVolume: 400, lastVolume: 100 }));
  assert.deepEqual(changes.map((change) => change.kind), ["gap", "instrument"]);
  assert.deepEqual([aaa().tape.missing, aaa().totalVolume, aaa().lastSide], [300, 400, "none"]);
  assert.equal(tradesOf(send(tradeEvent({ totalVolume: 500, lastVolume: 100 }))).length, 1);
  assert.equal(state.counters.trades.baseline, 2);
  assert.equal(state.counters.methodVolume.gap, 300);
});

Deno.test("A combined X that repeats a trade of X-TRADE is counted once (B-01)", () => {
  const { send, aaa } = engine();
  send(preOpenEvent({ source: "X" }));
  send(tradeEvent({ side: "buy" }));
  for (let i = 0; i < 5; i++) send(tradeEvent({ source: "X" }));
  assert.equal(sumSides(aaa().volumes), 100);
  assert.equal(aaa().volumes.buy, 100);
});

Deno.test("A trade carries its verdict, its identity, its session and its part of the day (F-044)", () => {
  const { send } = engine();
  assert.deepEqual(tradesOf(send(tradeEvent({ side: "sell" }))), [{
    kind: "trade",
    symbol: "AAA",
    exchange: "HOSE",
    tradingDate: "2026-11-16",
    exchangeMs: at("10:00:00"),
    totalVolume: 100,
    volume: 100,
    priceE2: 1_000_000,
    side: "sell",
    method: "feed",
    reason: "flag",
    feedSide: "sell",
    session: "LO",
    phase: "continuous",
    late: false,
  }]);
});

Deno.test("The book before the trade judges it when the feed gives no side", () => {
  const { send } = engine();
  send(quoteEvent(995_000, 1_000_000));
  assert.equal(tradesOf(send(tradeEvent()))[0]?.method, "quote");
  assert.equal(tradesOf(send(tradeEvent({ totalVolume: 200 })))[0]?.side, "buy");
});

Deno.test("The book that a trade leaves may come first: the book before it judges", () => {
  const { send } = engine();
  const exchangeMs = at("10:00:00");
  send(
    quoteEvent(995_000, 1_000_000),
    quoteEvent(995_000, 1_000_000, { asks: [{ priceE2: 1_000_000, volume: 1 }] }),
    quoteEvent(995_000, 1_005_000, { exchangeMs }),
  );
  assert.equal(tradesOf(send(tradeEvent()))[0]?.side, "buy");
});

Deno.test("Books of a call auction judge nothing; then the direction of the price does", () => {
  const { send } = engine();
  send(quoteEvent(995_000, 1_000_000, { session: "ATO" }), tradeEvent());
  const [trade] = tradesOf(send(tradeEvent({ totalVolume: 200, lastE2: 995_000 })));
  assert.deepEqual([trade?.side, trade?.method], ["sell", "tick"]);
});

Deno.test("The closing print is neutral and in ATC, whatever its Side says (F-037, B-45)", () => {
  const { send, aaa } = engine();
  send(
    quoteEvent(995_000, 1_000_000, { exchangeMs: at("14:44:59"), session: "ATC" }),
    statusEvent({ exchangeMs: at("14:45:00"), session: "C" }),
  );
  const print = tradeEvent({ exchangeMs: at("14:45:00"), session: "C", side: "sell" });
  const [trade] = tradesOf(send(print));
  assert.deepEqual([trade?.side, trade?.method, trade?.phase], ["none", "auction", "atc"]);
  assert.equal(trade?.feedSide, "sell");
  assert.equal(trade?.reason, "auction");
  assert.equal(aaa().volumes.buckets.atc.none, sumSides(aaa().volumes));
});

Deno.test("The opening print under LO is neutral and in ATO, the next trade is judged", () => {
  const { send } = engine();
  send(quoteEvent(995_000, 1_000_000, { exchangeMs: at("09:14:00"), session: "ATO" }));
  const print = { exchangeMs: at("09:15:01"), side: "buy" } as const;
  const trades = tradesOf(send(
    quoteEvent(995_000, 1_000_000, { exchangeMs: at("09:15:00") }),
    tradeEvent(print),
    tradeEvent({ ...print, totalVolume: 200 }),
  ));
  assert.deepEqual(trades.map(({ phase, side }) => [phase, side]), [
    ["ato", "none"],
    ["continuous", "buy"],
  ]);
});

Deno.test("Put-through, break and halt are not continuous volume and have no side (B-05)", () => {
  for (const session of ["PT", "BREAK", "H"] as const) {
    const { send, aaa } = engine();
    const [trade] = tradesOf(send(tradeEvent({ session, side: "buy" })));
    assert.deepEqual([trade?.phase, trade?.side, trade?.method], ["other", "none", "none"]);
    assert.equal(trade?.reason, { PT: "put-through", BREAK: "closed", H: "halted" }[session]);
    assert.equal(sumSides(aaa().volumes.buckets.continuous), 0);
  }
});

Deno.test("A late trade fills its hole, takes the feed's side and moves no price back", () => {
  const { send, aaa } = engine();
  send(tradeEvent());
  send(tradeEvent({ totalVolume: 400, lastE2: 1_005_000, exchangeMs: at("10:00:02") }));
  const late = tradeEvent({ totalVolume: 300, lastVolume: 200, side: "buy" });
  const [trade] = tradesOf(send({ ...late, exchangeMs: at("10:00:01"), lastE2: 990_000 }));
  assert.deepEqual([trade?.late, trade?.side, trade?.volume], [true, "buy", 200]);
  assert.deepEqual([aaa().tape.missing, aaa().lastE2, aaa().totalVolume], [0, 1_005_000, 400]);
  // The trade at 10:00:02 rose, so the tick rule made it a buy of 100.
  assert.equal(aaa().volumes.buy, 300);
});

Deno.test("When corrections persist, the sums start again with the tape", () => {
  const { state, send, aaa } = engine();
  send(tradeEvent({ totalVolume: 1_000, lastVolume: 1_000, side: "buy" }));
  for (let second = 1; second <= 4; second++) {
    send(tradeEvent({ totalVolume: 800, exchangeMs: at(`10:00:0${second}`) }));
  }
  assert.equal(state.counters.trades.rebased, 1);
  assert.deepEqual([aaa().totalVolume, aaa().tape.missing], [800, 800]);
  assert.deepEqual(aaa().volumes, createVolumes());
  assert.equal(candleCount(aaa().candles), 0);
});

Deno.test("The opening price is the first trade's when the feed sends none", () => {
  const { send, aaa } = engine();
  send(tradeEvent({ lastE2: 1_010_000 }), tradeEvent({ totalVolume: 200, lastE2: 1_020_000 }));
  assert.equal(aaa().openE2, 1_010_000);
  send(tradeEvent({ source: "X", totalVolume: 200, openE2: 1_005_000 }));
  assert.equal(aaa().openE2, 1_005_000);
});
