import assert from "node:assert/strict";
import {
  basisOf,
  type BasisPlace,
  basisPlaces,
  chartPoints,
  chartTicks,
  extended,
  placeOf,
  renewedPlaces,
  TREND_MINUTES,
  TREND_STEP_S,
} from "../../../components/derivatives/basis_series.ts";
import { at } from "../../support/trade_events.ts";
import { DEC_ROW } from "./future_rows.ts";

const startMs = at("10:00:00", "2026-11-26");
const place = (seconds: number, futures = 1_991): BasisPlace => ({
  atMs: startMs + seconds * 1_000,
  futures,
  spot: 1_990.15,
});

Deno.test("Half an hour of trades each second is about 200 points (F-207)", () => {
  const each = Array.from({ length: 3_600 }, (_, second) => place(second));
  const kept = extended([], each);
  const wanted = TREND_MINUTES * 60 / TREND_STEP_S;
  assert.equal(wanted, 200);
  assert.ok(Math.abs(kept.length - wanted) <= 1, `${kept.length} points`);
  assert.equal(kept.at(-1), each.at(-1));
  assert.ok(kept[0]!.atMs > kept.at(-1)!.atMs - TREND_MINUTES * 60_000);
});

Deno.test("Live rows go on from the answer of REST, and a late answer takes nothing back (F-210)", () => {
  const held = extended([place(0), place(10)], [place(20, 1_995)]);
  assert.deepEqual(held.map(basisOf), [0.85, 0.85, 4.85]);
  const late = extended([place(0), place(10)], held);
  assert.deepEqual(late.map(basisOf), [0.85, 0.85, 4.85]);
  // The same step again is the same point with its newest value.
  assert.deepEqual(extended(held, [place(21, 1_996)]).map(basisOf), [0.85, 0.85, 5.85]);
});

Deno.test("An earlier moment ends the series there (N-15)", () => {
  const held = [place(0), place(300), place(600)];
  assert.deepEqual(extended(held, [place(320)]), held.slice(0, 2));
  assert.deepEqual(extended(held, [place(597)]), held, "a row may be some seconds behind");
});

Deno.test("A page that stays open over the night draws the new day alone (F-210)", () => {
  const yesterday = [place(0), place(300)];
  const dayMs = 24 * 3_600_000;
  const today = [place(-3_000), place(-2_991)].map((one) => ({ ...one, atMs: one.atMs + dayMs }));
  assert.deepEqual(renewedPlaces(today, yesterday, "2026-11-27"), today);
  assert.deepEqual(renewedPlaces(yesterday, yesterday, "2026-11-27"), [], "no word of today yet");
  assert.deepEqual(renewedPlaces(yesterday, today, "2026-11-27"), today, "an answer of yesterday");
  assert.equal(placeOf(DEC_ROW, startMs + dayMs)!.atMs, place(9).atMs + dayMs);
  const earlyMs = at("08:45:00", "2026-11-27");
  assert.equal(placeOf(DEC_ROW, earlyMs), null, "what the row says is of yesterday");
});

Deno.test("A live row is a place at its own time of the day; a row without prices is none (F-212)", () => {
  assert.deepEqual(placeOf(DEC_ROW, startMs + 60_000), place(9));
  assert.equal(placeOf({ ...DEC_ROW, spot: null }, startMs), null);
  assert.equal(placeOf({ ...DEC_ROW, basisTime: null }, startMs), null);
  assert.equal(placeOf(DEC_ROW, null), null);
  assert.equal(placeOf(undefined, startMs), null);
});

Deno.test("The chart spans its places and names full minutes (F-207)", () => {
  const points = [{
    timestamp: "2026-11-26T10:00:00.000+07:00",
    futures_symbol: "41I1GC000",
    futures_price: 1_991,
    spot_value: 1_990.15,
    basis: 0.85,
    basis_pct: 0.04,
    is_premium: true,
  }];
  const places = [...basisPlaces({ points }), place(150), place(300)];
  assert.deepEqual(chartPoints(places).map(({ at }) => at), [0, 0.5, 1]);
  assert.equal(chartPoints(places)[1]!.label, "10:02:30");
  assert.deepEqual(chartTicks(places).map(({ label }) => label), [
    ...["10:00", "10:01", "10:02", "10:03", "10:04", "10:05"],
  ]);
  assert.deepEqual(chartTicks([place(0), place(1_799)]).map(({ label }) => label).slice(0, 2), [
    "10:00",
    "10:05",
  ]);
  assert.deepEqual([chartPoints([]), chartTicks([])], [[], []]);
});
