import assert from "node:assert/strict";
import fc from "fast-check";
import { createSpikeWindow, SPIKE_MINUTES, takeVolume } from "../../core/analytics/volume_spike.ts";
import { foreignAcceleration } from "../../core/analytics/foreign_acceleration.ts";
import { COOLDOWN_MS, raise } from "../../core/engine/alerts.ts";
import type { Change } from "../../core/engine/change.ts";
import { stateHash } from "../../core/engine/hash.ts";
import { createIngest, ingestFrame } from "../../core/engine/ingest.ts";
import { writeOwnFrame } from "../../core/engine/own_frame.ts";
import { alertEngine } from "../support/alert_engine.ts";
import { at } from "../support/trade_events.ts";
import { drawnFrames } from "./ingest_day.ts";

const RUNS = 300;
const WATCH = writeOwnFrame({ kind: "reference", members: {}, shares: {}, watch: ["AAA", "BBB"] });

Deno.test("Alerts: the window of a spike is what a list of all trades would give (F-072, F-073)", () => {
  const trade = fc.record({
    seconds: fc.oneof(fc.integer({ min: 0, max: 90 }), fc.integer({ min: 0, max: 1_500 })),
    volume: fc.integer({ min: 1, max: 500 }),
  });
  fc.assert(
    fc.property(fc.array(trade, { maxLength: 120 }), (trades) => {
      const past = createSpikeWindow();
      const all: { minute: number; volume: number }[] = [];
      let exchangeMs = at("09:00:00");
      for (const { seconds, volume } of trades) {
        exchangeMs += seconds * 1_000;
        const minute = Math.floor(exchangeMs / 60_000);
        const inside = all.filter((held) => held.minute > minute - SPIKE_MINUTES);
        const sum = inside.reduce((total, held) => total + held.volume, 0);
        const expected = inside.length >= 10 && volume > 3 * sum / inside.length;
        assert.equal(takeVolume(past, exchangeMs, volume) !== null, expected);
        all.push({ minute, volume });
      }
    }),
    { numRuns: RUNS },
  );
});

Deno.test("Alerts: mirroring both net values changes no verdict (F-075, B-07)", () => {
  const vnd = fc.integer({ min: -20_000_000_000, max: 20_000_000_000 });
  fc.assert(
    fc.property(vnd, vnd, (now, past) => {
      assert.equal(foreignAcceleration(-now, -past), foreignAcceleration(now, past));
    }),
    { numRuns: RUNS },
  );
});

Deno.test("Alerts: of one symbol and type no two are closer than a minute, in any order of times (F-065)", () => {
  fc.assert(
    fc.property(fc.array(fc.integer({ min: 0, max: 600_000 }), { maxLength: 60 }), (offsets) => {
      const { state } = alertEngine();
      const times: number[] = [];
      for (const offset of offsets) {
        const changes: Change[] = [];
        const exchangeMs = at("10:00:00") + offset;
        const basis = { lastE2: 1, basisE2: -1 };
        raise(state, { type: "basis_divergence", symbol: "AAA", exchangeMs, ...basis }, changes);
        if (changes.length === 1) times.push(exchangeMs);
      }
      for (let i = 1; i < times.length; i++) assert.ok(times[i]! - times[i - 1]! >= COOLDOWN_MS);
      assert.equal(state.counters.alerts.suppressed, offsets.length - times.length);
    }),
    { numRuns: RUNS },
  );
});

Deno.test("Alerts: frames that come twice raise nothing twice, and a replay raises the same (I2, P13)", () => {
  const replay = (frames: readonly string[]) => {
    const ingest = createIngest({ classifier: "feed", symbolsMax: 10 });
    ingestFrame(ingest, WATCH);
    for (const text of frames) ingestFrame(ingest, text);
    return { alerts: ingest.engine.market.logs.alerts, hash: stateHash(ingest.engine) };
  };
  fc.assert(
    fc.property(drawnFrames, (frames) => {
      const once = replay(frames);
      assert.deepEqual(replay(frames), once);
      assert.deepEqual(replay(frames.flatMap((text) => [text, text])), once);
      once.alerts.entries.forEach(({ n }, i) => assert.equal(n, i + 1));
    }),
    { numRuns: RUNS },
  );
});
