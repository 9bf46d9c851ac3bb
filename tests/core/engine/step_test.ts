import assert from "node:assert/strict";
import type { BarEvent } from "../../../core/market/event.ts";
import { createEngine, INDICES_MAX } from "../../../core/engine/state.ts";
import { step } from "../../../core/engine/step.ts";
import { asOfMs, boardRow, tradingDate } from "../../../core/engine/views.ts";
import {
  at,
  DATE,
  foreignEvent,
  indexEvent,
  preOpenEvent,
  quoteEvent,
  statusEvent,
  tradeEvent,
} from "../../support/trade_events.ts";

const options = { classifier: "feed", symbolsMax: 3 } as const;

Deno.test("The first frame of a later date begins a fresh day", () => {
  const state = createEngine(options);
  assert.deepEqual(step(state, tradeEvent())[0], { kind: "day", tradingDate: DATE });
  const tomorrow = preOpenEvent({
    tradingDate: "2026-11-17",
    exchangeMs: at("08:00:07", "2026-11-17"),
  });
  assert.deepEqual(step(state, tomorrow).find(({ kind }) => kind === "day"), {
    kind: "day",
    tradingDate: "2026-11-17",
  });
  assert.equal(tradingDate(state), "2026-11-17");
  assert.equal(state.market.instruments.get("AAA")?.totalVolume, 0);
  assert.equal(asOfMs(state), at("08:00:07", "2026-11-17"));
});

Deno.test("An older date is counted and changes nothing, but was its source's first word", () => {
  const state = createEngine(options);
  step(state, statusEvent());
  step(state, { kind: "connected" });
  assert.deepEqual(step(state, tradeEvent({ tradingDate: "2026-11-13" })), []);
  assert.deepEqual(step(state, quoteEvent(1, 2, { tradingDate: "2026-11-13" })), []);
  assert.equal(state.counters.trades["older-date"], 1);
  assert.equal(state.counters.ignored["older-date"], 1);
  // The cached message of yesterday was the snapshot; what comes now is a trade of today.
  assert.equal(step(state, tradeEvent()).some((change) => change.kind === "trade"), true);
});

Deno.test("One message with a far date does not throw the day away, several symbols do", () => {
  const state = createEngine(options);
  step(state, tradeEvent());
  const far = (symbol: string) => tradeEvent({ symbol, tradingDate: "2027-11-16" });
  for (let i = 0; i < 5; i++) step(state, far("AAA"));
  assert.equal(tradingDate(state), DATE);
  assert.equal(state.counters.trades["far-date"], 5);
  step(state, far("BBB"));
  step(state, far("AAA"));
  assert.equal(tradingDate(state), "2027-11-16");
});

Deno.test("The morning after the longest holiday is no far date", () => {
  const state = createEngine(options);
  const [before, after] = ["2026-02-13", "2026-02-23"];
  step(state, tradeEvent({ tradingDate: before, exchangeMs: at("14:00:00", before) }));
  step(state, preOpenEvent({ tradingDate: after, exchangeMs: at("08:45:00", after) }));
  assert.equal(tradingDate(state), after);
});

Deno.test("Securities beyond the limit are counted and ignored, known ones go on", () => {
  const state = createEngine(options);
  for (const symbol of ["AAA", "BBB", "CCC"]) step(state, preOpenEvent({ symbol }));
  assert.deepEqual(step(state, tradeEvent({ symbol: "DDD" })), []);
  assert.deepEqual(step(state, quoteEvent(1, 2, { symbol: "DDD" })), []);
  assert.equal(state.counters.trades["over-limit"], 1);
  assert.equal(state.counters.ignored["over-limit"], 1);
  const known = step(state, tradeEvent({ symbol: "CCC" }));
  assert.equal(known.some((change) => change.kind === "trade"), true);
});

Deno.test("Indices beyond the limit are counted and ignored", () => {
  const state = createEngine(options);
  for (let i = 0; i < INDICES_MAX; i++) step(state, indexEvent({ symbol: `I${i}` }));
  assert.deepEqual(step(state, indexEvent({ symbol: "ONEMORE" })), []);
  assert.equal(step(state, indexEvent({ symbol: "I0" })).length, 1);
  assert.equal(state.counters.ignored["over-limit"], 1);
});

Deno.test("Of each sort of message the newest second holds; older ones are counted", () => {
  const state = createEngine(options);
  const earlier = at("09:30:00");
  step(state, quoteEvent(995_000, 1_000_000));
  step(state, foreignEvent());
  step(state, indexEvent());
  step(state, statusEvent({ exchangeMs: at("10:00:00"), status: "H" }));
  const row = boardRow(state, "AAA");
  step(state, quoteEvent(1, 2, { exchangeMs: earlier }));
  step(state, foreignEvent({ exchangeMs: earlier, buyVolume: 1 }));
  step(state, statusEvent({ exchangeMs: earlier, status: "N", session: "ATO" }));
  step(state, indexEvent({ exchangeMs: earlier, valueE2: 1 }));
  assert.deepEqual(boardRow(state, "AAA"), row);
  assert.equal(state.market.indices.get("VN30")?.event.valueE2, 185_000);
  assert.equal(state.counters.ignored["older-time"], 4);
});

Deno.test("A tick of a known index moves its value, any other tick is counted and unused", () => {
  const state = createEngine(options);
  const bar: BarEvent = {
    kind: "bar",
    symbol: "VN30",
    tradingDate: DATE,
    exchangeMs: at("10:00:01"),
    priceE2: 185_100,
    volume: 0,
  };
  assert.deepEqual(step(state, bar), [{ kind: "day", tradingDate: DATE }]);
  step(state, indexEvent());
  assert.deepEqual(step(state, bar), [{ kind: "index", symbol: "VN30" }]);
  assert.equal(state.market.indices.get("VN30")?.event.valueE2, 185_100);
  step(state, { ...bar, exchangeMs: at("09:00:00"), priceE2: 1 });
  assert.equal(state.market.indices.get("VN30")?.event.valueE2, 185_100);
  assert.deepEqual([state.counters.ignored["unused-bar"], state.counters.ignored["older-time"]], [
    1,
    1,
  ]);
});

Deno.test("A tick of VN30 changes the basis of every VN30 future and of nothing else", () => {
  const state = createEngine(options);
  step(state, preOpenEvent());
  step(state, tradeEvent({ symbol: "41I1GC000", exchange: "DERIVATIVES", lastE2: 185_230 }));
  assert.deepEqual(step(state, indexEvent()).slice(1), [{
    kind: "instrument",
    symbol: "41I1GC000",
  }]);
  assert.deepEqual(step(state, indexEvent()).slice(1), []);
  assert.deepEqual(step(state, indexEvent({ symbol: "VNINDEX" })).slice(1), []);
});

Deno.test("Exchange time of the state never goes back", () => {
  const state = createEngine(options);
  assert.equal(asOfMs(state), null);
  step(state, tradeEvent({ exchangeMs: at("10:00:05") }));
  step(state, quoteEvent(1, 2, { exchangeMs: at("10:00:01") }));
  assert.equal(asOfMs(state), at("10:00:05"));
});

Deno.test("One security with a time hours ahead is not believed, a second one is", () => {
  const state = createEngine({ classifier: "feed", symbolsMax: 10 });
  step(state, tradeEvent());
  const { HOSE } = state.market.boards;
  const late = { exchangeMs: at("23:59:59"), session: "C" } as const;
  step(state, statusEvent(late));
  step(state, quoteEvent(990_000, 1_010_000, late));
  assert.equal(state.counters.ignored["far-time"], 2, "its repeat is no second word");
  assert.deepEqual([state.market.asOfMs, HOSE.phase], [at("10:00:00"), "continuous"]);
  // Neither its own book nor the others are held up by what was refused.
  step(state, quoteEvent(990_000, 1_010_000, { exchangeMs: at("10:00:01") }));
  step(state, tradeEvent({ symbol: "BBB", exchangeMs: at("10:00:02") }));
  const { quoteMs } = state.market.instruments.get("AAA")!;
  assert.deepEqual([quoteMs, state.market.asOfMs], [at("10:00:01"), at("10:00:02")]);
  const night = { ...late, exchangeMs: at("22:00:00") };
  for (const symbol of ["CCC", "DDD"]) step(state, quoteEvent(1, 2, { symbol, ...night }));
  assert.deepEqual([state.market.asOfMs, HOSE.phase], [at("22:00:00"), "closed"]);
  // What waited for the other was taken after all, and counts as refused no more.
  assert.equal(state.market.instruments.get("CCC")!.quoteMs, at("22:00:00"));
  assert.equal(state.counters.ignored["far-time"], 2);
});

Deno.test("Of snapshots from any hour of the day none is lost", () => {
  const state = createEngine({ classifier: "feed", symbolsMax: 10 });
  const times = ["08:45:00", "14:40:00", "09:20:00", "14:41:00", "11:00:00"];
  for (const [i, time] of times.entries()) {
    step(state, tradeEvent({ symbol: `S${i}`, exchangeMs: at(time), totalVolume: 700 }));
  }
  const heads = [...state.market.instruments.values()].map((
    { symbol, tape },
  ) => [symbol, tape.head]);
  assert.deepEqual(Object.fromEntries(heads), { S0: 700, S1: 700, S2: 700, S3: 700, S4: 700 });
  assert.equal(state.counters.trades.baseline, 5);
  assert.equal(state.counters.trades["far-time"], 0);
});
