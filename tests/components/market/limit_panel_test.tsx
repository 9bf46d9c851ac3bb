import assert from "node:assert/strict";
import { renderToString } from "preact-render-to-string";
import { numberStyleOf } from "../../../components/i18n.ts";
import { LimitPanel, STAYS_SHOWN } from "../../../components/market/limit_panel.tsx";
import { marketWordsOf } from "../../../components/market/market_words.ts";
import { LimitLine } from "../../../components/symbol/limit_line.tsx";
import { symbolContext } from "../../../components/symbol/context.ts";
import type { Row } from "../../../core/wire/board.ts";
import { limitStays } from "../../../core/wire/limit_stats.ts";
import type { LimitField } from "../../../core/wire/limits.ts";
import { LINK } from "../fixture_rows.ts";

/** At its ceiling since 10:12:05 with 1.2 million shares waiting, the second time today. */
const AT_CEILING: Row<LimitField> = {
  ...{ symbol: "HPG", exchange: "HOSE", limit: "ceiling", since: "10:12:05" },
  ...{ queue: 1_200_000, queueVal: 33_600_000_000, last: 28_000, ceil: 28_000, floor: 24_400 },
  ...{ ceilReached: 2, ceilBroken: 1, ceilSecs: 3_725, ceilQueueMax: 2_000_000 },
  ...{ ceilMatched: 300_500, floorReached: 0, floorBroken: 0, floorSecs: 0 },
  ...{ floorQueueMax: 0, floorMatched: 0 },
};
/** A contract that came away from its floor within a minute. */
const LEFT: Row<LimitField> = {
  ...AT_CEILING,
  ...{ symbol: "41I1GC000", exchange: "DERIVATIVES", limit: null, since: null },
  ...{ queue: null, queueVal: null, last: 1_725.5, ceil: 1_979.5, floor: 1_720.5 },
  ...{ ceilReached: 0, floorReached: 1, floorBroken: 1, floorSecs: 59, floorQueueMax: 40 },
  ...{ floorMatched: 12 },
};

function render(rows: readonly Row<LimitField>[], lang: "vi" | "en" = "vi"): string {
  const style = numberStyleOf(lang);
  return renderToString(
    <LimitPanel rows={rows} words={marketWordsOf(lang)} style={style} scale="thousand" />,
  );
}

/** The cells of the row of a symbol. */
function cellsOf(html: string, symbol: string): string[] {
  const row = html.split("<tr").find((part) => part.includes(`data-symbol="${symbol}"`));
  assert.ok(row !== undefined, `no row of ${symbol}`);
  return row.split("</tr>")[0]!.split("</td>").slice(0, -1)
    .map((cell) => cell.replace(/^[^>]*>/, "").replace(/<[^>]*>/g, "").trim());
}

Deno.test("A row tells the limit in words, since when, what waits and how often it broke (N-37)", () => {
  const html = render([LEFT, AT_CEILING]);
  assert.deepEqual(cellsOf(html, "HPG"), [
    "HPGTrần 28,00",
    ...["10:12:05", "1.200.000", "33,60", "2.000.000", "300.500", "2", "1", "62"],
  ]);
  assert.deepEqual(cellsOf(html, "41I1GC000"), [
    "41I1GC000Sàn 1.720,5",
    ...["đã rời", "–", "–", "40", "12", "1", "1", "&lt;1"],
  ]);
  assert.ok(html.indexOf("HPG") < html.indexOf("41I1GC000"), "what waits comes first");
  assert.match(html, /1 mã đang ở giá trần, 0 mã đang ở giá sàn/);
  assert.match(html, /<td class="p ce"/);
});

Deno.test("The panel speaks English too, and says so while nothing came to a limit (N-37)", () => {
  const html = render([AT_CEILING], "en");
  assert.equal(cellsOf(html, "HPG")[0], "HPGCeiling 28.00");
  assert.match(html, /1 at the ceiling now, 0 at the floor/);
  assert.match(render([], "en"), /No security has come to its ceiling or floor yet today/);
  assert.match(render([{ ...AT_CEILING, limit: null, ceilReached: 0 }]), /Chưa có mã nào chạm/);
});

Deno.test("Of more than fit the largest are shown, and where the others are is said (N-37)", () => {
  const many = Array.from({ length: STAYS_SHOWN + 3 }, (_, n) => ({
    ...AT_CEILING,
    symbol: `S${n}`,
    queueVal: n,
  }));
  const html = render(many);
  assert.equal(html.match(/data-limit="ceiling"/g)?.length, STAYS_SHOWN);
  assert.match(html, /Còn 3 mã nữa tại \/api\/market\/limits/);
  assert.ok(!html.includes(`data-symbol="S2"`) && html.includes(`data-symbol="S3"`));
});

Deno.test("A security's page says in one line what waits at its limit (N-37)", () => {
  const [stay] = limitStays([AT_CEILING]);
  const line = (lang: "vi" | "en") => {
    const context = symbolContext("HPG", false, { ...LINK, lang, style: numberStyleOf(lang) });
    return renderToString(<LimitLine stay={stay!} context={context} />).replace(/<[^>]*>/g, "");
  };
  assert.equal(
    line("vi"),
    "Ở giá trần từ 10:12:05 · dư mua trần 1.200.000 (33,60 tỷ), lớn nhất 2.000.000 · khớp ở giá trần 300.500 · chạm 2 lần, rời 1 lần",
  );
  assert.match(
    line("en"),
    /^At the ceiling since 10:12:05 · waiting to buy 1,200,000 \(33\.60 B\)/,
  );
});
