import assert from "node:assert/strict";
import fc from "fast-check";
import {
  addPoint,
  type BasisPoint,
  type BasisTrack,
  basisTrend,
  createBasisTrack,
  premiumOf,
  settlePoint,
  TREND_MINUTES,
} from "../../../core/analytics/basis.ts";
import { parseFuturesCode } from "../../../core/market/futures.ts";
import { at } from "../../support/trade_events.ts";

const make = (): BasisTrack => createBasisTrack(parseFuturesCode("41I1GC000")!);
const closesOf = (...basisE2: readonly number[]) =>
  basisE2.map((value, minute) => ({ minute, basisE2: value }));

Deno.test("A basis of exactly nothing is flat, neither premium nor discount (B-10)", () => {
  assert.deepEqual([1, 0, -1].map(premiumOf), ["premium", "flat", "discount"]);
});

Deno.test("A second has one point, its last one, handed out when a later second begins", () => {
  const track = make();
  const second = at("10:00:00");
  assert.equal(addPoint(track, second, 185_100, 185_000), null);
  assert.equal(addPoint(track, second, 185_200, 185_000), null);
  assert.equal(addPoint(track, second, 185_300, 185_050), null);
  assert.deepEqual(addPoint(track, second + 1_000, 185_300, 185_300), {
    atMs: second,
    futuresE2: 185_300,
    spotE2: 185_050,
  });
});

Deno.test("A point that was handed out never comes again, not even after a late message", () => {
  const track = make();
  const second = at("10:00:00");
  addPoint(track, second, 185_100, 185_000);
  assert.equal(settlePoint(track)?.atMs, second);
  assert.equal(settlePoint(track), null);
  assert.equal(addPoint(track, second - 3_000, 185_200, 185_000), null);
  assert.equal(addPoint(track, second + 1_000, 185_200, 185_000), null);
});

Deno.test("Points come out in order, one a second at most, each with the last prices of its second", () => {
  const move = fc.record({ seconds: fc.nat(3), futures: fc.nat(500), spot: fc.nat(500) });
  fc.assert(fc.property(fc.array(move, { maxLength: 60 }), (moves) => {
    const track = make();
    const last = new Map<number, BasisPoint>();
    const points: BasisPoint[] = [];
    let atMs = at("10:00:00");
    for (const { seconds, futures, spot } of moves) {
      atMs += seconds * 1_000;
      last.set(atMs, { atMs, futuresE2: futures, spotE2: spot });
      const point = addPoint(track, atMs, futures, spot);
      if (point !== null) points.push(point);
    }
    const end = settlePoint(track);
    if (end !== null) points.push(end);
    assert.deepEqual(points, [...last.values()]);
  }));
});

Deno.test("Thirty minutes of closes are kept however long the day is", () => {
  const track = make();
  for (let minute = 0; minute < 200; minute++) {
    for (const second of [0, 30]) {
      addPoint(track, at("09:15:00") + (minute * 60 + second) * 1_000, minute + second, 0);
    }
  }
  assert.equal(track.closes.length, TREND_MINUTES);
  assert.deepEqual(track.closes.map(({ basisE2 }) => basisE2), [
    ...Array.from({ length: 30 }, (_, i) => 170 + i + 30),
  ]);
});

Deno.test("Closes leave by exchange time: a close of 29 minutes ago stays, one of 30 is gone", () => {
  const kept = (time: string) => {
    const track = make();
    addPoint(track, at("10:00:59"), 185_100, 185_000);
    addPoint(track, at(time), 185_100, 185_000);
    return track.closes.length;
  };
  assert.deepEqual([kept("10:29:00"), kept("10:30:00")], [2, 1]);
  assert.equal(kept("13:00:00"), 1);
});

Deno.test("An absolute basis that shrinks converges, from above and from below (F-208)", () => {
  assert.deepEqual(basisTrend(closesOf(300, 200, 100)), { slopeE2: -100, trend: "converging" });
  assert.deepEqual(basisTrend(closesOf(-300, -200, -100)), { slopeE2: -100, trend: "converging" });
  assert.deepEqual(basisTrend(closesOf(100, 200, 300)), { slopeE2: 100, trend: "diverging" });
  assert.deepEqual(basisTrend(closesOf(-100, -200, -300)), { slopeE2: 100, trend: "diverging" });
});

Deno.test("A slope of exactly 0.01 points a minute is flat, more is a trend (F-208)", () => {
  assert.deepEqual(basisTrend(closesOf(0, 1, 2, 3)), { slopeE2: 1, trend: "flat" });
  assert.deepEqual(basisTrend(closesOf(3, 2, 1, 0)), { slopeE2: -1, trend: "flat" });
  assert.equal(basisTrend(closesOf(0, 1, 2, 4))?.trend, "diverging");
  assert.equal(basisTrend(closesOf(4, 2, 1, 0))?.trend, "converging");
});

Deno.test("Two closes make no trend, three do, and minutes without one count as time", () => {
  assert.equal(basisTrend(closesOf()), null);
  assert.equal(basisTrend(closesOf(100, 200)), null);
  assert.equal(basisTrend(closesOf(100, 200, 300))?.slopeE2, 100);
  const gap = [{ minute: 0, basisE2: 0 }, { minute: 10, basisE2: 50 }, {
    minute: 20,
    basisE2: 100,
  }];
  assert.equal(basisTrend(gap)?.slopeE2, 5);
});
