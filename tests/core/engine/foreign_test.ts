import assert from "node:assert/strict";
import { FLOW_SCOPES, flowRow, foreignRow } from "../../../core/engine/foreign_view.ts";
import { stateHash } from "../../../core/engine/hash.ts";
import { logFrom } from "../../../core/engine/logs.ts";
import { createEngine, type EngineState } from "../../../core/engine/state.ts";
import { step } from "../../../core/engine/step.ts";
import type { ForeignEvent, MarketEvent } from "../../../core/market/event.ts";
import { FLOW_FIELDS, FOREIGN_FIELDS } from "../../../core/wire/analytics.ts";
import { named } from "../../support/named.ts";
import { at, foreignEvent, quoteEvent, tradeEvent } from "../../support/trade_events.ts";

function engineAfter(...events: MarketEvent[]): EngineState {
  const state = createEngine({ classifier: "feed", symbolsMax: 100 });
  for (const event of events) step(state, event);
  return state;
}

const rowOf = (state: EngineState, symbol = "AAA") =>
  named(FOREIGN_FIELDS, foreignRow(state, symbol));
const scopeOf = (state: EngineState, scope: string) => named(FLOW_FIELDS, flowRow(state, scope));

/** Bought and sold shares at 10,000 VND each. */
function flow(
  time: string,
  buyVolume: number,
  sellVolume: number,
  more: Partial<ForeignEvent> = {},
) {
  return foreignEvent({
    exchangeMs: at(time),
    buyVolume,
    sellVolume,
    buyValueVnd: buyVolume * 10_000,
    sellValueVnd: sellVolume * 10_000,
    ...more,
  });
}

const VN30 = { kind: "reference", members: { VN30: ["FPT", "ZZZ"] }, shares: {} } as const;

Deno.test("A security's foreign row holds totals, net, room and what the last message brought (F-048)", () => {
  const state = engineAfter(flow("10:00:00", 1_000, 400), flow("10:01:00", 1_300, 900));
  assert.deepEqual(rowOf(state), {
    buyVol: 1_300,
    sellVol: 900,
    buyVal: 13_000_000,
    sellVal: 9_000_000,
    netVol: 400,
    netVal: 4_000_000,
    room: 400_000,
    totalRoom: 1_000_000,
    roomUsed: 60,
    buySpeed: 300,
    sellSpeed: 500,
    buyAccel: 300,
    sellAccel: 500,
    buyDelta: 300,
    sellDelta: 500,
    approx: 0,
    time: "10:01:00",
  });
});

Deno.test("A row is blank without a message, and the room blank where the feed sends none", () => {
  assert.ok(foreignRow(engineAfter(), "AAA").every((cell) => cell === null));
  const state = engineAfter(flow("10:00:00", 0, 0, { totalRoom: 0, currentRoom: 0 }));
  assert.equal(rowOf(state).roomUsed, null);
});

Deno.test("The first message is what was before us, not flow of this moment", () => {
  const state = engineAfter(flow("13:00:00", 5_000_000, 0));
  const { buyVol, buyDelta, buySpeed } = rowOf(state);
  assert.deepEqual([buyVol, buyDelta, buySpeed], [5_000_000, 0, 0]);
});

Deno.test("Totals that fall are a correction: they hold, and no flow is made of them", () => {
  const state = engineAfter(flow("10:00:00", 1_000, 0), flow("10:00:10", 600, 0));
  const { buyVol, buyDelta, buySpeed } = rowOf(state);
  assert.deepEqual([buyVol, buyDelta, buySpeed], [600, 0, 0]);
  assert.equal(scopeOf(state, "ALL").buyVol, 600);
});

Deno.test("Within one second lower totals are late news and change nothing", () => {
  const state = engineAfter(flow("10:00:00", 100, 0), flow("10:00:10", 900, 0));
  step(state, flow("10:00:10", 500, 0));
  assert.equal(rowOf(state).buyVol, 900);
  assert.equal(state.counters.ignored["older-time"], 1);
});

Deno.test("The same message again changes nothing, not even what the last one brought (I2)", () => {
  const state = engineAfter(flow("10:00:00", 1_000, 0), flow("10:00:10", 1_300, 0));
  const hash = stateHash(state);
  assert.deepEqual(step(state, flow("10:00:10", 1_300, 0)), []);
  assert.deepEqual([stateHash(state), rowOf(state).buyDelta], [hash, 300]);
});

Deno.test("What piled up while we were away is no burst", () => {
  const before = [flow("10:00:00", 100, 0), flow("10:00:30", 200, 0)];
  const away = engineAfter(...before, { kind: "connected" }, flow("10:20:00", 900_000, 0));
  assert.equal(rowOf(away).buySpeed, 0);
  const blink = engineAfter(...before, { kind: "connected" }, flow("10:00:40", 260, 0));
  assert.equal(rowOf(blink).buySpeed, 160, "a short break is bridged");
});

Deno.test("A new trading date starts from nothing (B-18)", () => {
  const next = { tradingDate: "2026-11-17", exchangeMs: at("08:45:00", "2026-11-17") };
  const state = engineAfter(VN30, flow("10:00:00", 1_000, 0), flow("08:45:00", 50, 0, next));
  assert.deepEqual([rowOf(state).buyVol, rowOf(state).buyDelta], [50, 0]);
  assert.equal(scopeOf(state, "ALL").buyVol, 50);
});

Deno.test("Values that are volume times last price are flagged as estimated", () => {
  const moving = tradeEvent({ lastE2: 1_010_000, highE2: 1_020_000, lowE2: 1_000_000 });
  const estimated = { buyValueVnd: 100 * 10_100, sellValueVnd: 300 * 10_100 };
  assert.equal(rowOf(engineAfter(moving, flow("10:00:01", 100, 300, estimated))).approx, 1);
  const real = { buyValueVnd: 100 * 10_090, sellValueVnd: 300 * 10_100 };
  assert.equal(rowOf(engineAfter(moving, flow("10:00:01", 100, 300, real))).approx, 0);
});

Deno.test("Scopes sum their securities: all boards, each board, VN30 and its sectors (F-049)", () => {
  const state = engineAfter(
    VN30,
    flow("10:00:00", 100, 10, { symbol: "FPT" }),
    flow("10:00:00", 20, 0, { symbol: "ZZZ" }),
    flow("10:00:00", 3, 0, { symbol: "SHS", exchange: "HNX" }),
    flow("10:00:00", 7, 0, { symbol: "41I1GC000", exchange: "DERIVATIVES" }),
  );
  const bought = Object.fromEntries(
    FLOW_SCOPES.map((scope) => [scope, scopeOf(state, scope).buyVol]),
  );
  assert.deepEqual(
    Object.fromEntries(Object.entries(bought).filter(([, volume]) => volume !== null)),
    { VN30: 120, ALL: 123, HOSE: 120, HNX: 3, "sector:technology": 100, "sector:other": 20 },
  );
  assert.deepEqual([scopeOf(state, "VN30").netVol, scopeOf(state, "VN30").symbols], [110, 2]);
});

Deno.test("A scope's speed counts what moved, not the first messages of its securities", () => {
  const state = engineAfter(
    flow("10:00:00", 1_000_000, 0),
    flow("10:00:20", 2_000_000, 0, { symbol: "BBB" }),
    flow("10:01:00", 1_000_300, 0),
  );
  assert.equal(scopeOf(state, "ALL").buySpeed, 300);
});

Deno.test("Membership that comes after the messages sums them up anew", () => {
  const state = engineAfter(flow("10:00:00", 100, 0, { symbol: "FPT" }));
  assert.equal(scopeOf(state, "VN30").buyVol, null);
  step(state, VN30);
  assert.deepEqual([scopeOf(state, "VN30").buyVol, scopeOf(state, "ALL").buyVol], [100, 100]);
  step(state, flow("10:00:10", 150, 0, { symbol: "FPT" }));
  assert.equal(scopeOf(state, "VN30").buyVol, 150);
});

Deno.test("A security that changes its board is counted once", () => {
  const state = engineAfter(flow("10:00:00", 100, 0, { exchange: null }));
  step(state, flow("10:00:10", 150, 0, { exchange: "HNX" }));
  assert.deepEqual([scopeOf(state, "ALL").buyVol, scopeOf(state, "HNX").buyVol], [150, 150]);
});

Deno.test("The day's cumulative flow is kept second by second on the server (B-33)", () => {
  const state = engineAfter(
    VN30,
    flow("10:00:00", 100, 0, { symbol: "FPT" }),
    flow("10:00:00", 40, 0),
    flow("10:00:01", 200, 0, { symbol: "FPT" }),
    flow("10:00:05", 60, 0),
  );
  assert.deepEqual(logFrom(state, "flow", 0).entries, [
    [at("10:00:00"), "VN30", 100, 0, 1_000_000, 0],
    [at("10:00:00"), "ALL", 140, 0, 1_400_000, 0],
    [at("10:00:01"), "VN30", 200, 0, 2_000_000, 0],
    [at("10:00:01"), "ALL", 240, 0, 2_400_000, 0],
  ]);
  // Another message in a later minute closes the second that was open.
  step(state, quoteEvent(1, 2, { exchangeMs: at("10:01:00") }));
  assert.equal(logFrom(state, "flow", 0).entries.length, 6);
});

Deno.test("The series covers a whole day, and a new date starts another (B-31)", () => {
  const state = engineAfter();
  const openMs = at("09:00:00");
  for (let second = 0; second < 21_600; second++) {
    step(state, flow("09:00:00", second, 0, { exchangeMs: openMs + second * 1_000 }));
  }
  const { from, entries } = logFrom(state, "flow", 0);
  assert.equal(from, 0);
  assert.equal(entries[0]![0], openMs);
  assert.equal(entries.length, 2 * 21_599);
  const next = { tradingDate: "2026-11-17", exchangeMs: at("09:00:00", "2026-11-17") };
  step(state, flow("09:00:00", 1, 0, next));
  assert.deepEqual(logFrom(state, "flow", 0).entries, []);
});

Deno.test("Once a minute the rows of moving securities are told anew, so that speeds come to rest", () => {
  const state = engineAfter(flow("10:00:00", 0, 0), flow("10:00:30", 5_000, 0));
  const told = (time: string) =>
    step(state, quoteEvent(1, 2, { symbol: "BBB", exchangeMs: at(time) }))
      .filter((change) => change.kind === "foreign").length;
  assert.deepEqual([told("10:01:00"), told("10:01:30"), told("10:05:29")], [1, 0, 1]);
  assert.ok((rowOf(state).buySpeed as number) > 0);
  told("10:06:00");
  assert.equal(rowOf(state).buySpeed, 0);
  assert.equal(told("10:09:00"), 0, "a security at rest costs nothing");
});
