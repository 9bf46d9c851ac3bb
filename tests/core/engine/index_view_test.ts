import assert from "node:assert/strict";
import { indexRow } from "../../../core/engine/index_view.ts";
import { createEngine, type EngineState } from "../../../core/engine/state.ts";
import { step } from "../../../core/engine/step.ts";
import { boardRow } from "../../../core/engine/views.ts";
import type { IndexEvent, ReferenceEvent, TradeEvent } from "../../../core/market/event.ts";
import { BOARD_FIELDS, type Cell, INDEX_FIELDS } from "../../../core/wire/board.ts";
import { indexEvent } from "../../support/index_market.ts";
import { at, preOpenEvent, tradeEvent } from "../../support/trade_events.ts";
import { named } from "../../support/named.ts";

const MEMBERS = ["AAA", "BBB", "CCC"];
/** AAA weighs 1,000 × 10,000, BBB 3,000 × 10,000, CCC 1,000 × 10,000. */
const SHARES = { AAA: 1_000_000, BBB: 3_000_000, CCC: 1_000_000 };

function reference(changes: Partial<ReferenceEvent> = {}): ReferenceEvent {
  return { kind: "reference", members: { VN30: MEMBERS }, shares: SHARES, ...changes };
}

/** An engine that has heard references of the members and VN30 at 1,850.25 against 1,845. */
function engineOf(one: ReferenceEvent | null = reference(), index: Partial<IndexEvent> = {}) {
  const state = createEngine({ classifier: "feed", symbolsMax: 100 });
  if (one !== null) step(state, one);
  for (const symbol of [...MEMBERS, "ZZZ"]) step(state, preOpenEvent({ symbol }));
  step(state, indexEvent({ exchangeMs: at("10:00:00"), valueE2: 185_025, volume: 1, ...index }));
  return state;
}

const volumes = new WeakMap<EngineState, number>();

/** A member trades at a price in VND; reference 10,000, ceiling 10,700, floor 9,300. */
function trade(
  state: EngineState,
  symbol: string,
  priceVnd: number,
  more: Partial<TradeEvent> = {},
) {
  const totalVolume = (volumes.get(state) ?? 0) + 100;
  volumes.set(state, totalVolume);
  step(state, tradeEvent({ symbol, lastE2: priceVnd * 100, totalVolume, ...more }));
}

const index = (state: EngineState, id = "VN30"): Record<string, Cell> =>
  named(INDEX_FIELDS, indexRow(state, id));
const board = (state: EngineState, symbol: string): Record<string, Cell> =>
  named(BOARD_FIELDS, boardRow(state, symbol));
const breadthOf = ({ up, same, down, ceil, floor, members }: Record<string, Cell>) => [
  ...[up, same, down, ceil, floor],
  members,
];
const ofFeed = ({ fUp, fSame, fDown, fCeil, fFloor }: Record<string, Cell>) => [
  ...[fUp, fSame, fDown],
  ...[fCeil, fFloor],
];

Deno.test("Breadth is counted from the last prices of the members (F-051)", () => {
  const state = engineOf();
  trade(state, "AAA", 10_050);
  trade(state, "BBB", 9_950);
  trade(state, "CCC", 10_000);
  trade(state, "ZZZ", 10_700);
  assert.deepEqual(breadthOf(index(state)), [1, 1, 1, 0, 0, 3]);
});

Deno.test("A price at the ceiling is up too, one at the floor is down too, one tick inside is neither (F-051)", () => {
  const state = engineOf();
  trade(state, "AAA", 10_700);
  trade(state, "BBB", 9_300);
  trade(state, "CCC", 10_650);
  assert.deepEqual(breadthOf(index(state)), [2, 0, 1, 1, 1, 3]);
});

Deno.test("A member without a trade counts in nothing, and without any trade there is no breadth (F-051)", () => {
  const state = engineOf();
  assert.deepEqual(breadthOf(index(state)), [null, null, null, null, null, 3]);
  trade(state, "AAA", 10_050);
  assert.deepEqual(breadthOf(index(state)), [1, 0, 0, 0, 0, 3]);
});

Deno.test("The feed's counters stand beside the count, and are nothing when all are zero (F-051)", () => {
  const quiet = engineOf();
  trade(quiet, "AAA", 10_050);
  assert.deepEqual(ofFeed(index(quiet)), [null, null, null, null, null]);
  const loud = engineOf(reference(), { advances: 21, declines: 9 });
  trade(loud, "AAA", 10_050);
  assert.deepEqual(ofFeed(index(loud)), [21, 0, 9, 0, 0]);
  assert.deepEqual(breadthOf(index(loud)), [1, 0, 0, 0, 0, 3]);
});

Deno.test("Where the members are not known the breadth is the feed's own, and says so (F-051)", () => {
  const counts = { advances: 21, noChanges: 1, declines: 8, ceilings: 2, floors: 1 };
  const unknown = engineOf(null, counts);
  trade(unknown, "AAA", 10_050);
  assert.deepEqual(breadthOf(index(unknown)), [21, 1, 8, 2, 1, null]);
  assert.deepEqual(breadthOf(index(engineOf(null))), [null, null, null, null, null, null]);
});

Deno.test("VNINDEX and VN30 each count their own members (F-051)", () => {
  const state = engineOf(reference({ members: { VN30: ["AAA"], VNINDEX: ["AAA", "BBB"] } }));
  step(state, indexEvent({ symbol: "VNINDEX", exchangeMs: at("10:00:00"), volume: 1 }));
  trade(state, "AAA", 10_050);
  trade(state, "BBB", 9_950);
  assert.deepEqual(breadthOf(index(state)), [1, 0, 0, 0, 0, 1]);
  assert.deepEqual(breadthOf(index(state, "VNINDEX")), [1, 0, 1, 0, 0, 2]);
});

Deno.test("A contribution is the part of the index's points that a member's move makes (N-12)", () => {
  const state = engineOf();
  trade(state, "AAA", 10_500);
  // 1,000 × 500 of 5,000 × 10,000 is 1 %, of 1,845 points.
  assert.equal(board(state, "AAA").cVn30, 18.45);
  trade(state, "BBB", 9_900);
  assert.equal(board(state, "BBB").cVn30, -11.07);
  assert.equal(board(state, "AAA").cVnindex, null);
  assert.equal(board(state, "ZZZ").cVn30, null);
});

Deno.test("A member that has not traded has moved nothing (N-12)", () => {
  assert.equal(board(engineOf(), "AAA").cVn30, 0);
});

Deno.test("The sum of the contributions is compared with the index, and the rest is the residual (N-12)", () => {
  const state = engineOf();
  trade(state, "AAA", 10_500);
  trade(state, "BBB", 9_900);
  const { contrib, resid } = index(state);
  assert.deepEqual([contrib, resid], [7.38, -2.13]);
});

Deno.test("A member whose listed shares are unknown makes contributions unknown (N-12)", () => {
  const state = engineOf(reference({ shares: { AAA: 1_000_000, BBB: 3_000_000 } }));
  trade(state, "AAA", 10_500);
  assert.equal(board(state, "AAA").cVn30, null);
  assert.deepEqual([index(state).contrib, index(state).resid], [null, null]);
  step(state, reference({ members: {}, shares: { CCC: 1_000_000 } }));
  assert.equal(board(state, "AAA").cVn30, 18.45);
});

Deno.test("New members and new listed shares hold from the next row on (N-12)", () => {
  const state = engineOf();
  trade(state, "AAA", 10_500);
  assert.equal(board(state, "AAA").cVn30, 18.45);
  step(state, reference({ members: { VN30: ["AAA"] }, shares: {} }));
  assert.equal(board(state, "AAA").cVn30, 92.25);
  step(state, reference({ members: { VN30: MEMBERS }, shares: { AAA: 6_000_000 } }));
  assert.equal(board(state, "AAA").cVn30, 55.35);
});

Deno.test("A reference price that changes changes what every member contributes (N-12)", () => {
  const state = engineOf();
  trade(state, "AAA", 10_500);
  assert.equal(board(state, "AAA").cVn30, 18.45);
  step(state, preOpenEvent({ symbol: "CCC", exchangeMs: at("10:00:01"), referenceE2: 6_000_000 }));
  // CCC now weighs as much as ten times before: half of the index and more.
  assert.equal(board(state, "AAA").cVn30, 9.225);
});

Deno.test("A changed reference is reported once a minute at most, so that rows can follow", () => {
  const state = engineOf();
  const heard = (time: string, referenceE2: number) => {
    const exchangeMs = at(time);
    const changes = step(state, preOpenEvent({ symbol: "CCC", exchangeMs, referenceE2 }));
    return changes.filter(({ kind }) => kind === "reference").length;
  };
  assert.equal(heard("10:01:00", 1_000_000), 0);
  assert.deepEqual([heard("10:01:10", 1_100_000), heard("10:01:20", 1_200_000)], [0, 0]);
  assert.deepEqual([heard("10:02:00", 1_200_000), heard("10:03:00", 1_200_000)], [1, 0]);
});

Deno.test("A few securities without a reference are left out, more make contributions unknown (N-12)", () => {
  const withSilent = (shares: number) => {
    const state = engineOf(reference({
      members: { VN30: [...MEMBERS, "SUS"] },
      shares: { ...SHARES, SUS: shares },
    }));
    trade(state, "AAA", 10_500);
    return board(state, "AAA").cVn30;
  };
  // 250 of 5,250 is less than a twentieth of the shares, 300 of 5,300 is more.
  assert.deepEqual([withSilent(250_000), withSilent(300_000)], [18.45, null]);
});

Deno.test("A new day begins without contributions of the last one (N-12)", () => {
  const state = engineOf();
  trade(state, "AAA", 10_500);
  const date = "2026-11-17";
  step(state, indexEvent({ tradingDate: date, exchangeMs: at("08:45:00", date) }));
  step(state, preOpenEvent({ tradingDate: date, exchangeMs: at("08:45:00", date) }));
  assert.equal(board(state, "AAA").cVn30, null);
  assert.deepEqual(breadthOf(index(state)), [null, null, null, null, null, 3]);
});

Deno.test("An index row holds every field in order", () => {
  const state = engineOf(reference(), {
    estimatedE2: 185_100,
    volume: 500,
    valueVnd: 5_000_000,
    putThroughVolume: 70,
    putThroughValueVnd: 700_000,
    exchangeMs: at("09:15:01"),
  });
  trade(state, "AAA", 10_500);
  assert.deepEqual(index(state), {
    name: "VN30",
    value: 1_850.25,
    prior: 1_845,
    est: null,
    vol: 500,
    val: 5_000_000,
    ptVol: 70,
    ptVal: 700_000,
    up: 1,
    same: 0,
    down: 0,
    ceil: 0,
    floor: 0,
    session: null,
    time: "09:15:01",
    open: 1_850.25,
    high: 1_850.25,
    low: 1_850.25,
    members: 3,
    fUp: null,
    fSame: null,
    fDown: null,
    fCeil: null,
    fFloor: null,
    contrib: 18.45,
    resid: -13.2,
  });
});
