import assert from "node:assert/strict";
import { renderToString } from "preact-render-to-string";
import { derivativeWordsOf } from "../../../components/derivatives/derivative_words.ts";
import { markOf, mergedMarks } from "../../../components/derivatives/index_marks.ts";
import {
  isSettling,
  readPoints,
  SettlementPanel,
} from "../../../components/derivatives/settlement_panel.tsx";
import type { DerivativeRow } from "../../../components/derivatives/contracts.ts";
import { type IndexMark, settlementWindow } from "../../../core/wire/settlement.ts";
import { at } from "../../support/trade_events.ts";
import { decemberWith, VI_STYLE } from "./future_rows.ts";

const EXPIRY = "2026-12-17";
const { startS } = settlementWindow(EXPIRY);
const words = derivativeWordsOf("vi");

function panelAt(
  time: string,
  { date = EXPIRY, marks = [] as readonly IndexMark[], cells = {} as Partial<DerivativeRow> } = {},
): string {
  return renderToString(
    <SettlementPanel
      contract={decemberWith(cells)}
      marks={marks}
      nowMs={at(time, date)}
      words={words}
      style={VI_STYLE}
    />,
  );
}

Deno.test("On expiry day the meter tells the mean so far and what VN30 must average (N-10)", () => {
  // Half of the window at 2000; for 1991 the index must average less from now on.
  const html = panelAt("14:29:59", { marks: [[startS, 200_000]] });
  assert.match(html, /2\.000,00/);
  assert.match(html, /50,0% thời gian đã qua/);
  // (1991 × 1794 − 2000 × 894) ÷ 900, worked by hand.
  assert.match(html, /<b>1\.982,06<\/b>/);
  assert.match(html, /dn p">-17,94/);
  assert.doesNotMatch(html, /NaN|undefined|null/);
});

Deno.test("On other days the panel says when the meter runs (N-10)", () => {
  const html = panelAt("14:20:00", { date: "2026-12-16" });
  assert.match(html, /Ngày đáo hạn 17\/12\/2026, từ 14:15 đến 14:45/);
  assert.match(panelAt("10:00:00"), /Bắt đầu lúc 14:15, còn 4:15:00/);
  assert.match(panelAt("14:50:00", { marks: [[startS, 200_000]] }), /không còn giây nào/);
  assert.match(panelAt("10:00:00", { date: "2026-12-18" }), /Đã đáo hạn/);
  const other = panelAt("14:20:00", { cells: { symbol: "41I2GC000", underlying: "VN100" } });
  assert.match(other, /Chỉ tính được cho VN30/);
});

Deno.test("Only the settlement window of the expiry day asks for the values of each second (N-10)", () => {
  const future = decemberWith();
  assert.ok(isSettling(future, at("14:15:00", EXPIRY)));
  assert.ok(!isSettling(future, at("14:14:59", EXPIRY)));
  assert.ok(!isSettling(future, at("14:20:00", "2026-12-16")));
  assert.ok(!isSettling(future, null));
});

Deno.test("Points are read as Vietnamese and English readers write them", () => {
  for (const text of ["1.990,5", "1,990.5", "1990.5", "1990,50", " 1990.5 "]) {
    assert.equal(readPoints(text), 1_990.5, text);
  }
  assert.equal(readPoints("1.990"), 1_990);
  for (const text of ["", "abc", "19,,5", "-5", "1990.555"]) {
    assert.equal(readPoints(text), null, text);
  }
});

Deno.test("Live values of the index count before those asked for later (N-10)", () => {
  const row = { symbol: "VN30", value: 1_990.15, time: "14:15:01" };
  assert.deepEqual(markOf(row), [[startS + 1, 199_015]]);
  assert.deepEqual(markOf({ ...row, time: null }), []);
  const merged = mergedMarks([[2, 20], [3, 30]], [[1, 1], [2, 2]]);
  assert.deepEqual(merged, [[1, 1], [2, 20], [3, 30]]);
});
