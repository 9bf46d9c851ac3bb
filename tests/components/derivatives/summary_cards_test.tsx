import assert from "node:assert/strict";
import { renderToString } from "preact-render-to-string";
import { derivativeWordsOf } from "../../../components/derivatives/derivative_words.ts";
import { bandText, FairPanel } from "../../../components/derivatives/fair_panel.tsx";
import { RollPanel, rollParts } from "../../../components/derivatives/roll_panel.tsx";
import { expiryText, SummaryCards } from "../../../components/derivatives/summary_cards.tsx";
import { ContractTable } from "../../../components/derivatives/term_structure.tsx";
import { contractViews, type DerivativeRow } from "../../../components/derivatives/contracts.ts";
import { at } from "../../support/trade_events.ts";
import { DEC, decemberWith, VI_STYLE } from "./future_rows.ts";

const words = derivativeWordsOf("vi");
const nowMs = Date.parse("2026-11-26T10:00:00+07:00");

function cardsOf(cells: Partial<DerivativeRow> = {}): string {
  const contract = decemberWith(cells);
  return renderToString(
    <SummaryCards contract={contract} nowMs={nowMs} words={words} style={VI_STYLE} />,
  );
}

Deno.test("Cards tell contract, price, basis, premium, fair value, trend and expiry (F-206)", () => {
  const html = cardsOf();
  for (
    const text of [
      ...["VN30F1M", "1.991,0", "+18,6 (+0,94%)", "+0,85", "Cao hơn chỉ số · +0,04%", "1.990,15"],
      ...["1.993,59", "-2,59", "Rẻ · 259.000 đ/hợp đồng", "Đang hội tụ", "-0,24 điểm/phút"],
      ...["17/12/2026", "còn 21 ngày (15 phiên)", "77.035"],
    ]
  ) {
    assert.ok(html.includes(text), `${text} is not in ${html}`);
  }
});

Deno.test("Before the index trades its card says that the value is yesterday's close (F-206)", () => {
  const yesterday = { basis: null, basisPct: null, fair: null, rich: null, basisTime: null };
  assert.match(cardsOf(yesterday), /Đóng cửa hôm trước: hôm nay chưa khớp/);
  const untraded = cardsOf({ ...yesterday, fair: 1_993.59, last: null });
  assert.doesNotMatch(untraded, /hôm trước/);
  assert.doesNotMatch(cardsOf(), /hôm trước/);
});

Deno.test("A premium is green with ▲, a discount red with ▼, level yellow, as everywhere (F-211, B-10)", () => {
  assert.match(cardsOf(), /class="figure\s+up p">\+0,85</);
  assert.match(cardsOf({ basis: -3.1 }), /class="figure\s+dn p">-3,10<.*Thấp hơn chỉ số/);
  assert.match(cardsOf({ basis: 0 }), /class="figure\s+re p">0,00<.*Bằng chỉ số/);
});

Deno.test("Open interest is told where the source has it, and its absence too (F-209)", () => {
  assert.match(cardsOf(), /OI: SSI v2 không có/);
  assert.match(cardsOf({ oi: 41_230 }), /OI: 41\.230/);
  const table = (oi: number | null) =>
    renderToString(
      <ContractTable
        contracts={[decemberWith({ oi })]}
        chosen={decemberWith()}
        words={words}
        style={VI_STYLE}
      />,
    );
  assert.match(table(41_230), /<td\s*>41\.230<\/td>/);
  assert.match(table(null), />–<\/td><td\s*>17\/12\/2026/);
});

Deno.test("A contract without any number is dashes and sentences, never NaN (F-212)", () => {
  const [bare] = contractViews({ board: [{ symbol: DEC }], derivatives: [], vn30: null });
  const html = renderToString(
    <>
      <SummaryCards contract={bare!} nowMs={null} words={words} style={VI_STYLE} />
      <FairPanel contract={bare!} words={words} style={VI_STYLE} />
      <ContractTable contracts={[bare!]} chosen={bare!} words={words} style={VI_STYLE} />
      <RollPanel contracts={[bare!]} words={words} style={VI_STYLE} />
    </>,
  );
  assert.doesNotMatch(html, /NaN|undefined|null|Infinity/);
  assert.ok(html.includes(words.noTrend) && html.includes(words.noBand) && !html.includes("(–)"));
});

Deno.test("The trend is a word and a slope; inside the dead band it is sideways (F-208)", () => {
  assert.match(cardsOf({ trend: "diverging", slope: 0.3 }), /Đang phân kỳ.*\+0,30 điểm\/phút/);
  assert.match(cardsOf({ trend: "flat", slope: 0.01 }), /Đi ngang/);
  assert.match(cardsOf({ trend: null, slope: null }), /Cần ít nhất 3 phút/);
});

Deno.test("The band says rich or cheap only beyond the cost of a round trip (N-09)", () => {
  const text = (last: number | null) => bandText(decemberWith({ last }), words, VI_STYLE);
  assert.equal(text(1_991.6), words.bandInside);
  assert.match(text(1_991.1), /Rẻ hơn cận dưới 0,50 điểm/);
  assert.match(text(1_996.08), /Đắt hơn cận trên 0,50 điểm/);
  assert.equal(text(null), words.noBand);
});

Deno.test("Expiry counts days, on its day hours to the close, then it is over (B-13)", () => {
  const text = (time: string, date: string) => expiryText("2026-12-17", at(time, date), words);
  assert.equal(text("10:00:00", "2026-12-16"), "còn 1 ngày (1 phiên)");
  assert.equal(text("14:00:00", "2026-12-17"), "hôm nay, còn 0:45:00");
  assert.equal(text("14:45:00", "2026-12-17"), words.expired);
  assert.equal(text("09:00:00", "2026-12-18"), words.expired);
});

Deno.test("The roll is the share of each maturity in the day's volume (N-13)", () => {
  const rows = [
    { ...decemberWith(), volume: 900 },
    { ...decemberWith(), code: "41I1H1000", alias: "VN30F2M", volume: 100 },
    { ...decemberWith(), code: "41I2GC000", alias: "VN100F1M", underlying: "VN100", volume: 500 },
  ];
  assert.deepEqual(rollParts(rows, VI_STYLE).map(({ text }) => text), [
    "VN30F1M 90,00%",
    "VN30F2M 10,00%",
  ]);
  assert.deepEqual(rollParts([{ ...decemberWith(), volume: null }], VI_STYLE), []);
});
