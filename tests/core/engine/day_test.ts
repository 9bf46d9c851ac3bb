import assert from "node:assert/strict";
import { stateHash } from "../../../core/engine/hash.ts";
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
