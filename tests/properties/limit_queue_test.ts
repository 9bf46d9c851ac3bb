import assert from "node:assert/strict";
import fc from "fast-check";
import type { LimitSums } from "../../core/analytics/limit_queue.ts";
import { stateHash } from "../../core/engine/hash.ts";
import { limitRow } from "../../core/engine/limit_view.ts";
import { matchedSeconds } from "../../core/engine/matching_clock.ts";
import { createEngine, type EngineState } from "../../core/engine/state.ts";
import { step } from "../../core/engine/step.ts";
import { Publisher } from "../../core/hub/publisher.ts";
import { connectingStatus } from "../../core/hub/replica.ts";
import type { MarketEvent } from "../../core/market/event.ts";
import { phaseAtSecond, type SessionCode } from "../../core/market/phase.ts";
import { vnInstantMs } from "../../core/market/time.ts";
import { BoardRows } from "../../core/tasks/rows.ts";
import {
  DATE,
  preOpenEvent,
  quoteEvent,
  statusEvent,
  tradeEvent,
} from "../support/trade_events.ts";

const RUNS = 500;
const PRICES = [930_000, 1_000_000, 1_070_000];
const SIDES = ["ceiling", "floor"] as const;
const CODE_OF: Readonly<Record<string, SessionCode>> = {
  ato: "ATO",
  continuous: "LO",
  lunch: "BREAK",
  atc: "ATC",
};

const drawnDay = fc.array(
  fc.record({
    kind: fc.constantFrom("trade", "quote", "empty", "status"),
    symbol: fc.constantFrom("AAA", "BBB"),
    price: fc.constantFrom(...PRICES),
    bid: fc.constantFrom(...PRICES),
    lots: fc.integer({ min: 1, max: 50 }),
    /** Mostly on, at times a little back: messages come out of order. */
    seconds: fc.oneof(fc.integer({ min: -3, max: 60 }), fc.integer({ min: 0, max: 1_800 })),
    /** A session code against the timetable now and then. */
    strays: fc.constantFrom(false, false, false, true),
    stray: fc.constantFrom<SessionCode>("H", "BREAK", "LO", "C"),
  }),
  { minLength: 1, maxLength: 120, size: "max" },
).map((drawn) => {
  const totals: Record<string, number> = { AAA: 0, BBB: 0 };
  let second = 9 * 3_600;
  return drawn.map(({ kind, symbol, price, bid, lots, seconds, strays, stray }): MarketEvent => {
    second = Math.max(9 * 3_600, Math.min(second + seconds, 15 * 3_600));
    const session = strays ? stray : CODE_OF[phaseAtSecond("HOSE", second)] ?? "C";
    const head = { symbol, session, exchangeMs: vnInstantMs(DATE, second) };
    if (kind === "status") return statusEvent(head);
    if (kind === "empty") return quoteEvent(null, null, { ...head, bids: [], asks: [] });
    if (kind === "quote") return quoteEvent(bid, bid === 930_000 ? bid : bid + 5_000, head);
    totals[symbol]! += lots * 100;
    return tradeEvent({
      ...head,
      lastE2: price,
      lastVolume: lots * 100,
      totalVolume: totals[symbol]!,
    });
  });
});

function begun(): EngineState {
  const state = createEngine({ classifier: "feed", symbolsMax: 10 });
  for (const symbol of ["AAA", "BBB"]) step(state, preOpenEvent({ symbol }));
  return state;
}

/** What must hold of every security at every moment. */
function assertLaws(state: EngineState, sessionBefore: number): number {
  const { asOfMs, instruments } = state.market;
  const session = matchedSeconds(state, "HOSE", asOfMs!);
  assert.ok(session >= sessionBefore, "the clock of matching went back");
  for (const { limit: track, tape } of instruments.values()) {
    if (track === null) continue;
    for (const side of SIDES) {
      const { reached, broken, seconds, queueMax, matched }: LimitSums = track[side];
      assert.equal(reached - broken, track.limit === side ? 1 : 0);
      assert.ok(seconds >= 0 && matched >= 0 && queueMax >= 0);
      if (reached === 0) assert.deepEqual([seconds, queueMax], [0, 0]);
      if (track.limit === side) assert.ok(track.queue <= queueMax);
    }
    assert.ok(track.ceiling.seconds + track.floor.seconds <= session);
    assert.ok(track.ceiling.matched + track.floor.matched <= tape.counted);
    assert.equal(track.sinceMs === null, track.limit === null);
    if (track.limit === null) assert.equal(track.queue, 0);
  }
  return session;
}

Deno.test("Whatever comes, stays and breaks add up and the time at limits is within the session (N-37)", () => {
  const met = { stays: 0, breaks: 0 };
  fc.assert(
    fc.property(drawnDay, (events) => {
      const state = begun();
      let session = 0;
      for (const event of events) {
        step(state, event);
        session = assertLaws(state, session);
      }
      for (const { limit } of state.market.instruments.values()) {
        met.stays += (limit?.ceiling.reached ?? 0) + (limit?.floor.reached ?? 0);
        met.breaks += (limit?.ceiling.broken ?? 0) + (limit?.floor.broken ?? 0);
      }
    }),
    { numRuns: RUNS },
  );
  // Days that never come to a limit would prove nothing.
  assert.ok(met.stays > RUNS && met.breaks > RUNS / 2, JSON.stringify(met));
});

Deno.test("A day played again, or gone on with from a copy of its state, ends at the same limits (N-37)", () => {
  fc.assert(
    fc.property(drawnDay, fc.nat(), (events, cut) => {
      const [live, again] = [begun(), begun()];
      let copied = begun();
      events.forEach((event, n) => {
        if (n === cut % events.length) copied = structuredClone(copied);
        for (const state of [live, again, copied]) step(state, event);
      });
      assert.equal(stateHash(again), stateHash(live));
      for (const symbol of ["AAA", "BBB"]) {
        assert.deepEqual(limitRow(again, symbol), limitRow(live, symbol));
        assert.deepEqual(limitRow(copied, symbol), limitRow(live, symbol));
      }
    }),
    { numRuns: RUNS / 2 },
  );
});

Deno.test("The rows published are those of the state, however seldom they are published (N-37)", () => {
  let seen = 0;
  fc.assert(
    fc.property(drawnDay, fc.integer({ min: 1, max: 20 }), (events, every) => {
      const state = begun();
      const publisher = new Publisher({ epoch: "e0", status: connectingStatus("sim", 0) });
      const carry = { ratePct: 4.5, dividendPct: 1.5, costPct: 0.15 };
      const rows = new BoardRows(state, publisher, { extraSymbols: [], carry });
      rows.startEpoch("e1");
      events.forEach((event, n) => {
        rows.note(step(state, event));
        if (n % every !== 0 && n < events.length - 1) return;
        rows.publishDirty();
        const table = publisher.snapshot().tables.find(({ name }) => name === "limits")!;
        table.symbols.forEach((symbol, at) => {
          assert.deepEqual([...table.rows[at]!], limitRow(state, symbol));
          seen++;
        });
        const met = [...state.market.instruments.values()].filter(({ limit }) => limit !== null);
        assert.equal(table.symbols.length, met.length);
      });
    }),
    { numRuns: RUNS / 2 },
  );
  assert.ok(seen > RUNS, `${seen} rows`);
});
