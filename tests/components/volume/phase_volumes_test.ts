import assert from "node:assert/strict";
import fc from "fast-check";
import { imbalanceOf, PHASES, phaseVolumes } from "../../../components/volume/phase_volumes.ts";
import { VOLUME_FIELDS, type VolumeField } from "../../../core/wire/analytics.ts";

const SIDES = ["buy", "sell", "none"] as const;

/** Rows with the laws that the engine keeps: each side is the sum of its phases. */
const rows = fc.array(
  fc.array(fc.nat({ max: 1e9 }), {
    minLength: VOLUME_FIELDS.length,
    maxLength: VOLUME_FIELDS.length,
  }).map((drawn) => {
    const row = Object.fromEntries(VOLUME_FIELDS.map((field, i) => [field, drawn[i]!])) as Record<
      VolumeField,
      number
    >;
    const sum = (side: "Buy" | "Sell" | "None") =>
      row[`ato${side}`] + row[`cont${side}`] + row[`atc${side}`] + row[`plo${side}`] +
      row[`other${side}`];
    return { symbol: "FPT", ...row, buy: sum("Buy"), sell: sum("Sell"), none: sum("None") };
  }),
  { maxLength: 5 },
);

Deno.test("Volumes of several securities together keep the law: the phases sum to the day", () => {
  fc.assert(fc.property(rows, (some) => {
    const { phases, day, missing } = phaseVolumes(some);
    for (const side of SIDES) {
      assert.equal(PHASES.reduce((sum, phase) => sum + phases[phase][side], 0), day[side]);
      assert.equal(some.reduce((sum, row) => sum + row[side], 0), day[side]);
    }
    assert.equal(missing, some.reduce((sum, row) => sum + row.missing, 0));
  }));
});

Deno.test("The range of buying holds every truth that the unknown volume may have had (N-03)", () => {
  const share = fc.double({ min: 0, max: 1, noNaN: true });
  fc.assert(fc.property(rows, share, (some, share) => {
    const { phases, day, missing, bounds: [min, max] } = phaseVolumes(some);
    const unknown = phases.continuous.none + missing;
    const whole = day.buy + day.sell + unknown;
    if (whole === 0) return assert.equal(min, null);
    const truth = (day.buy + share * unknown) / whole * 100;
    assert.ok(min! <= truth + 1e-9 && truth <= max! + 1e-9, `${min} ${truth} ${max}`);
  }));
});

Deno.test("Nothing traded has no range and no imbalance, and cells of nothing count as nothing", () => {
  const empty = phaseVolumes([{ symbol: "FPT", missing: null, contBuy: null }]);
  assert.deepEqual(empty.bounds, [null, null]);
  assert.equal(imbalanceOf(empty.day, empty.dayVolume), null);
  assert.equal(imbalanceOf({ buy: 30, sell: 10, none: 5 }, 200), 10);
});

Deno.test("An imbalance that reads 0,0 is on neither side", () => {
  assert.equal(imbalanceOf({ buy: 700, sell: 300, none: 0 }, 1_000_000), 0);
  assert.equal(Math.abs(imbalanceOf({ buy: 300, sell: 700, none: 0 }, 1_000_000)!), 0);
  assert.equal(imbalanceOf({ buy: 300, sell: 900, none: 0 }, 1_000_000), -0.1);
});
