import assert from "node:assert/strict";
import { basisTrend, contractOf, listedContracts } from "../../../core/wire/basis_trend.ts";
import {
  BasisPointSchema,
  DerivativesHistorySchema,
} from "../../../core/wire/derivative_schema.ts";
import { at, fakeView } from "./fake_view.ts";

const [DEC, JAN, MAR, JUN] = ["41I1GC000", "41I1H1000", "41I1H3000", "41I1H6000"] as const;
const VN100 = "41I2GC000";
const boards = { "board:der": [JUN, DEC, JAN, MAR].map((symbol) => ({ symbol })) };
const derivatives = [
  { symbol: DEC, underlying: "VN30", active: 0, last: 1_905.1, spot: 1_900, basis: 5.1, oi: null },
  { symbol: JAN, active: 1, last: 1_907 },
  { symbol: VN100, active: 1, last: 1_800 },
];
const tables = { derivatives };

Deno.test("A point has price, spot, basis and its per cent; zero is neither premium nor discount (F-055)", () => {
  const log = [
    [at("09:58:00"), DEC, 190_510, 190_000],
    [at("09:59:00"), DEC, 190_000, 190_000],
    [at("10:00:00"), DEC, 189_430, 190_000],
  ] as const;
  const { points } = basisTrend(fakeView({ boards, logs: { basis: log } }), DEC, 30);
  for (const point of points) BasisPointSchema.parse(point);
  assert.deepEqual(points[0], {
    timestamp: "2026-11-25T09:58:00.000+07:00",
    futures_symbol: DEC,
    futures_price: 1_905.1,
    spot_value: 1_900,
    basis: 5.1,
    basis_pct: 0.27,
    is_premium: true,
  });
  assert.deepEqual(points.map((p) => [p.basis, p.is_premium]), [
    [5.1, true],
    [0, null],
    [-5.7, false],
  ]);
});

Deno.test("The history of a future is its row and its trend, empty before the first trade (F-056)", () => {
  const full = fakeView({
    boards,
    tables,
    logs: { basis: [[at("10:00:00"), DEC, 190_510, 190_000]] },
  });
  for (const view of [full, fakeView({ boards }), fakeView({ asOfMs: null })]) {
    const history = basisTrend(view, DEC, 30);
    DerivativesHistorySchema.parse(history);
    assert.deepEqual(JSON.parse(JSON.stringify(history)), history);
  }
  const { derivative, points } = basisTrend(full, DEC, 30);
  assert.deepEqual([derivative.last, derivative.basis, derivative.is_premium], [
    1_905.1,
    5.1,
    true,
  ]);
  assert.equal(points.length, 1);
});

Deno.test("The window ends at the newest exchange time and holds both its ends (F-087)", () => {
  const log = ["09:29:59", "09:30:00", "09:45:00", "10:00:00"].map((time) =>
    [at(time), DEC, 190_100, 190_000] as const
  );
  const times = (asOfMs: number | null, minutes: number) =>
    basisTrend(fakeView({ boards, asOfMs, logs: { basis: log } }), DEC, minutes)
      .points.map((p) => p.timestamp.slice(11, 19));
  assert.deepEqual(times(at("10:00:00"), 30), ["09:30:00", "09:45:00", "10:00:00"]);
  assert.deepEqual(times(at("10:00:00"), 31), ["09:29:59", "09:30:00", "09:45:00", "10:00:00"]);
  assert.deepEqual(times(at("10:30:00"), 30), ["10:00:00"]);
  assert.deepEqual(times(null, 1), ["10:00:00"]);
});

Deno.test("Only the contract asked for is in the trend, and a long one is thinned and says so (F-087)", () => {
  const log = Array.from(
    { length: 14_400 },
    (_, i) =>
      [at("09:00:00") + Math.floor(i / 2) * 1_000, i % 2 === 0 ? DEC : JAN, i, 190_000] as const,
  );
  const view = fakeView({ boards, asOfMs: at("11:00:00"), logs: { basis: log } });
  const long = basisTrend(view, JAN, 120);
  DerivativesHistorySchema.parse(long);
  assert.equal(long.step_seconds, 8);
  assert.ok(long.points.every((point) => point.futures_symbol === JAN));
  assert.equal(basisTrend(view, JAN, 120, 3).step_seconds, 8, "no finer than the limit");
  const coarse = basisTrend(view, JAN, 30, 9);
  assert.equal(coarse.step_seconds, 9);
  assert.ok(Math.abs(coarse.points.length - 200) <= 1, `${coarse.points.length} points`);
  // The newest point is never lost to the thinning.
  assert.equal(long.points.at(-1)!.futures_price, 143.99);
  assert.deepEqual(
    [basisTrend(view, JAN, 16).step_seconds, basisTrend(view, JAN, 17).step_seconds],
    [
      1,
      2,
    ],
  );
});

Deno.test("A contract is named by its code, its old code or its place in the list; the active one is the default", () => {
  const view = fakeView({ boards, tables });
  assert.deepEqual(listedContracts(view), [DEC, VN100, JAN, MAR, JUN]);
  assert.equal(contractOf(view, undefined), JAN);
  assert.equal(contractOf(fakeView({ boards }), undefined), DEC);
  assert.equal(contractOf(view, "VN30F1M"), DEC);
  assert.equal(contractOf(view, "VN30F2M"), JAN);
  assert.equal(contractOf(view, "VN30F1Q"), MAR);
  assert.equal(contractOf(view, "VN30F2Q"), JUN);
  assert.equal(contractOf(view, "VN30F2612"), DEC);
  assert.equal(contractOf(view, VN100), VN100);
  for (const unknown of ["VN30F3M", "VN30F2611", "41I1GB000", "FPT"]) {
    assert.equal(contractOf(view, unknown), null, unknown);
  }
  assert.equal(contractOf(fakeView(), undefined), null);
});

Deno.test("A basis that the analytics do not vouch for yet is not taken from the board (F-056)", () => {
  const board = { symbol: DEC, last: 1_905, basis: 5 };
  const derivative = { symbol: DEC, underlying: "VN30", last: 1_905, basis: null };
  const rowOf = (held: Parameters<typeof fakeView>[0]) =>
    basisTrend(fakeView({ boards: { "board:der": [board] }, ...held }), DEC, 30).derivative;
  assert.equal(rowOf({}).basis, 5);
  assert.equal(rowOf({ tables: { derivatives: [{ symbol: DEC, underlying: null }] } }).basis, 5);
  assert.equal(rowOf({ tables: { derivatives: [derivative] } }).basis, null);
});
