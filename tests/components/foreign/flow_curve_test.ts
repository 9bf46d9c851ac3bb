import assert from "node:assert/strict";
import { refreshOf, shownCurve } from "../../../components/foreign/flow_curve.ts";
import { foreignDetail } from "../../../core/wire/foreign_summary.ts";
import { at, DATE, fakeView } from "../../core/wire/fake_view.ts";

const view = fakeView({
  tables: { foreign: [{ symbol: "FPT", buyVal: 9, sellVal: 1, netVal: 8 }] },
  boards: { "board:vn30": [{ symbol: "FPT" }] },
  logs: {
    flow: [
      [at("09:15:02"), "VN30", 1, 2, 10, 20],
      [at("09:15:58"), "VN30", 1, 2, 30, 20],
      [at("10:42:00"), "VN30", 1, 2, 70, 20],
    ],
  },
});

Deno.test("The page keeps net values by minute of what the server tells (F-225)", () => {
  const { curve, stocks } = refreshOf(foreignDetail(view, "vn30", { series: "1m" }), "vn30");
  assert.deepEqual(curve, {
    tradingDate: DATE,
    points: [[`${DATE}T09:15`, 10], [`${DATE}T10:42`, 50]],
  });
  assert.deepEqual(stocks, [], "the rows of VN30 stream");
  assert.equal(refreshOf(foreignDetail(view, "all", { series: "1m" }), "all").stocks.length, 1);
});

Deno.test("A curve is shown under its own trading date only, and up to the minute that is looked at (F-225, C-44)", () => {
  const { curve } = refreshOf(foreignDetail(view, "vn30", { series: "1m" }), "vn30");
  const shown = (tradingDate: string | null, at: string | null) =>
    shownCurve(curve, { tradingDate, at }).length;
  assert.equal(shown(DATE, null), 2);
  assert.equal(shown(DATE, `${DATE}T10:41`), 1);
  assert.equal(shown(DATE, `${DATE}T10:42`), 2);
  assert.equal(shown("2026-11-26", null), 0);
  assert.equal(shown(null, null), 0);
});

Deno.test("A point a second all day long becomes a curve of a point a minute (F-230, C-18)", () => {
  const [opening, seconds] = [at("09:00:00"), 6 * 3_600];
  const flow = Array.from(
    { length: seconds },
    (_, i) => [opening + i * 1_000, "VN30", 1, 2, i, 0] as const,
  );
  const busy = fakeView({ logs: { flow } });
  const { points } = refreshOf(foreignDetail(busy, "vn30", { series: "1m" }), "vn30").curve;
  assert.equal(points.length, seconds / 60);
  assert.deepEqual(points.at(-1), [`${DATE}T14:59`, seconds - 1]);
});
