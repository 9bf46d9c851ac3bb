import assert from "node:assert/strict";
import fc from "fast-check";
import { createIngest, ingestFrame } from "../../core/engine/ingest.ts";
import { createEngine, type EngineState } from "../../core/engine/state.ts";
import { step } from "../../core/engine/step.ts";
import { volumeRow } from "../../core/engine/volume_view.ts";
import { VOLUME_FIELDS, type VolumeField } from "../../core/wire/analytics.ts";
import type { Cell } from "../../core/wire/board.ts";
import { type SessionBreakdown, sessionStats } from "../../core/wire/session_stats.ts";
import { SessionStatsSchema } from "../../core/wire/session_stats_schema.ts";
import { preOpenEvent, tradeEvent } from "../support/trade_events.ts";
import { drawnFrames } from "./ingest_day.ts";
import { named } from "../support/named.ts";

const RUNS = 1_000;
const options = { classifier: "feed", symbolsMax: 10 } as const;

function rowOf(state: EngineState, symbol: string): Record<VolumeField, Cell> {
  return named(VOLUME_FIELDS, volumeRow(state, symbol));
}

const VOLUMES = [
  "mua_chu_dong_volume",
  "ban_chu_dong_volume",
  "neutral_volume",
  "total_volume",
] as const satisfies readonly (keyof SessionBreakdown)[];

Deno.test("Session stats after every frame of a random day: the parts sum to the whole (F-043, P6)", () => {
  fc.assert(
    fc.property(drawnFrames, (frames) => {
      const ingest = createIngest(options);
      const { engine } = ingest;
      for (const text of frames) {
        ingestFrame(ingest, text);
        for (const { symbol, tape, volumes } of engine.market.instruments.values()) {
          const row = rowOf(engine, symbol);
          if (row.day === null) continue;
          const stats = sessionStats({ symbol, ...row });
          SessionStatsSchema.parse(stats);
          const { ato, continuous, atc, plo, other, missing_volume, day_volume } = stats;
          for (const volume of VOLUMES) {
            assert.equal(ato[volume] + continuous[volume] + atc[volume], stats[volume]);
          }
          const apart = plo.total_volume + other.total_volume;
          assert.equal(stats.total_volume + apart + missing_volume!, day_volume);
          assert.equal(row.total as number + missing_volume!, day_volume);
          const byMethod = Object.values(stats.methods).reduce((sum, volume) => sum + volume, 0);
          assert.equal(byMethod, tape.counted);
          assert.ok(volumes.agree + volumes.disagree <= tape.counted);
        }
      }
    }),
    { numRuns: RUNS },
  );
});

Deno.test("Whatever was lost or is without a side, the range of active buying holds the truth (N-03)", () => {
  const day = fc.array(
    fc.record({
      lots: fc.integer({ min: 1, max: 50 }),
      side: fc.constantFrom("buy", "sell"),
      isFlagged: fc.boolean(),
      isDelivered: fc.boolean(),
      connects: fc.boolean().chain((first) => first ? fc.boolean() : fc.constant(false)),
    }),
    { minLength: 1, maxLength: 60 },
  );
  fc.assert(
    fc.property(day, (drawn) => {
      const engine = createEngine(options);
      step(engine, preOpenEvent());
      let totalVolume = 0;
      let [bought, told] = [0, { bought: 0, total: 0 }];
      // One price all day and no books: what has no flag has no side.
      for (const { lots, side, isFlagged, isDelivered, connects } of drawn) {
        const lastVolume = lots * 100;
        totalVolume += lastVolume;
        if (side === "buy") bought += lastVolume;
        if (!isDelivered) continue;
        if (connects) step(engine, { kind: "connected" });
        step(engine, tradeEvent({ totalVolume, lastVolume, side: isFlagged ? side : null }));
        told = { bought, total: totalVolume };
      }
      const { buyPctMin, buyPctMax, missing, none } = rowOf(engine, "AAA");
      if (told.total === 0) return assert.deepEqual([buyPctMin, buyPctMax], [null, null]);
      // In whole hundredths of a per cent: binary fractions must not decide on the edge.
      const [min, max] = [buyPctMin, buyPctMax].map((pct) => Math.round(pct as number * 100));
      const truth = told.bought * 10_000;
      assert.ok(min! * told.total <= truth && truth <= max! * told.total);
      const unknown = (missing as number) + (none as number);
      assert.ok((max! - min! - 2) * told.total <= unknown * 10_000, "no wider than it must be");
    }),
    { numRuns: RUNS },
  );
});
