import assert from "node:assert/strict";
import { stateHash } from "../../../core/engine/hash.ts";
import { FAR_DATE_RUN } from "../../../core/engine/day.ts";
import { createEngine } from "../../../core/engine/state.ts";
import { step } from "../../../core/engine/step.ts";
import type { MarketEvent } from "../../../core/market/event.ts";
import {
  at,
  preOpenEvent,
  quoteEvent,
  statusEvent,
  tradeEvent,
} from "../../support/trade_events.ts";

const TOMORROW = "2026-11-17";
const tomorrow = (time: string) => ({ tradingDate: TOMORROW, exchangeMs: at(time, TOMORROW) });

function engineOf(events: readonly MarketEvent[]) {
  const state = createEngine({ classifier: "feed", symbolsMax: 100 });
  for (const event of events) step(state, event);
  return state;
}

const today: readonly MarketEvent[] = [
  { kind: "connected" },
  preOpenEvent(),
  tradeEvent({ side: "buy" }),
  tradeEvent({ symbol: "BBB", totalVolume: 900 }),
];
const nextDay: readonly MarketEvent[] = [
  statusEvent({ ...tomorrow("09:15:00") }),
  preOpenEvent({ ...tomorrow("08:00:07") }),
  tradeEvent({ ...tomorrow("09:20:00"), side: "buy" }),
  // As a hub shows a market that is already under way: the last trade of many.
  tradeEvent({ ...tomorrow("09:20:00"), symbol: "BBB", totalVolume: 700, side: "sell" }),
  quoteEvent(995_000, 1_000_000, { ...tomorrow("09:20:01"), symbol: "BBB" }),
  tradeEvent({ ...tomorrow("09:20:02"), symbol: "BBB", totalVolume: 800, side: "sell" }),
];

Deno.test("A day that began inside a connection is rebuilt from its own messages alone", () => {
  const live = engineOf([...today, ...nextDay]);
  const recovered = engineOf(nextDay);
  assert.equal(stateHash(recovered), stateHash(live));
});

Deno.test("The first message of a symbol on a new day is a baseline, the next one is a trade", () => {
  const state = engineOf([...today, ...nextDay]);
  const { volumes, tape } = state.market.instruments.get("BBB")!;
  assert.deepEqual([volumes.sell, tape.missing, tape.head], [100, 700, 800]);
  assert.equal(state.market.instruments.get("AAA")!.volumes.buy, 100);
});

/** Whether one message of AAA with a date and a time begins a day, at `asOf` of 2026-11-16. */
function begins(asOf: string, date: string, time: string, archived = false): boolean {
  const state = engineOf([tradeEvent({ exchangeMs: at(asOf) })]);
  if (archived) state.market.archivedMs = at("15:05:00");
  step(state, tradeEvent({ tradingDate: date, exchangeMs: at(time, date) }));
  return state.market.tradingDate === date;
}

Deno.test("One garbled date in a running session does not throw the day away", () => {
  for (const time of ["10:00:00", "10:00:01", "09:59:30", "14:00:00"]) {
    assert.equal(begins("10:00:00", TOMORROW, time), false, time);
    assert.equal(begins("10:00:00", "2026-11-20", time), false, time);
  }
});

Deno.test("The morning of the next trading day begins at once, archived or not", () => {
  assert.equal(begins("14:59:00", TOMORROW, "08:00:07"), true);
  assert.equal(begins("14:59:00", TOMORROW, "09:15:00"), true);
  assert.equal(begins("14:59:00", TOMORROW, "09:15:01"), false);
  assert.equal(begins("15:05:00", TOMORROW, "08:30:00", true), true);
  assert.equal(begins("15:05:00", TOMORROW, "10:30:00", true), true);
});

Deno.test("A garbled date before the open is not taken for the next morning", () => {
  assert.equal(begins("08:50:00", TOMORROW, "08:50:01"), false);
  assert.equal(begins("08:50:00", TOMORROW, "08:49:30"), false);
});

Deno.test("No other day than the next trading day begins with one message, archived or not", () => {
  // A day believed wrongly would make every day before it an old one.
  for (const date of ["2026-11-18", "2026-11-21", "2026-11-30", "2027-11-17"]) {
    assert.equal(begins("15:05:00", date, "08:30:00", true), false, date);
    assert.equal(begins("14:59:00", date, "08:30:00"), false, date);
  }
});

Deno.test("Any later day is believed from a run of different symbols", () => {
  const state = engineOf([tradeEvent()]);
  const date = "2026-11-19";
  const far = (symbol: string) =>
    step(state, tradeEvent({ symbol, tradingDate: date, exchangeMs: at("10:30:00", date) }));
  for (let i = 1; i < FAR_DATE_RUN; i++) far(`S${i}`);
  assert.equal(state.market.tradingDate, "2026-11-16");
  assert.equal(state.counters.trades["far-date"], FAR_DATE_RUN - 1);
  far("S9");
  assert.equal(state.market.tradingDate, date);
});

Deno.test("Garbled dates among good messages never add up to a day", () => {
  const state = engineOf([tradeEvent()]);
  for (let i = 0; i < 20; i++) {
    const tradingDate = "2026-11-19";
    step(state, tradeEvent({ symbol: `S${i}`, tradingDate }));
    step(state, quoteEvent(995_000, 1_000_000, { exchangeMs: at("10:00:01") + i * 1_000 }));
  }
  assert.equal(state.market.tradingDate, "2026-11-16");
  assert.equal(state.counters.trades["far-date"], 20);
});
