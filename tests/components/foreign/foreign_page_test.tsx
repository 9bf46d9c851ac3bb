import assert from "node:assert/strict";
import { renderToString } from "preact-render-to-string";
import { chartWordsOf } from "../../../components/charts/chart_words.ts";
import type { ForeignRefresh, ForeignScope } from "../../../components/foreign/flow_curve.ts";
import { foreignWordsOf } from "../../../components/foreign/foreign_words.ts";
import { numberStyleOf } from "../../../components/i18n.ts";
import LiveForeign from "../../../islands/live_foreign.tsx";
import { VN30_SEED } from "../../../core/market/vn30.ts";
import { foreignInvestorData } from "../../../core/wire/foreign_out.ts";
import { LINK, SIM_LIVE, snapshotOf } from "../fixture_rows.ts";

const BILLION = 1e9;
const DATE = SIM_LIVE.tradingDate!;

/** Thirty securities whose net values fall from +15 to −14 billion; VIC's are estimates. */
const MEMBERS = VN30_SEED.map((symbol, at) => ({
  symbol,
  ...{ buyVol: 2_000_000, sellVol: 1_000_000, netVol: 1_000_000 },
  ...{ buyVal: (35 - at) * BILLION, sellVal: 20 * BILLION, netVal: (15 - at) * BILLION },
  ...{ room: 1_000_000, totalRoom: 4_000_000, roomUsed: 75, buySpeed: 30_000, sellSpeed: 10_000 },
  ...{ approx: symbol === "VIC" ? 1 : 0, time: "10:32:05" },
}));
const STRANGER = { ...MEMBERS[0]!, symbol: "XYZ" };

function sum(symbol: string, netVal: number) {
  return {
    ...{ symbol, symbols: 30, netVal, buyVal: 80 * BILLION, sellVal: 80 * BILLION - netVal },
    ...{ buyVol: 45_310_000, sellVol: 1_000_000, netVol: 44_310_000 },
    ...{ buySpeed: 12_000, sellSpeed: 9_000, buyAccel: 1_500, sellAccel: -300 },
  };
}
const FLOW = [
  sum("VN30", 12.34 * BILLION),
  sum("ALL", -56.78 * BILLION),
  sum("HOSE", 1),
  sum("sector:steel", -3 * BILLION),
  sum("sector:banks", 5 * BILLION),
  sum("sector:other", 1 * BILLION),
];
const INDEX = { symbol: "VN30", val: 300 * BILLION, ptVal: 20 * BILLION, time: "10:32:04" };
const CURVE: ForeignRefresh["curve"] = {
  tradingDate: DATE,
  points: [[`${DATE}T09:15`, 0], [`${DATE}T09:16`, -2 * BILLION], [`${DATE}T10:32`, 12 * BILLION]],
};

interface Shown {
  readonly foreign?: readonly { readonly symbol: string }[];
  readonly flow?: readonly { readonly symbol: string }[];
  readonly indices?: readonly { readonly symbol: string }[];
  readonly refresh?: Partial<ForeignRefresh>;
  readonly scope?: ForeignScope;
  readonly lang?: "vi" | "en";
}

function render(
  { foreign = MEMBERS, flow = FLOW, indices = [INDEX], refresh, scope = "vn30", lang = "vi" }:
    Shown,
) {
  return renderToString(
    <LiveForeign
      link={{ ...LINK, lang, style: numberStyleOf(lang) }}
      words={foreignWordsOf(lang)}
      chartWords={chartWordsOf(lang)}
      scope={scope}
      foreign={snapshotOf("foreign", foreign)}
      flow={snapshotOf("flow", flow)}
      index={snapshotOf("index", indices)}
      refresh={{ curve: CURVE, stocks: [], ...refresh }}
    />,
  );
}

/** The part of the page under a heading, up to the end of its panel. */
function panelOf(html: string, heading: string): string {
  const panel = html.split("<section").find((part) => part.includes(heading));
  assert.ok(panel !== undefined, `no panel ${heading}`);
  return panel.split("</section>")[0]!;
}

function rowHeads(html: string): string[] {
  return Array.from(html.matchAll(/<th\s+scope="row"[^>]*><a[^>]*>(\w+)/g), (match) => match[1]!);
}

Deno.test("The page of foreign flow has sums, sectors and curve, top lists, details and the map in this order (F-221)", () => {
  const html = render({});
  const places = [
    "foreign-cards",
    "Mua bán ròng theo ngành",
    "Mua ròng lũy kế",
    "10 mã mua ròng nhiều nhất",
    "10 mã bán ròng nhiều nhất",
    "Chi tiết từng mã",
    "Bản đồ khối ngoại",
  ].map((text) => html.indexOf(text));
  assert.ok(places.every((place) => place >= 0));
  assert.deepEqual(places, places.toSorted((a, b) => a - b));
});

Deno.test("Cards tell buying, selling, net and speeds of VN30 and of the whole market (F-221)", () => {
  const cards = render({}).split("</ul>")[0]!;
  assert.equal(cards.match(/<li/g)?.length, 5);
  assert.match(cards, /<span class="p up">\+12,3 tỷ<\/span>/);
  assert.match(cards, /<span class="p dn">-56,8 tỷ<\/span>/);
  assert.match(cards, /45,31 tr cp/);
  assert.match(cards, /12\.000 cp\/phút/);
  assert.match(cards, /gia tốc \+1\.500\/phút/);
  assert.match(cards, /gia tốc -300\/phút/);
});

Deno.test("Sectors are bars by net value in the market's colours, a stranger is named under other (F-223, F-224, C-20, B-23)", () => {
  const panel = panelOf(render({ foreign: [...MEMBERS, STRANGER] }), "theo ngành (VN30)");
  const names = Array.from(panel.matchAll(/class="bar-name">([^<]+)/g), (match) => match[1]);
  assert.deepEqual(names, ["Ngân hàng", "Ngành khác", "Thép"]);
  assert.match(panel, /bar-text p up">\+5,0 tỷ/);
  assert.match(panel, /bar-text p dn">-3,0 tỷ/);
  assert.match(panel, /ngày 03\/08\/2026/);
  assert.match(panel, /Ngoài danh mục: XYZ\./);
  assert.doesNotMatch(panelOf(render({}), "theo ngành (VN30)"), /Ngoài danh mục:/);
});

Deno.test("The curve is of the whole day with a sentence and a table beside it (F-225, B-31, B-33)", () => {
  const panel = panelOf(render({}), "Mua ròng lũy kế");
  assert.match(panel, /thấp nhất -2,0 tỷ, cao nhất \+12,0 tỷ, mới nhất \+12,0 tỷ, tăng/);
  assert.equal(panel.match(/<th scope="row">/g)?.length, 3);
  assert.doesNotMatch(panel, /Máy chủ nghe từ/);
});

Deno.test("A curve of yesterday is not shown under today's date, and a late beginning is told (F-225, C-44)", () => {
  const old = { ...CURVE, tradingDate: "2026-11-19" };
  assert.match(
    panelOf(render({ refresh: { curve: old } }), "Mua ròng lũy kế"),
    /Chưa có điểm nào để vẽ/,
  );
  const late = { ...CURVE, points: CURVE.points.slice(-1) };
  assert.match(
    panelOf(render({ refresh: { curve: late } }), "Mua ròng lũy kế"),
    /Máy chủ nghe từ 10:32/,
  );
});

Deno.test("The ten largest net buys and net sells stand side by side, none in both (F-226)", () => {
  const html = render({});
  const buy = rowHeads(panelOf(html, "10 mã mua ròng"));
  const sell = rowHeads(panelOf(html, "10 mã bán ròng"));
  assert.deepEqual(buy, VN30_SEED.slice(0, 10));
  assert.deepEqual(sell, VN30_SEED.toReversed().slice(0, 10));
});

Deno.test("Details of each security have flow, speeds, room and its clock, and sort by net at first (F-227)", () => {
  const panel = panelOf(render({}), "Chi tiết từng mã");
  assert.deepEqual(rowHeads(panel), VN30_SEED);
  const first = panel.split(/<tr\s*>/)[2]!;
  const cells = Array.from(first.matchAll(/<td[^>]*>([^<]*)/g), (match) => match[1]);
  assert.deepEqual(cells, [
    "Ngân hàng",
    "35,00",
    "20,00",
    "+15,00",
    "+1.000.000",
    "30.000",
    "10.000",
    "1.000.000",
    "75,0%",
    "50 phút",
    "10:32:05",
  ]);
});

Deno.test("Estimated values carry a sign and are explained in words, in both languages", () => {
  const html = render({});
  assert.equal(panelOf(html, "Chi tiết từng mã").match(/≈/g)?.length, 4);
  assert.match(html, /≈ giá trị ước tính: khối lượng nhân giá khớp cuối/);
  assert.match(html, /Gồm giá trị ước tính của 1 mã/);
  assert.match(render({ lang: "en" }), /≈ estimated value: volume times last price/);
  const exact = render({ foreign: MEMBERS.filter(({ approx }) => approx === 0) });
  assert.doesNotMatch(exact, /≈/);
  assert.match(exact, /Giá trị do sàn công bố/);
});

Deno.test("Room that the source does not give is a dash, not a room of nothing", () => {
  const row = { ...MEMBERS[0]!, room: 0, totalRoom: 0, roomUsed: null };
  const panel = panelOf(render({ foreign: [row] }), "Chi tiết từng mã");
  assert.equal(panel.match(/<td\s*>–<\/td>/g)?.length, 3);
});

Deno.test("The whole market shows the stocks that REST told, the map stays of VN30", () => {
  const stocks = [STRANGER, { ...MEMBERS[29]!, symbol: "QQQ" }].map(foreignInvestorData);
  const html = render({ scope: "all", refresh: { stocks } });
  assert.deepEqual(rowHeads(panelOf(html, "Chi tiết từng mã")), ["XYZ", "QQQ"]);
  assert.deepEqual(rowHeads(panelOf(html, "10 mã mua ròng")), ["XYZ"]);
  assert.match(html, /100 mã khối ngoại giao dịch nhiều nhất/);
  assert.match(html, /href="\?scope=all" aria-current="true"/);
  assert.equal(panelOf(html, "Bản đồ khối ngoại").match(/class="tile /g)?.length, 30);
});

Deno.test("The map says its largest securities in words and has a step of colour for each net part", () => {
  const part = (symbol: string, netVal: number) => ({
    ...{ symbol, approx: 0, netVal },
    ...{ buyVal: 50 * BILLION + netVal / 2, sellVal: 50 * BILLION - netVal / 2 },
  });
  const steps = [part("ACB", 60e9), part("BID", 20e9), part("FPT", 0), part("VIC", -20e9)];
  const panel = panelOf(render({ foreign: [...steps, part("VNM", -60e9)] }), "Bản đồ khối ngoại");
  const map = panel.split('class="map-legend"')[0]!;
  for (const step of ["strongBuy", "netBuy", "balanced", "netSell", "strongSell"]) {
    assert.equal(map.split(`class="${step}"`).length, 2, step);
  }
  assert.match(map, /aria-label="[^"]*Lớn nhất: ACB \+60,0 tỷ, BID \+20,0 tỷ, FPT 0,0 tỷ/);
});

Deno.test("Who trades: foreigners and the remainder of the basket's value, of a told time; what nobody tells is said (N-14)", () => {
  const panel = panelOf(render({}), "Ai đang giao dịch");
  assert.match(
    panel,
    /aria-label="Mua: khối ngoại 25,0%, còn lại \(trong nước và tự doanh\) 75,0%"/,
  );
  assert.match(panel, /aria-label="Bán: khối ngoại 21,1%, /);
  assert.match(panel, /Trên tổng 320,0 tỷ khớp lệnh và thỏa thuận của rổ VN30, tính đến 10:32:04/);
  assert.match(panel, /Tự doanh<\/dt><dd><p>SSI FastConnect không cung cấp/);
  const less = { ...INDEX, val: 1, ptVal: null };
  const odd = panelOf(render({ indices: [less] }), "Ai đang giao dịch");
  assert.equal(odd.match(/Chưa đủ số liệu/g)?.length, 2, "more foreign than all there is");
});

Deno.test("Before any trading and before any list the page says so and never NaN or undefined", () => {
  const nothing = { curve: { tradingDate: null, points: [] } };
  const names = VN30_SEED.map((symbol) => ({ symbol }));
  for (const foreign of [names, []]) {
    const html = render({ foreign, flow: [], indices: [], refresh: nothing });
    assert.doesNotMatch(html, /NaN|undefined|null|Infinity/);
    assert.equal(html.match(/Chưa có giao dịch khối ngoại nào/g)?.length, 2);
    assert.match(html, /Chưa có điểm nào để vẽ/);
  }
  assert.match(render({ foreign: [] }), /Đang chờ danh sách mã/);
});

Deno.test("Names from upstream are text and nothing else", () => {
  const html = render({ foreign: [{ ...MEMBERS[0]!, symbol: "<img src=x onerror=1>" }] });
  assert.doesNotMatch(html, /<img/);
});
