import assert from "node:assert/strict";
import { candleAt, candleCount } from "../../../core/analytics/candles.ts";
import { at, preOpenEvent, quoteEvent, tradeEvent } from "../../support/trade_events.ts";
import { engine, tradesOf } from "./trading_engine.ts";

Deno.test("Whether flag and quote rule agree is counted, in trades and in volume (N-07)", () => {
  for (const classifier of ["feed", "quote"] as const) {
    const { state, send, aaa } = engine({ classifier });
    send(quoteEvent(995_000, 1_000_000));
    send(tradeEvent({ side: "buy" }), tradeEvent({ totalVolume: 200, side: "sell" }));
    const [trade] = tradesOf(
      send(tradeEvent({ totalVolume: 500, lastVolume: 300, side: "sell" })),
    );
    assert.equal(trade?.side, classifier === "feed" ? "sell" : "buy");
    const { agreement } = state.counters;
    assert.deepEqual(agreement, {
      agree: 1,
      disagree: 2,
      agreeVolume: 100,
      disagreeVolume: 400,
    });
    assert.deepEqual([aaa().volumes.agree, aaa().volumes.disagree], [100, 400]);
  }
});

Deno.test("Where only one of flag and quote rule speaks, or an auction matched, nothing agrees (N-07)", () => {
  const { state, send } = engine();
  send(tradeEvent({ side: "buy" }));
  send(quoteEvent(995_000, 1_000_000), tradeEvent({ totalVolume: 200 }));
  const closing = { exchangeMs: at("14:45:00"), session: "C", side: "buy" } as const;
  send(tradeEvent({ totalVolume: 300, ...closing }));
  assert.deepEqual(Object.values(state.counters.agreement), [0, 0, 0, 0]);
});

Deno.test("A security under special trading has no aggressor, whatever its flag says (F-037)", () => {
  const { send } = engine();
  const [own] = tradesOf(send(tradeEvent({ status: "ST", side: "buy" })));
  assert.deepEqual([own?.side, own?.method, own?.reason], ["none", "auction", "restricted"]);
  assert.equal(own?.phase, "continuous");
  const [held] = tradesOf(send(tradeEvent({ totalVolume: 200, status: null, side: "buy" })));
  assert.equal(held?.reason, "restricted");
  const [normal] = tradesOf(send(tradeEvent({ totalVolume: 300, status: "N", side: "buy" })));
  assert.equal(normal?.reason, "flag");
});

Deno.test("A late trade without a flag says that it was late, with one it keeps its side", () => {
  const { send } = engine();
  send(quoteEvent(995_000, 1_000_000), tradeEvent());
  send(tradeEvent({ totalVolume: 400, exchangeMs: at("10:00:02") }));
  const late = { exchangeMs: at("10:00:01"), lastVolume: 100 };
  const reasons = [
    tradeEvent({ ...late, totalVolume: 200 }),
    tradeEvent({ ...late, totalVolume: 300, side: "sell" }),
  ].flatMap((event) => tradesOf(send(event)).map(({ late, side, reason }) => [late, side, reason]));
  assert.deepEqual(reasons, [[true, "none", "late"], [true, "sell", "flag"]]);
});

Deno.test("Volume by reason holds every share of the day, counted and missing (N-02)", () => {
  const { state, send, aaa } = engine();
  send(tradeEvent({ side: "buy" }), tradeEvent({ totalVolume: 500, side: "sell" }));
  send({ kind: "connected" }, tradeEvent({ totalVolume: 900, lastVolume: 50 }));
  send(tradeEvent({ totalVolume: 1_000, session: "PT" }));
  const { reasonVolume } = state.counters;
  const told = Object.fromEntries(Object.entries(reasonVolume).filter(([, volume]) => volume > 0));
  assert.deepEqual(told, { flag: 200, gap: 300, baseline: 400, "put-through": 100 });
  assert.equal(Object.values(reasonVolume).reduce((sum, volume) => sum + volume, 0), 1_000);
  assert.equal(aaa().tape.head, 1_000);
});

Deno.test("The volume of a trade is its own and never the day's (F-036)", () => {
  const { send, aaa } = engine();
  send(preOpenEvent({ source: "X" }));
  const sizes = [300, 200, 1_000];
  let totalVolume = 0;
  for (const lastVolume of sizes) {
    totalVolume += lastVolume;
    const trade = { totalVolume, lastVolume, side: "buy" } as const;
    assert.equal(tradesOf(send(tradeEvent(trade)))[0]?.volume, lastVolume);
    assert.deepEqual(tradesOf(send(tradeEvent({ ...trade, source: "X" }))), []);
  }
  assert.equal(aaa().volumes.buy, 1_500);
});

Deno.test("Each trade that is told of is already in its bucket and in the total (F-045)", () => {
  const { send, aaa } = engine();
  let counted = 0;
  for (let n = 1; n <= 5; n++) {
    const trades = tradesOf(send(tradeEvent({ totalVolume: 100 * n, side: "buy" })));
    counted += trades.reduce((sum, { volume }) => sum + volume, 0);
    assert.equal(aaa().volumes.buy, counted);
    assert.equal(aaa().volumes.buckets.continuous.buy, counted);
    assert.equal(aaa().volumes.methods.feed, counted);
  }
});

Deno.test("Values are VND: prices of shares are not thousands, a point of a contract is 100,000 (B-02)", () => {
  const { send, state, aaa } = engine();
  send(tradeEvent({ side: "buy" }));
  assert.deepEqual([aaa().volumes.buyVnd, aaa().volumes.buckets.continuous.buyVnd], [1e6, 1e6]);
  const future = { symbol: "41I1GC000", exchange: "DERIVATIVES" } as const;
  send(preOpenEvent(future));
  send(tradeEvent({ ...future, lastE2: 193_450, lastVolume: 3, totalVolume: 3, side: "sell" }));
  assert.equal(state.market.instruments.get("41I1GC000")!.volumes.sellVnd, 580_350_000);
});

Deno.test("Every counted trade is in the candle of its minute, a late one too (P5)", () => {
  const { send, aaa } = engine();
  send(tradeEvent({ side: "buy" }));
  send(tradeEvent({ totalVolume: 400, lastE2: 1_010_000, exchangeMs: at("10:01:00") }));
  const late = { totalVolume: 300, lastVolume: 200, lastE2: 990_000, side: "sell" } as const;
  send(tradeEvent({ ...late, exchangeMs: at("10:00:59") }));
  const { candles } = aaa();
  assert.equal(candleCount(candles), 2);
  const { openE2, closeE2, lowE2, buy, sell, toVolume } = candleAt(candles, 0)!;
  assert.deepEqual([openE2, closeE2, lowE2], [1_000_000, 990_000, 990_000]);
  assert.deepEqual([buy, sell, toVolume], [100, 200, 300]);
  assert.equal(candleAt(candles, 1)!.openE2, 1_010_000);
});

Deno.test("Sums that do not make what the tape counted stop the engine, with the trade named (F-043)", () => {
  const { send, aaa } = engine();
  send(tradeEvent({ side: "buy" }));
  aaa().volumes.buy += 1;
  const next = tradeEvent({ totalVolume: 300, lastVolume: 200 });
  assert.throws(() => send(next), /Cannot sum AAA at 300: sides make 301, not 300/);
});
